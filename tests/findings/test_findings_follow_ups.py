"""Follow-ups repeat what the evidence says and nothing else."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from askworthy.aspects.taxonomy import ASPECT_OF
from askworthy.findings.coverage import cover
from askworthy.findings.follow_ups import add_follow_ups
from askworthy.findings.patterns import patterns
from askworthy.findings.revoice import acknowledge, retell
from askworthy.findings.suggestion import bank
from askworthy.records import Evidence, Finding, Form, Label, Question

BANK = Path(__file__).parents[2] / "corpus" / "bank"


def evidence(quote, probability=0.9):
    return Evidence("a.md", quote, 0, len(quote), probability, title="Leave")


def finding(verdict="published", parts=("What is the leave?",), quote="We give 27 days of holiday a year."):
    form = Form("wh", parts, False, False)
    label = Label("organisation", 0.9, "rewards", 0.9)
    return Finding(Question(" ".join(parts), id="q1"), label, form, verdict, 0.9, (evidence(quote),))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We give 27 days of holiday a year.", "you give 27 days of holiday a year"),
        ("Our leads never see what you earn.", None),
        ("Our trust has held 61 % of our shares since 2021.", "your trust has held 61 % of your shares since 2021"),
        ("They meet in Leeds every single month.", None),
        ("We sell to the US and to our friends.", None),
        ("It was paid for out of earnings.", None),
        ("We moved here in 2019 with the team.", None),
        ("We help people; they help us back.", None),
    ],
)
def test_only_what_is_safe_is_retold(said, told):
    assert retell(said) == told


def test_what_is_not_retold_is_quoted_as_it_stands():
    said = "Tell your lead three weeks before you leave."
    assert f"“{said}”" in acknowledge(evidence(said))


def test_a_table_row_cannot_be_said_aloud():
    assert acknowledge(evidence("Benefit: Holiday | What it is: 27 days")) is None


def test_a_follow_up_that_is_published_itself_is_dropped():
    [kept] = add_follow_ups([finding()], lambda texts: ["open"] * len(texts))
    assert len(kept.follow_ups) == 2
    assert all(one.startswith("I read that you give 27 days of holiday a year. ") for one in kept.follow_ups)
    [none] = add_follow_ups([finding()], lambda texts: ["published"] * len(texts))
    assert none.follow_ups == ()


def test_an_open_question_gets_none():
    [same] = add_follow_ups([finding("open")], lambda texts: ["open"] * len(texts))
    assert same.follow_ups == ()


def test_the_missing_part_is_asked_for_only_where_no_quote_touches_it():
    parts = ("What is the leave?", "who approves longer absences?")
    [one] = add_follow_ups([finding("partly", parts)], lambda texts: ["open"] * len(texts))
    assert one.follow_ups[0].endswith("What I would also like to know: who approves longer absences?")
    touched = finding("partly", parts, quote="We say that a director approves absences.")
    [other] = add_follow_ups([touched], lambda texts: ["open"] * len(texts))
    assert not any("also like to know" in text for text in other.follow_ups)


def test_every_topic_has_twelve_different_patterns():
    assert set(patterns()) == set(ASPECT_OF)
    assert all(len({one.text for one in some}) >= 12 for some in patterns().values())
    assert all(one.text.endswith("?") for some in patterns().values() for one in some)


def test_a_topic_with_only_published_questions_is_a_gap():
    assert "rewards" in cover([finding("published")]).missing_topics
    assert "rewards" not in cover([finding("open")]).missing_topics


def test_the_bank_is_what_its_card_says():
    found = hashlib.sha256((BANK / "bank.jsonl").read_bytes()).hexdigest()
    assert re.search(r"sha256: (\w+)", (BANK / "CARD.md").read_text(encoding="utf-8"))[1] == found
    assert len({one.question for one in bank()}) >= 300
