"""Questions of which one is enough, and labels that are a guess, are told in every format that people read."""

import json
from dataclasses import replace

import pytest

from askworthy.findings.plan import plan
from askworthy.reports import Format, render
from askworthy.reports.terminal import MAX_LINES_SHOWN


@pytest.fixture
def repeating(report):
    return replace(report, same=((0, 2),), close=((1, 3),))


def test_json_has_their_ids(repeating):
    ids = [finding.question.id for finding in repeating.findings]
    told = json.loads(render(repeating, Format.json))
    assert (told["same"], told["close"]) == ([[ids[0], ids[2]]], [[ids[1], ids[3]]])


@pytest.mark.parametrize("format", [Format.table, Format.markdown, Format.html])
def test_people_are_told_both_questions(repeating, report, format):
    shown = " ".join(render(repeating, format).split())
    texts = [finding.question.text for finding in repeating.findings]
    assert f"“{texts[0]}” and “{texts[2]}” ask the same" in shown
    assert f"“{texts[1]}” and “{texts[3]}” ask nearly the same" in shown
    assert "ask the same" not in render(report, format)


def test_three_wordings_of_one_question_are_one_line(report):
    texts = [f"“{finding.question.text}”" for finding in report.findings]
    shown = " ".join(render(replace(report, close=((0, 1), (0, 3), (1, 3))), Format.table).split())
    assert f"{texts[0]}, {texts[1]} and {texts[3]} ask nearly the same" in shown
    assert shown.count("ask nearly the same") == 1


def test_two_questions_that_are_no_pair_are_not_said_to_ask_the_same(report):
    texts = [f"“{finding.question.text}”" for finding in report.findings]
    shown = " ".join(render(replace(report, same=((0, 1), (1, 2)), close=((2, 3),)), Format.table).split())
    assert f"{texts[0]} and {texts[1]} ask the same" in shown
    assert f"{texts[1]} and {texts[2]} ask the same" in shown
    assert f"{texts[2]} and {texts[3]} ask nearly the same" in shown
    assert f"{texts[0]}, " not in shown


def test_a_plan_drops_what_the_report_says_is_the_same(report):
    open_ones = tuple(replace(one, verdict="open") for one in report.findings)
    made = plan(replace(report, findings=open_ones, same=((0, 1), (1, 2))), 60)
    dropped = [(one.id, one.reason) for one in made.omitted if one.kind != "follow_up"]
    assert dropped == [("pay", "asks the same as q3")]


@pytest.mark.parametrize("format", [Format.table, Format.markdown, Format.html])
def test_an_unsure_label_is_marked_and_the_mark_told_once(report, format):
    shown = render(report, format)
    assert "other?" in shown
    assert shown.count("“?” after a topic: the label is the best guess and no more") == 1
    sure = tuple(replace(one, label=replace(one.label, unsure=False)) for one in report.findings)
    assert "“?”" not in render(replace(report, findings=sure), format)


def test_a_table_names_only_the_first_of_many(report):
    many = replace(report, findings=report.findings * (MAX_LINES_SHOWN + 3))
    pairs = tuple((4 * n, 4 * n + 1) for n in range(MAX_LINES_SHOWN + 3))
    shown = render(replace(many, close=pairs), Format.table)
    assert "and 3 more of which one question is enough; --format json names all" in shown
