import json
import re
from pathlib import Path

from askworthy.reports import Format, render

GOLDEN = Path(__file__).parents[1] / "golden" / "report.json"


def test_the_json_of_a_report_is_the_golden_one(report):
    assert render(report, Format.json) == GOLDEN.read_text(encoding="utf-8")


def test_jsonl_holds_the_findings_of_the_json_one_a_line(report):
    lines = render(report, Format.jsonl).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render(report, Format.json))["findings"]


def test_every_text_comes_back_exactly(hostile):
    [line] = render(hostile, Format.jsonl).split("\n")[:-1]
    row, finding = json.loads(line), hostile.findings[0]
    assert row["question"] == finding.question.text
    assert row["evidence"][0]["quote"] == finding.evidence[0].quote
    assert row["extra"] == finding.question.extra


def test_json_in_a_terminal_steers_nothing(hostile):
    for format in (Format.json, Format.jsonl):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", render(hostile, format))


def test_extra_columns_are_left_out_where_there_are_none(report):
    rows = [json.loads(line) for line in render(report, Format.jsonl).splitlines()]
    assert ["extra" in row for row in rows] == [True, False, True, False]
