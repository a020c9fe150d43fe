"""The bank fills gaps with what the text leaves open, and repeats nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from askworthy.findings.suggestion import bank, suggest
from askworthy.records import Finding, Form, Label, Question, Reading, Report


@pytest.fixture
def report():
    asked = Question("What would I do in a normal week?", id="q1")
    label = Label("role", 0.9, "tasks", 0.9)
    return Report(
        (Finding(asked, label, Form("wh", (asked.text,), False, False), "open", 0.1),), "acme", Reading(1, 1, 1)
    )


def no_repeats(texts):
    return [False] * len(texts)


def test_every_missing_topic_gets_its_two_best_open_questions(report):
    found = suggest(report, lambda texts: ["open"] * len(texts), no_repeats)
    assert {one.topic for one in found} == set(report.coverage.missing_topics)
    assert "tasks" not in {one.topic for one in found}
    first = [one for one in bank() if one.topic == "rewards"][:2]
    assert [one for one in found if one.topic == "rewards"] == first


def test_what_the_text_answers_is_not_suggested(report):
    first = next(one for one in bank() if one.topic == "rewards")

    def verdicts(texts):
        return ["published" if text == first.question else "open" for text in texts]

    found = suggest(report, verdicts, no_repeats)
    assert first not in found
    assert sum(one.topic == "rewards" for one in found) == 2


def test_what_the_list_already_asks_is_not_suggested(report):
    assert suggest(report, lambda texts: ["open"] * len(texts), lambda texts: [True] * len(texts)) == []


def test_where_the_text_answers_the_first_ones_later_ones_are_suggested(report):
    rewards = [one for one in bank() if one.topic == "rewards"]
    answered = {one.question for one in rewards[:10]}
    found = suggest(report, lambda texts: ["published" if one in answered else "open" for one in texts], no_repeats)
    assert [one for one in found if one.topic == "rewards"] == rewards[10:12]


def test_nothing_of_the_bank_is_suggested_to_a_taxonomy_of_ones_own(report):
    own = tuple(replace(one, label=Label("travel", 0.9, "travel", 0.9)) for one in report.findings)
    found = replace(report, findings=own)
    assert (found.coverage.open_by_topic, found.coverage.open_by_aspect) == ({"travel": 1}, {"travel": 1})
    assert suggest(found, lambda texts: ["open"] * len(texts), no_repeats) == []


def test_a_topic_of_ones_own_with_only_published_questions_is_missing(report):
    [one] = report.findings
    own = (replace(one, label=Label("kit", 0.9, "laptops", 0.9)), replace(one, label=Label("kit", 0.9, "cars", 0.9)))
    coverage = replace(report, findings=(own[0], replace(own[1], verdict="published"))).coverage
    assert (coverage.missing_topics, coverage.missing_aspects) == (("cars",), ())


def test_the_built_in_topics_are_covered_whatever_occurs(report):
    assert report.coverage.open_by_aspect == {"role": 1, "organisation": 0, "team": 0}
    assert len(report.coverage.missing_topics) == 11
