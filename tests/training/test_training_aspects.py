import csv
import json
import sys
import tracemalloc

import pytest

from askworthy.aspects.labeller import Labeller
from askworthy.cli.app import main
from askworthy.errors import BadCorpus, BadOutput
from askworthy.inference.encoder import load_question_encoder
from askworthy.training.aspects import FEWEST_PER_CLASS, Labelled, cross_validate, read_labelled, train_aspects

PAY = [
    "What is the salary for this position?",
    "How large is the yearly bonus?",
    "Is the salary paid on the first of the month?",
    "Does everyone get a bonus?",
    "Is the salary reviewed every year?",
    "Which pay grade would I start in?",
    "How is overtime paid?",
    "Is there a bonus for new staff?",
    "What does the pension cost me?",
    "Do you pay for unused holidays?",
    "Is pay the same for all engineers?",
    "When is the bonus paid?",
]
TEAM = [
    "Who is on the team?",
    "How many engineers does the team have?",
    "Who leads the team?",
    "How long has the team been together?",
    "Does the team sit in one room?",
    "Who would I work with every day?",
    "How does the team plan its week?",
    "How often does the team meet?",
    "Is the team growing?",
    "Who reviews the team's work?",
    "Does the team have a designer?",
    "How does the team settle an argument?",
]
ROWS = [{"question": text, "label": "pay"} for text in PAY] + [{"question": text, "label": "team"} for text in TEAM]


def jsonl(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def table(path, rows, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def corpus(tmp_path):
    return jsonl(tmp_path / "easy.jsonl", ROWS)


@pytest.mark.parametrize("write", [jsonl, table])
def test_csv_and_jsonl_hold_the_same(tmp_path, write):
    file = write(tmp_path / ("a.jsonl" if write is jsonl else "a.csv"), ROWS)
    assert read_labelled(file) == Labelled([*PAY, *TEAM], ["pay"] * 12 + ["team"] * 12, [()] * 24)


def test_a_byte_order_mark_windows_lines_and_untidy_columns_are_read(tmp_path):
    rows = [{" Question ": f" {row['question']} ", "LABEL": row["label"], "by": "me"} for row in ROWS]
    assert read_labelled(table(tmp_path / "a.CSV", rows, "utf-8-sig")).texts == [*PAY, *TEAM]
    file = jsonl(tmp_path / "a.ndjson", ROWS)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert read_labelled(file).texts == [*PAY, *TEAM]


def test_a_topic_makes_a_finer_class_and_may_be_missing(tmp_path):
    rows = [row | {"topic": "size" if row["label"] == "team" else ""} for row in ROWS]
    assert set(read_labelled(table(tmp_path / "a.csv", rows)).classes) == {"pay", "team/size"}
    rows = [row | ({"topic": "size"} if row["label"] == "team" else {"topic": None}) for row in ROWS]
    assert set(read_labelled(jsonl(tmp_path / "a.jsonl", rows)).classes) == {"pay", "team/size"}


def test_our_own_corpus_calls_its_label_an_aspect(tmp_path):
    rows = [{"question": row["question"], "aspect": row["label"]} for row in ROWS]
    assert set(read_labelled(jsonl(tmp_path / "a.jsonl", rows)).classes) == {"pay", "team"}


def test_a_label_may_be_a_number(tmp_path):
    rows = [row | {"label": int(row["label"] == "team")} for row in ROWS]
    assert set(read_labelled(jsonl(tmp_path / "a.jsonl", rows)).classes) == {"0", "1"}


@pytest.mark.parametrize("inside", ["\u2028", "\x85", "\x0c", "\x1c"])
def test_rare_line_ends_inside_a_question_do_not_cut_it(tmp_path, inside):
    rows = [{"question": f"First{inside}then?", "label": "pay"}, *ROWS]
    assert read_labelled(jsonl(tmp_path / "a.jsonl", rows)).texts[0] == f"First{inside}then?"
    assert read_labelled(table(tmp_path / "a.csv", rows)).texts[0] == f"First{inside}then?"


def test_a_question_in_quotes_may_hold_lines_and_commas(tmp_path):
    rows = [{"question": 'First,\nthen "what"?', "label": "pay"}, *ROWS]
    assert read_labelled(table(tmp_path / "a.csv", rows)).texts[0] == 'First,\nthen "what"?'


def refused(file):
    with pytest.raises(BadCorpus) as caught:
        read_labelled(file)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_missing_columns_are_named_with_those_that_are_there(tmp_path):
    rows = [{"text": row["question"], "kind": row["label"]} for row in ROWS]
    assert "has the columns text, kind; expected question and label" in refused(table(tmp_path / "a.csv", rows))
    assert "row 1: expected question and label, found ['kind', 'text']" in refused(jsonl(tmp_path / "a.jsonl", rows))


@pytest.mark.parametrize("row", [",team", "Who?,", ",team,more,and more"])
def test_an_empty_cell_is_refused_with_its_row(tmp_path, row):
    (tmp_path / "a.csv").write_text(f"question,label\nWho?,team\n{row}\n")
    assert "row 2: expected question and label" in refused(tmp_path / "a.csv")


def test_too_few_of_a_class_are_counted(tmp_path):
    few = ROWS[: 12 + FEWEST_PER_CLASS - 1]
    assert f"has 7 questions of 'team'; expected {FEWEST_PER_CLASS} or more" in refused(
        jsonl(tmp_path / "a.jsonl", few)
    )
    assert read_labelled(jsonl(tmp_path / "b.jsonl", ROWS[: 12 + FEWEST_PER_CLASS]))


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_classes_are_refused(tmp_path, count):
    assert f"has {count} classes" in refused(jsonl(tmp_path / "a.jsonl", ROWS[: 12 * count]))


@pytest.mark.parametrize("odd", [{"label": "team/people"}, {"topic": "a/b"}])
def test_a_separator_in_a_label_or_topic_is_refused(tmp_path, odd):
    assert "row 2: a label or topic holds '/'" in refused(jsonl(tmp_path / "a.jsonl", [ROWS[0], ROWS[1] | odd]))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x00", b'"', b'question,label\n"a', b"a\n" * 9, b"[1]\n"])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a"])
