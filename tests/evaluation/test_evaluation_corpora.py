import json
from pathlib import Path

import pytest

from askworthy.errors import BadCorpus
from askworthy.evaluation.aspects import check_aspects
from askworthy.evaluation.checks import Leaks, RowChecks, missing_quotes
from askworthy.evaluation.corpora import Labelled, employers, read_rows, text_hash
from askworthy.evaluation.rows import Shown
from askworthy.records import Page


def test_csv_and_jsonl_give_the_same_rows(tmp_path):
    (tmp_path / "a.csv").write_text("id,question,label,also\n1,Who leads?,team,role\n", encoding="utf-8")
    row = {"id": "1", "question": "Who leads?", "label": "team", "also": ["role"]}
    (tmp_path / "a.jsonl").write_text("\n" + json.dumps(row) + "\n", encoding="utf-8")
    [one], [other] = (list(read_rows(tmp_path / name)) for name in ("a.csv", "a.jsonl"))
    assert (one.id, one.question, one.label, one.also) == (other.id, other.question, other.label, other.also)
    assert (one.line, other.line) == (2, 2)


def test_only_an_id_that_is_missing_or_empty_is_the_lines_number(tmp_path):
    ids = [0, 1, "", None, "0x", " "]
    rows = [{"id": one, "question": "Who leads?", "label": "team"} for one in ids]
    rows.append({"question": "Who leads?", "label": "team"})
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [row.id for row in read_rows(tmp_path / "a.jsonl")] == ["0", "1", "3", "4", "0x", "6", "7"]


@pytest.mark.parametrize(
    ("cell", "also"),
    [
        ("work life", ["work life"]),
        (" work life; role ", ["work life", "role"]),
        ("role|work life", ["role", "work life"]),
        ("role, team,", ["role", "team"]),
        ("role team", ["role", "team"]),  # each a label
        ("role tea", ["role tea"]),
        ("pay, perks", ["pay, perks"]),  # a label itself
        ("pay, perks;role", ["pay, perks", "role"]),
        ("  ", []),
    ],
)
def test_labels_in_one_cell_may_hold_spaces(tmp_path, cell, also):
    (tmp_path / "a.csv").write_text(f'question,label,also\nWho leads?,team,"{cell}"\n', encoding="utf-8")
    [row] = read_rows(tmp_path / "a.csv", {"role", "team", "work life", "pay, perks"})
    assert list(row.also) == also


def test_a_label_with_a_space_is_no_unknown_one_in_also(tmp_path):
    (tmp_path / "a.csv").write_text("question,label,also\nWho leads?,team,work life\n", encoding="utf-8")
    problems, count = check_aspects(tmp_path / "a.csv", {"team", "work life"})
    assert (problems, count) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[]",
        '{"question": 1, "label": "open"}',
        '{"label": "open"}',
        '{"question": "a", "label": "b", "evidence": [1]}',
    ],
)
def test_a_line_that_is_no_row_is_named(tmp_path, text):
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(BadCorpus, match="line 1"):
        list(read_rows(tmp_path / "a.jsonl"))


def test_a_field_that_never_ends_is_named_with_its_line(tmp_path):
    (tmp_path / "a.csv").write_text(f'question,label\nWho?,team\n"{"x" * 200_000},team\n', encoding="utf-8")
    with pytest.raises(BadCorpus, match="line 3 is no csv .* close quotes"):
        list(read_rows(tmp_path / "a.csv"))


def test_partial_is_partly(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"question": "a", "label": "partial"}', encoding="utf-8")
    assert next(read_rows(tmp_path / "a.jsonl")).label == "partly"


def test_a_folder_without_companies_is_refused(tmp_path):
    with pytest.raises(BadCorpus, match="jsonl"):
        employers(tmp_path)


@pytest.fixture
def gold(tmp_path):
    for name in ("gold/more", "companies/beta"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "gold" / "beta.jsonl").write_text("", encoding="utf-8")
    return tmp_path / "gold"


