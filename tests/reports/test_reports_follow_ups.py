"""Follow-ups of a finding stand in every format; where none were asked for, nothing speaks of them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from askworthy.reports import Format, render

DEEPER = "Who <b>decides</b> when *two* want it?"
SHOWN = {
    "table": DEEPER,
    "markdown": r"Who \<b\>decides\</b\> when \*two\* want it?",
    "html": "Who &lt;b&gt;decides&lt;/b&gt; when *two* want it?",
}


@pytest.fixture
def digging(report):
    [first, *others] = report.findings
    return replace(report, findings=(replace(first, follow_ups=(DEEPER, "And after that?")), *others))


@pytest.mark.parametrize("format", list(Format))
def test_every_format_has_them_and_obeys_none(digging, format):
    shown = render(digging, format)
    assert SHOWN.get(format.value, DEEPER) in shown and "And after that?" in shown


@pytest.fixture
def plain(report):
    return replace(report, findings=tuple(replace(one, follow_ups=()) for one in report.findings))


@pytest.mark.parametrize("format", ["table", "markdown", "html"])
def test_a_report_without_any_does_not_speak_of_them(plain, format):
    assert "dig deeper" not in render(plain, format).lower()


def test_in_a_spreadsheet_each_has_a_column_that_only_then_is_there(digging, plain):
    rows = list(csv.DictReader(io.StringIO(render(digging, "csv"))))
    assert {row["follow_up_1"] for row in rows} == {DEEPER, ""}
    assert "follow_up_1" not in render(plain, "csv")
