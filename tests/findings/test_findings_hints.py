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
        ("Could I decide how we work?", "yes_no", "How far could I decide how we work?"),
        ("Do you offer a pension ?", "yes_no", "What pension do you offer, if any?"),
        (
            "Does the team have rules for remote work?",
            "yes_no",
            "What rules for remote work does the team have, if any?",
        ),
        ("Is there any flexibility in the hours?", "yes_no", "What flexibility in the hours is there, if any?"),
        ("Will I be able to work from home?", "yes_no", "To what extent will I be able to work from home?"),
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
        ("You surely pay overtime, right?", "leading", None),
        ("You pay overtime. That is so, right?", "leading", None),
        (
            "How fast do code reviews happen, and who does them?",
            "several",
            "How fast do code reviews happen? Who does them?",
        ),
        (
            "Your page mentions vouchers. Who gets those, and how big are they?",
            "several",
            "Your page mentions vouchers. Who gets those? How big are they?",
        ),
        (
            "You’ve put collars on the herd; who sees the alerts, and what do they do then?",
            "several",
            "You’ve put collars on the herd; who sees the alerts? What do they do then?",
        ),
        ("What is the salary range?", "too_early", "When would be a good time to talk about the salary range?"),
        ("How many days of paid leave are there?", "too_early", "When would be a good time to talk about leave?"),
        ("What " + "really " * 40 + "matters to you?", "long", None),
        ("We shouted and then had a beer. " * 6 + "Which of those is nearer to how it is here?", "long", None),
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
        "How does the team cover for people who are on holiday?",
    ],
)
def test_a_good_question_gets_no_hint(text):
    assert hinted(text) == {}


def test_a_clause_is_not_turned_into_a_wrong_sentence():
    assert hinted("Do you have people who work part time or from abroad?")["yes_no"] is None


@pytest.mark.parametrize(
    "text",
    [
        "Do you have to wear a uniform?",
        "Do you have to work weekends?",
        "Is there a lot of overtime?",
        "Is there much travel?",
        "Are there many meetings?",
        "Are there several courses?",
        "Are there two programmes?",
        "Do you have enough staff?",
        "Do you have enough support?",
        "Do you have your own fleet?",
        "Do you have the same benefits?",
        "Do you have good benefits?",
        "Do you have a company car?",
        "Do you have children?",
        "Do you have someone in mind?",
        "Do you have rules I should know?",
        "Do you have benefits yet?",
        "Do you offer to pay relocation?",
        "Do you offer employees training?",
        "Do you provide a laptop?",
        "Is there something I should prepare?",
        "Is there somewhere to park?",
        "Is there anyone who speaks French?",
        "Is there always someone on call?",
        "Is there a quiet room where one can calm down?",
        "Is there a reason the last person left?",
        "Are there layoffs planned?",
        "Are there people working remotely?",
        "Are there times when everybody is off?",
        "Are there rules or is it free?",
        "Could I start in May?",
        "Could I see the office?",
        "May I bring my dog?",
        "Can I change departments?",
        "Can I set up a meeting?",
        "Can I plan a visit?",
        "Is it possible to start in June?",
        "Will I have to bring a laptop?",
        "Will I have to work two weekends a month?",
        "Would I need to relocate?",
        "Do you use Jira or Trello?",
        "Do you use it?",
        "Do you pay the minimum wage?",
        "Do you pay a bonus?",
        "Do you hire in May?",
        "Do you share an office?",
        "Do you plan to hire?",
        "Do you plan layoffs?",
        "Do you review salaries every year?",
        "Do you review performance regularly?",
        "Is there ?",
        "Do you support a move if I join?",
        "Do you use Jira, and who maintains it?",
    ],
)
def test_where_no_rewording_is_surely_right_there_is_only_the_hint(text):
    assert hinted(text)["yes_no"] is None


@pytest.mark.parametrize(
    "text",
    [
        "What don't you like about working here?",
        "Which days can't I work from home?",
        "Why don't you publish salaries?",
        "Is there anything you don't like here?",
        "How would I know that it isn't going well?",
        "Are there plans, or don't you have them?",
        "What would you do if you do agree?",
        "What should I obviously avoid?",
    ],
)
def test_a_negative_inside_a_question_suggests_no_answer(text):
    assert "leading" not in hinted(text)


@pytest.mark.parametrize(
    "text",
    [
        "Don’t you publish salaries?",
        "So, wouldn't it be easier to hire?",
        "I read that you grew fast. Isn't it chaotic?",
        "You publish salaries, don't you?",
        "People stay for long, don't they?",
        "You surely pay for overtime?",
    ],
)
def test_a_negative_that_opens_or_ends_a_question_suggests_the_answer(text):
    assert "leading" in hinted(text)
