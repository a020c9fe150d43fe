"""Hints name what weakens a question, and leave a good one alone."""

from __future__ import annotations

import pytest

from askworthy.findings.hints import hints
from askworthy.questions.form import read_form


def hinted(text):
    return {one.kind: one.better for one in hints(text, read_form([text])[0])}


@pytest.mark.parametrize(
    ("text", "kind", "better"),
    [
        ("Do you have a mentoring programme?", "yes_no", "What mentoring programme do you have, if any?"),
        ("Are there any regular meetings?", "yes_no", "What regular meetings are there, if any?"),
        ("Do you support women in management?", "yes_no", "How do you support women in management?"),
        ("Can I choose my own tools?", "yes_no", "How far could I choose my own tools?"),
        ("Is the team happy?", "yes_no", None),
        (
            "Is it possible to work from another country?",
            "yes_no",
            "How far is it possible to work from another country?",
        ),
        ("Will I have to travel?", "yes_no", "To what extent will I have to travel?"),
        ("Does the company pay for courses?", "yes_no", "To what extent does the company pay for courses?"),
        ("Don't you think that the office is too loud?", "leading", "Do you think that the office is too loud?"),
        ("Won't the team be split?", "leading", "Will the team be split?"),
        ("The team is growing, right?", "leading", "How far is it true that the team is growing?"),
        ("Surely you pay for overtime?", "leading", "How far is it true that you pay for overtime?"),
        ("Acme is growing, right?", "leading", None),
        (
            "How fast do code reviews happen, and who does them?",
            "several",
            "How fast do code reviews happen? Who does them?",
        ),
        ("What is the salary range?", "too_early", "When would be a good time to talk about the salary range?"),
        ("How many days of paid leave are there?", "too_early", "When would be a good time to talk about leave?"),
        ("What " + "really " * 40 + "matters to you?", "long", None),
        (
            "I have spent the last nine years in small teams that shipped every day, and before that in a large one "
            "that shipped twice a year with a week of testing, so who decides here when a release goes out?",
            "long",
            "Who decides here when a release goes out?",
        ),
    ],
)
def test_what_weakens_a_question_is_named_with_a_better_wording_where_there_is_one(text, kind, better):
    found = hinted(text)
    assert kind in found
    assert found[kind] == better


@pytest.mark.parametrize(
    "text",
    [
        "How does the team deal with conflict?",
        "What do you enjoy most about working here?",
        "Which decisions could I take on my own?",
        "How do you decide who leaves a meeting early?",
    ],
)
def test_a_good_question_gets_no_hint(text):
    assert hinted(text) == {}


def test_a_clause_is_not_turned_into_a_wrong_sentence():
    assert hinted("Do you have people who work part time or from abroad?")["yes_no"] is None
