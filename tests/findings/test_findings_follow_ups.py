"""Follow-ups repeat what the evidence says and nothing else."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from askworthy.aspects.taxonomy import ASPECT_OF
from askworthy.findings import openings as openings_module
from askworthy.findings.coverage import cover
from askworthy.findings.follow_ups import add_follow_ups
from askworthy.findings.naming import clause, subject
from askworthy.findings.own_topic import on_own_topic
from askworthy.findings.patterns import fitting, patterns
from askworthy.findings.revoice import acknowledge, is_state, page, retell, sayable
from askworthy.findings.suggestion import bank
from askworthy.inference.encoder import load_encoder
from askworthy.records import Evidence, Finding, Form, Label, Question

BANK = Path(__file__).parents[2] / "corpus" / "bank"


def evidence(quote, probability=0.9, title="Leave"):
    return Evidence("a.md", quote, 0, len(quote), probability, title=title)


ASKED = "How many days of holiday do you give each year?"


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(threads=1)


def all_open(texts):
    return ["open"] * len(texts)


def finding(
    verdict="published", parts=(ASKED,), quote="We give 27 days of holiday a year.", probability=0.9, title="Leave"
):
    form = Form("wh", parts, False, False)
    label = Label("organisation", 0.9, "rewards", 0.9)
    return Finding(
        Question(" ".join(parts), id="q1"), label, form, verdict, 0.9, (evidence(quote, probability, title),)
    )


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
        ("We’ve run an academy since 2019, and it’s free.", None),
        ("We’ve run an academy of our own since 2019.", "you've run an academy of your own since 2019"),
        ("Every job ad names its salary, please refer to that.", None),
        ("Employees choose their own hours.", "employees choose their own hours"),
        ("The board and the staff choose their own hours.", None),
        ("Each clinic has two leads (a vet and a manager).", "each clinic has two leads (a vet and a manager)"),
    ],
)
def test_only_what_is_safe_is_retold(said, told):
    assert retell(said) == told


def test_what_is_not_retold_is_quoted_as_it_stands():
    said = "Tell your lead three weeks before you leave."
    assert acknowledge(evidence(said), said) == f"On your page “Leave”, I read: “{said}”"


def test_a_quote_that_needs_its_heading_is_told_with_it():
    said = "Unused: ten days roll over, once."
    one = replace(evidence(said), heading="Time away > Vacation")
    assert acknowledge(one, said, alone=False) == f"Under “Vacation” on your page “Leave”, I read: “{said}”"


def test_a_page_is_named_without_a_word_of_what_it_says():
    one = evidence("Nobody may know this.")
    assert page(replace(one, heading="Time > Off")) == "the section “Off” on your page “Leave”"
    assert page(replace(one, title="Leave | Acme", heading="Leave")) == "your page “Leave”"
    assert page(replace(one, title=None)) is None
    assert page(replace(one, title="<b>" * 40)) is None


def test_a_long_sentence_is_cut_where_a_semicolon_ends_a_statement():
    said = "Everyone is free on Fridays; " + "but not " * 30 + "in May."
    assert sayable(said) == ["Everyone is free on Fridays …"]


def test_a_title_is_not_taken_for_a_statement():
    assert sayable("Best practices and guidelines for writing code") == []


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("The salary is £52,000 a year.", True),
        ("Our system dates from 2008.", True),
        ("Handover: at eight, and again at six.", True),
        ("Managers run their own home.", False),
        ("Managers will run their own home.", True),
        ("We release every Friday.", True),
    ],
)
def test_what_is_so_is_told_from_what_people_do(said, state):
    assert is_state(said) is state


def test_a_state_is_not_asked_for_its_last_time():
    kinds = {one.asks for one in fitting(finding(), state=True)}
    assert kinds and kinds.isdisjoint({"example", "conflict", "rule"})


def test_what_cannot_be_said_aloud_or_alone_is_not_quoted():
    assert sayable("Benefit: Holiday | What it is: 27 days") == []
    assert sayable("They meet every second week in Leeds.") == []
    assert sayable("What I do is mostly plan the routes.") == []
    assert sayable("Courses and books: within the team's budget") == ["Courses and books: within the team's budget"]


def test_a_follow_up_that_is_published_itself_is_dropped(encoder):
    [kept] = add_follow_ups([finding()], all_open, encoder)
    assert len(kept.follow_ups) == 2
    assert all(one.startswith("I read that you give 27 days of holiday a year. ") for one in kept.follow_ups)
    [none] = add_follow_ups([finding()], lambda texts: ["published"] * len(texts), encoder)
    assert none.follow_ups == ()


def test_an_open_question_gets_none(encoder):
    [same] = add_follow_ups([finding("open")], all_open, encoder)
    assert same.follow_ups == ()


@pytest.mark.parametrize(
    ("quote", "probability"),
    [("We give 27 days of holiday a year.", 0.1), ("We were founded in a shed beside the canal.", 0.9)],
)
def test_evidence_that_is_unsure_or_about_something_else_is_not_repeated(encoder, quote, probability):
    [one] = add_follow_ups([finding(quote=quote, probability=probability)], all_open, encoder)
    assert len(one.follow_ups) == 2
    assert not any(quote[3:] in text or "I read" in text for text in one.follow_ups)
    assert all("days of holiday" in text and "I have read your p" in text for text in one.follow_ups)


def test_after_a_denial_the_question_itself_is_asked_after(encoder, monkeypatch):
    monkeypatch.setattr(openings_module, "STANDS_OUT", 2.0)  # the encoder keeps most denials apart from answers
    [one] = add_follow_ups([finding(quote="We have not set the days of holiday for next year.")], all_open, encoder)
    assert all("the days of holiday" in text and "how many days of holiday you give" in text for text in one.follow_ups)


def test_a_question_with_quotation_marks_is_quoted_in_others():
    row = finding("partly", ('Is there a "control room" that is always open?',))
    some = on_own_topic(replace(row, form=replace(row.form, kind="yes_no")), "I have read your public pages.")
    assert some[0].startswith("My question was “Is there a 'control room' that is always open?” I have read")


def test_a_statement_is_said_with_the_question_that_it_leads_up_to():
    row = finding("partly", ("I'd love to travel.", "who decides who goes?"))
    row = replace(row, form=replace(row.form, kind="statement"))
    some = on_own_topic(row, "I have read your public pages.")
    assert some[0].startswith("My question was “I'd love to travel. who decides who goes?” I have read")


def test_a_page_beside_the_matter_is_only_called_the_nearest(encoder):
    [one] = add_follow_ups(
        [finding(quote="We were founded in a shed.", probability=0.2, title="History")], all_open, encoder
    )
    assert all(
        text.startswith("The nearest that I found in public is your page “History”. ") for text in one.follow_ups
    )


def test_spare_follow_ups_are_checked_only_where_one_was_dropped(encoder):
    asked = []

    def first_is_published(texts):
        asked.append(len(texts))
        return ["published" if len(asked) == 1 and place == 0 else "open" for place, _ in enumerate(texts)]

    [one] = add_follow_ups([finding()], first_is_published, encoder)
    assert len(one.follow_ups) == 2
    assert asked == [2, 1]


def test_after_a_near_miss_the_question_itself_is_asked_after(encoder):
    [one] = add_follow_ups([finding(probability=0.2)], all_open, encoder)
    assert all("27 days of holiday" in text and "how many days of holiday you give" in text for text in one.follow_ups)


def test_the_missing_part_is_asked_for_only_where_no_quote_touches_it(encoder):
    parts = (ASKED, "who approves longer absences?")
    [one] = add_follow_ups([finding("partly", parts)], all_open, encoder)
    assert one.follow_ups[0].endswith("What I would also like to know: who approves longer absences?")
    touched = finding("partly", parts, quote="We give 27 days of holiday, and a director approves absences.")
    [other] = add_follow_ups([touched], all_open, encoder)
    assert not any("also like to know" in text for text in other.follow_ups)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is your parental leave policy", "your parental leave policy"),
        ("How is on-call organised in the summer", "on-call"),
        ("Overtime pay", "overtime pay"),
        ("Salary range for the engineer", None),
        ("What is the best way to grow here", None),
        ("How does product work with engineers", None),
        ("Do you have a target salary range", None),
        ("What salary range do you offer", None),
        ("What benefits do you offer", "benefits"),
        ("How is the work organised", None),
        ("How do designers review each other's work", None),
    ],
)
def test_the_subject_is_named_only_where_it_is_surely_a_name(question, name):
    assert subject(question) == name


@pytest.mark.parametrize(
    ("question", "turned"),
    [
        ("Who would I report to", "who I would report to"),
        ("How fast do code reviews happen", "how fast code reviews happen"),
        ("Do you use AI on manuscripts", "whether you use AI on manuscripts"),
        ("May I change a plan alone", "whether I may change a plan alone"),
        ("How does the team plan its work", None),
        ("What would I do first", "what I would do first"),
        ("How would you describe your culture", None),
        ("How do you decide on rooms - could they grow", None),
    ],
)
def test_a_question_becomes_a_clause_only_by_moving_words(question, turned):
    assert clause(question) == turned


def test_a_question_that_leans_on_its_first_half_is_quoted_whole():
    whole = "I saw that you opened a branch in Vietnam; how is that going?"
    row = finding("partly", ("how is that going?",))
    some = on_own_topic(replace(row, question=Question(whole)), "I have read your page “Growth”.")
    assert some and all(text.startswith(f"My question was “{whole}” I have read your page “Growth”.") for text in some)


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
