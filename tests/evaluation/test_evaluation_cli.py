import json
import sys

import pytest

from askworthy.cli import main


@pytest.fixture
def call(monkeypatch, capsys):
    def call(*args):
        monkeypatch.setattr(sys, "argv", ["askworthy", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return call


@pytest.fixture
def corpus(tmp_path, company_folder):
    companies = tmp_path / "companies"
    companies.mkdir()
    company_folder.rename(companies / "acme")
    quote = {"file": "leave.md", "quote": "New parents take 16 weeks of parental leave at full pay."}
    questions = [
        {"id": "1", "question": "How long is parental leave?", "label": "published", "evidence": [quote]},
        {"id": "2", "question": "What keeps the founder awake?", "label": "open"},
        {
            "id": "3",
            "question": "How do teams plan?",
            "label": "partial",
            "evidence": [{"file": "teams.md", "quote": "no"}],
        },
    ]
    (tmp_path / "gold").mkdir()
    lines = "\n".join(map(json.dumps, questions))
    (tmp_path / "gold" / "acme.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path / "gold"


def test_published_scores_a_company_and_names_what_is_wrong_with_the_corpus(call, corpus, tmp_path):
    code, out, err = call("evaluate", "published", corpus, "--resamples", 100, "--report", tmp_path / "out")
    assert code == 0
    assert "auc" in out and "3 questions" in out
    assert "line 3: the quote 'no' is not in teams.md" in err
    saved = json.loads((tmp_path / "out" / "metrics.json").read_text(encoding="utf-8"))
    assert saved["rows"][0]["rank"] == 1
    assert all(saved["models"][name] for name in ("encoder", "labeller", "verdict"))
    assert list(saved["text_hashes"]) == ["acme"]
    assert not list((corpus.parent / "companies").rglob(".askworthy"))
    code, out, _ = call(
        "evaluate", "published", corpus, "--resamples", 100, "--against", tmp_path / "out" / "metrics.json"
    )
    assert code == 0
    assert "they differ on 0 questions" in out


def test_an_unknown_label_is_refused_with_its_line(call, tmp_path):
    (tmp_path / "a.csv").write_text("question,label\nWho leads?,nonsense\n", encoding="utf-8")
    code, _, err = call("evaluate", "aspects", tmp_path / "a.csv")
    assert code == 2
    assert "line 2: label 'nonsense' is unknown" in err


def test_aspects_are_scored_beside_a_baseline(call, tmp_path):
    rows = ["What would I do all day?,role", "Who is in the team?,team"] * 6
    lines = [f"{n},{row}" for n, row in enumerate(rows)]
    (tmp_path / "a.csv").write_text("id,question,label\n" + "\n".join(lines), encoding="utf-8")
    code, out, _ = call("evaluate", "aspects", tmp_path / "a.csv", "--baseline", "tfidf", "--resamples", 100)
    assert code == 0
    assert "beside baseline tfidf" in out and "accuracy_with_also" in out
