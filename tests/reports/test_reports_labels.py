import csv
import io
import json
import warnings

import pytest

from askworthy.records import Label, Question
from askworthy.reports.labels import lines

SURE, UNSURE = Label("team", 0.91234, "people", 0.8), Label("other", 0.3, "other", 0.3, unsure=True)


def test_the_table_marks_what_is_unsure():
    assert list(lines([(Question("Who?", "q1"), SURE), (Question("Eh?", "q2"), UNSURE)], "table")) == [
        "team          people          91%  Who?\n",
        "other?        other           30%  Eh?\n",
    ]


def test_the_table_never_steers_the_terminal():
    [line] = lines([(Question("a\x1b[2Jb\nc\x9b\u202ed"), SURE)], "table")
    assert line.rstrip("\n").isprintable()


def test_jsonl_has_a_label_and_the_columns_of_the_input():
    [line] = lines([(Question("Who?", "q1", extra={"note": "é"}), SURE)], "jsonl")
    assert json.loads(line) == {"id": "q1", "question": "Who?", **SURE.to_dict(), "extra": {"note": "é"}}


def test_csv_keeps_the_columns_of_the_input_and_runs_nothing():
    rows = [(Question("=1+1", "@x", extra={"=2": "-3"}), SURE), (Question("Who?", "q2"), UNSURE)]
    header, first, second = csv.reader(io.StringIO("".join(lines(rows, "csv"))))
    assert header == ["id", "question", "aspect", "aspect_probability", "topic", "topic_probability", "unsure", "'=2"]
    assert first == ["'@x", "'=1+1", "team", "0.9123", "people", "0.8", "False", "'-3"]
    assert second[-2:] == ["True", ""]


def test_labels_are_written_while_the_questions_still_come():
    def endless():
        while True:
            yield Question("Who?", "q1"), SURE

    for format in ("table", "jsonl", "csv"):
        assert next(lines(endless(), format))


def test_no_questions_are_no_lines():
    for format in ("table", "jsonl", "csv"):
        assert list(lines([], format)) == []


def test_a_column_of_the_input_never_stands_for_one_of_ours():
    question = Question("Who?", "q1", extra={"topic": "mine", "aspect": "my own", "note": "n"})
    header, row = csv.reader(io.StringIO("".join(lines([(question, SURE)], "csv"))))
    assert header[2:] == [
        "aspect", "aspect_probability", "topic", "topic_probability", "unsure", "input_topic", "input_aspect", "note",
    ]  # fmt: skip
    assert row[-3:] == ["mine", "my own", "n"]


def test_a_column_that_comes_too_late_for_the_header_is_told_once():
    rows = [Question("Who?", "q1", extra={"a": "1"}), *(Question("Eh?", f"p{n}", extra={"b": "2"}) for n in "23")]
    with pytest.warns(UserWarning, match="the column 'b' is left out from question 'p2' on") as told:
        written = "".join(lines([(one, SURE) for one in rows], "csv"))
    assert len(told) == 1
    assert [row["a"] for row in csv.DictReader(io.StringIO(written))] == ["1", "", ""]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert json.loads(list(lines([(one, SURE) for one in rows], "jsonl"))[1])["extra"] == {"b": "2"}


def test_long_names_of_ones_own_stand_apart_and_never_steer_the_terminal():
    [line] = lines([(Question("Who?"), Label("a-name-of-many-letters\x1b[2J", 0.9, "another-long-name", 0.9))], "table")
    assert line.split() == ["a-name-of-many-letters[2J", "another-long-name", "90%", "Who?"]
