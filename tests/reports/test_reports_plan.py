"""A plan reads the same in every format, and obeys nothing that a question says."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from askworthy.findings.plan import Plan, Planned, plan
from askworthy.reports.plan import PlanFormat, render_plan

HOSTILE = '=1+1 <script>alert("x")</script> [x](http://evil.example) \x1b[2J*a*'


def planned(question, *, hints=("an open form learns more: “How so?”",)):
    return Planned("q1", question, "open", "role", "tasks", 2.0, "manager", "nothing published answers it", hints)


@pytest.fixture
def made():
    return Plan("acme", 15, (planned("What would I do first?"),), (planned("What would I do last?"),))


def test_the_table_has_the_agenda_its_reasons_hints_and_what_is_left_out(made):
    shown = render_plan(made, PlanFormat.table)
    assert shown == (
        "1 question for acme, 2 of 15 minutes\n"
        "No question fits for: organisation, team\n\n"
        " 1. What would I do first?\n"
        "      q1, 2 min, role/tasks, ask: manager; nothing published answers it\n"
        "      wording: an open form learns more: “How so?”\n\n"
        "Left out:\n"
        "  - q1: What would I do last? (nothing published answers it)\n"
    )


def test_json_jsonl_and_csv_hold_the_same_rows(made):
    whole = json.loads(render_plan(made, PlanFormat.json))
    lines = [json.loads(line) for line in render_plan(made, PlanFormat.jsonl).splitlines()]
    table = list(csv.DictReader(io.StringIO(render_plan(made, PlanFormat.csv))))
    asked = [one["question"] for one in whole["agenda"] + whole["omitted"]]
    assert [one["question"] for one in lines] == [one["question"] for one in table] == asked
    assert [one["planned"] for one in lines] == [True, False]
    assert lines[0]["hints"] == whole["agenda"][0]["hints"] == [table[0]["hints"]]


def test_markdown_names_what_is_left_out_by_its_reason_so_that_it_fits_a_page():
    late = [replace(planned(f"Question {n}?"), id=f"q{n}", reason="no time left") for n in range(2, 200)]
    follow_up = replace(planned("Deeper?"), id="q2", kind="follow_up")
    shown = render_plan(Plan("acme", 15, (planned("First?"),), (*late, follow_up)), PlanFormat.markdown)
    assert shown.endswith(f"## Left out\n\n- no time left: {', '.join(one.id for one in late)}\n")


def test_the_table_counts_the_follow_ups_that_are_left_out(made):
    shown = render_plan(replace(made, omitted=(replace(planned("Deeper?"), kind="follow_up"),)), PlanFormat.table)
    assert shown.endswith("Left out:\n  - 1 follow-up (--format json has each, with its reason)\n")


@pytest.mark.parametrize("format", list(PlanFormat))
def test_no_format_obeys_a_question(format):
    shown = render_plan(Plan("acme", 15, (planned(HOSTILE),), ()), format)
    assert "\x1b" not in shown
    if format in (PlanFormat.html, PlanFormat.markdown):
        assert "<script>" not in shown.replace("\\<script\\>", "")
    if format is PlanFormat.markdown:
        assert "[x](" not in shown
    if format is PlanFormat.csv:
        assert not next(csv.DictReader(io.StringIO(shown)))["question"].startswith("=")


@pytest.mark.parametrize(("questions", "gap"), [(8, "9.0mm"), (16, "4.1mm"), (200, "1.0mm")])
def test_the_room_for_notes_is_what_one_page_leaves(questions, gap):
    made = Plan("acme", 30, (planned("What would I do first?"),) * questions, ())
    assert f"margin-bottom:{gap}" in render_plan(made, PlanFormat.html)


def test_a_report_becomes_a_page_that_loads_nothing(report):
    page = render_plan(plan(report, 15), PlanFormat.html)
    assert page.count("<li>") == len(plan(report, 15).agenda)
    assert "src=" not in page and "href=" not in page and "url(" not in page


def test_other_columns_of_the_input_come_back_with_each_question_and_its_follow_ups():
    own = replace(planned("First?"), extra={"note": "=1", "kind": "my own", "id": "7"})
    made = Plan("acme", 15, (own,), (planned("Last?"),))
    whole = json.loads(render_plan(made, PlanFormat.json))
    lines = [json.loads(line) for line in render_plan(made, PlanFormat.jsonl).splitlines()]
    table = list(csv.DictReader(io.StringIO(render_plan(made, PlanFormat.csv))))
    assert whole["agenda"][0]["extra"] == lines[0]["extra"] == {"note": "=1", "kind": "my own", "id": "7"}
    assert "extra" not in whole["omitted"][0]
    assert list(table[0])[-3:] == ["note", "input_kind", "input_id"]
    assert [(row["kind"], row["input_kind"], row["note"]) for row in table] == [
        ("open", "my own", "'=1"),
        ("open", "", ""),
    ]


def test_jsonl_is_a_line_a_question_for_every_reader():
    made = Plan("acme", 15, (planned("One\u2028two\x9b?"),), ())
    assert len(render_plan(made, PlanFormat.jsonl).splitlines()) == 1


def test_an_entity_in_markdown_stays_what_was_written(made):
    written = render_plan(replace(made, agenda=(planned("Is &lt;b&gt; ~~old~~?"),)), PlanFormat.markdown)
    assert r"Is \&lt;b\&gt; \~\~old\~\~?" in written