def test_what_is_no_corpus_is_one_clear_error(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert str(tmp_path / name) in refused(tmp_path / name)


def test_json_nested_without_end_is_one_clear_error(tmp_path):
    (tmp_path / "a.jsonl").write_text("[" * 100_000)
    assert "line 1: no JSON" in refused(tmp_path / "a.jsonl")


def test_a_cell_without_end_is_one_clear_error(tmp_path):
    (tmp_path / "a.csv").write_text("question,label\n" + "a" * 200_000 + ",b\n")
    assert "is no csv file" in refused(tmp_path / "a.csv")


def test_a_file_that_is_not_there_or_a_folder_is_one_clear_error(tmp_path):
    assert "no such file" in refused(tmp_path / "none.csv")
    assert "cannot read" in refused(tmp_path)


def test_easy_questions_are_told_apart_in_cross_validation():
    told = []
    labelled = Labelled([*PAY, *TEAM], ["pay"] * 12 + ["team"] * 12, [()] * 24)
    quality = cross_validate(labelled, seeds=2, watch=lambda *where: told.append(where))
    assert (quality.questions, quality.classes, quality.seeds) == (24, 2, 2)
    assert len(quality.accuracies) == len(quality.macro_f1s) == 2
    assert min(quality.accuracies) > 0.85
    assert told == [("cross-validating", 1, 2), ("cross-validating", 2, 2)]


def test_confusions_count_what_was_said_for_what():
    mixed = ["team"] * 3 + ["pay"] * 9 + ["team"] * 12  # three questions of pay bear the wrong name
    quality = cross_validate(Labelled([*PAY, *TEAM], mixed), seeds=2)
    counts = [count for *_, count in quality.confusions]
    assert {one[:2] for one in quality.confusions} <= {("team", "pay"), ("pay", "team")}
    assert counts == sorted(counts, reverse=True)
    assert ("team", "pay") in {one[:2] for one in quality.confusions}
    assert sum(count for *_, count in quality.confusions) == round(sum(24 * (1 - one) for one in quality.accuracies))
    assert "confused: team taken for pay, " in str(quality)


def test_topics_of_one_label_are_not_told_apart_in_its_figures():
    finer = ["pay/a", "pay/b"] * 6 + ["team"] * 12  # no question says which
    quality = cross_validate(Labelled([*PAY, *TEAM], finer), seeds=2)
    assert quality.classes == 2
    assert min(quality.accuracies) > 0.8


def test_a_long_question_costs_its_own_memory_and_not_that_of_all():
    def peak(text):
        labelled = Labelled([text, *PAY, *TEAM], ["pay"] * 13 + ["team"] * 12)
        tracemalloc.start()
        cross_validate(labelled, seeds=1)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak("Is there pay?")  # what is imported and loaded once does not count
    assert peak("p" * 400_000) - peak("Is there pay?") < 10 * 400_000


def test_what_was_learned_is_a_labeller(corpus, tmp_path):
    quality = train_aspects(corpus, tmp_path / "model", seeds=2)
    labels = Labeller.load(tmp_path / "model").label(
        ["Will I get a bonus?", "Who else is on the team?"], load_question_encoder()
    )
    assert [label.aspect for label in labels] == ["pay", "team"]
    assert quality.questions == 24


def test_a_corpus_that_is_refused_leaves_no_folder(tmp_path):
    with pytest.raises(BadCorpus):
        train_aspects(jsonl(tmp_path / "a.jsonl", ROWS[:12]), tmp_path / "model")
    assert not (tmp_path / "model").exists()


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["askworthy", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_the_command_says_how_good_it_is_and_what_it_confuses(monkeypatch, capsys, tmp_path):
    rows = [row | {"label": "team"} if row["question"] in PAY[:3] else row for row in ROWS]
    corpus, target = table(tmp_path / "own.csv", rows), tmp_path / "model"
    assert run(monkeypatch, "train", "aspects", corpus, "-o", target, "--seeds", 2) in (0, None)
    out, err = capsys.readouterr()
    assert "24 questions, 2 classes, 2 cross-validations of 5 folds" in out
    assert "right: 0." in out
    assert "macro F1: 0." in out
    assert "confused: team taken for pay" in out
    assert f"use it with --aspects {target}" in err
    assert set(Labeller.load(target).classes) == {"pay", "team"}


def test_the_command_refuses_a_bad_corpus_with_one_line_and_exit_code_2(monkeypatch, capsys, tmp_path):
    corpus = table(tmp_path / "own.csv", [{"text": "Who?", "kind": "team"}])
    assert run(monkeypatch, "train", "aspects", corpus, "-o", tmp_path / "model") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "has the columns text, kind" in err


def test_a_folder_that_holds_something_else_is_refused_before_the_work(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(BadOutput, match="no model's; name a new folder"):
        train_aspects(tmp_path / "no such corpus", tmp_path)
