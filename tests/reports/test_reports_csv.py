import csv
import io
import re
from dataclasses import replace

from askworthy.reports import Format, render
from askworthy.reports.csv import named_apart


def rows(report):
    return list(csv.DictReader(io.StringIO(render(report, Format.csv))))


def test_a_row_has_the_finding_and_its_best_quote(report):
    first, second, third, _ = rows(report)
    assert (first["id"], first["verdict"], first["probability"]) == ("q1", "published", "0.9613")
    assert first["quote"] == "New parents take 16 weeks at full pay."
    assert (first["source"], first["url"]) == ("benefits/leave.md", "https://acme.example/leave")
    assert (second["quote"], second["url"]) == ("Each level has a band.", "")
    assert (third["quote"], third["source"]) == ("", "")


def test_rows_keep_the_order_of_the_questions(report):
    assert [row["id"] for row in rows(report)] == ["q1", "pay", "q3", "q4"]


def test_columns_of_the_input_come_back_last(report):
    found = rows(report)
    assert list(found[0])[-2:] == ["Priority", "Asked by"]
    assert [row["Priority"] for row in found] == ["high", "", "", ""]
    assert [row["Asked by"] for row in found] == ["", "", "me", ""]


def test_no_cell_is_a_formula(hostile):
    header, row = csv.reader(io.StringIO(render(hostile, Format.csv)))
    assert not [cell for cell in header + row if cell[:1] in "=+-@\t\r" and cell]
    assert sum(cell.startswith("'=1+1") for cell in header + row) >= 8
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", "".join(header + row)), "and none steers a terminal"


def test_a_quote_over_several_lines_stays_one_cell(report):
    first = report.findings[0]
    quote = replace(first.evidence[0], quote='Two\nlines, "quoted"')
    [row] = rows(replace(report, findings=(replace(first, evidence=(quote,)),)))
    assert row["quote"] == 'Two\nlines, "quoted"'


def test_a_column_of_the_input_never_stands_for_one_of_ours(report):
    first = report.findings[0]
    question = replace(first.question, extra={"verdict": "my own view", "Priority": "high"})
    [row] = rows(replace(report, findings=(replace(first, question=question),)))
    assert (row["verdict"], row["input_verdict"], row["Priority"]) == ("published", "my own view", "high")


def test_no_name_stands_twice_among_the_columns():
    assert named_apart(["topic", "input_topic", "note"], ("id", "topic")) == [
        "input_input_topic",
        "input_topic",
        "note",
    ]