@pytest.mark.parametrize(
    ("where", "named"),
    [("gold", "beta.jsonl"), ("gold", "."), ("gold/more", ".."), ("gold/more", "../beta.jsonl"), (".", "gold")],
)
def test_a_companys_text_is_found_from_wherever_one_stands(gold, monkeypatch, where, named):
    monkeypatch.chdir(gold.parent / where)
    [one] = employers(Path(named))
    assert one.text.resolve() == gold.parent / "companies" / "beta"


def test_a_linked_file_has_its_text_beside_the_link(gold, tmp_path):
    (tmp_path / "store").mkdir()
    (gold / "beta.jsonl").rename(tmp_path / "store" / "a1b2")
    (gold / "beta.jsonl").symlink_to(tmp_path / "store" / "a1b2")
    [one] = employers(gold)
    assert one.text == tmp_path / "companies" / "beta"


def test_a_text_that_is_not_there_is_told_as_it_was_named(gold, monkeypatch):
    (gold.parent / "companies" / "beta").rmdir()
    monkeypatch.chdir(gold)
    with pytest.raises(BadCorpus, match=r"^beta\.jsonl has no text in \.\./companies/beta;"):
        employers(Path("beta.jsonl"))


def test_bad_rows_are_named_with_their_lines(tmp_path):
    checks = RowChecks(tmp_path / "a.csv", {"team"})
    rows = [Labelled(2, "x", "Who?", "team"), Labelled(3, "x", " ", "nonsense")]
    problems = [one for row in rows for one in checks.look(row)]
    assert {one.kind for one in problems} == {"empty", "label", "duplicate"}
    assert {one.line for one in problems} == {3}
    assert all(one.fatal for one in problems)


def test_quotes_that_are_not_in_the_page_are_named(tmp_path):
    pages = {"a.md": "New parents take **16 weeks**."}
    quotes = (Shown("a.md", "new parents take 16 weeks"), Shown("a.md", "take 17 weeks"), Shown("b.md", "x"))
    problems = list(missing_quotes(tmp_path / "c.jsonl", [Labelled(7, "x", "q", "open", quotes=quotes)], pages))
    assert [one.kind for one in problems] == ["quote", "quote"]
    assert "17 weeks" in str(problems[0]) and "line 7" in str(problems[0])


def test_a_test_row_that_was_trained_on_is_named(tmp_path, encoder):
    train = [(tmp_path / "train.csv", Labelled(4, "t", "Who would lead my team?", "team"))]
    rows = [Labelled(1, "a", "Would lead my team, who?", "team"), Labelled(2, "b", "Is lunch free?", "role")]
    [one] = Leaks(train, encoder).look(tmp_path / "a.csv", rows)
    assert (one.line, one.kind) == (1, "leak")
    assert "leaks from training: train.csv, line 4" in one.message
    assert not list(Leaks([], encoder).look(tmp_path / "a.csv", rows))


def test_a_question_of_the_same_company_leaks_its_answer_and_one_of_another_only_its_wording(tmp_path, encoder):
    train = [
        (tmp_path / "train" / name, Labelled(line, "t", "Is lunch free?", "open"))
        for line, name in enumerate(("brick.jsonl", "acme.jsonl"), start=1)
    ]
    looked = Leaks(train, encoder, by_company=True)
    for name, told in (("acme.jsonl", "leaks from training: acme.jsonl, line 2"), ("coal.jsonl", "another company")):
        [one] = looked.look(tmp_path / "test" / name, [Labelled(7, "a", "Lunch is free?", "open")])
        assert one.line == 7 and told in one.message


def test_the_hash_of_a_text_changes_with_a_word_and_with_a_page_that_is_renamed():
    page = Page("a.md", "Ten weeks.", ())
    others = [Page("a.md", "Two weeks.", ()), Page("b.md", "Ten weeks.", ())]
    assert text_hash([page]) == text_hash([Page("a.md", "Ten weeks.", ())])
    assert text_hash([page]) not in {text_hash([one]) for one in others}
