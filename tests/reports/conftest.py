"""Shared by the tests of reports: one report with everything in it, and one of a company that means harm."""

from __future__ import annotations

import pytest

from askworthy.records import Evidence, Finding, Form, Label, Question, Reading, Report, Skipped

LEAVE = Evidence(
    source="benefits/leave.md",
    quote="New parents take 16 weeks at full pay.",
    start=412,
    end=450,
    probability=0.96125,
    url="https://acme.example/leave",
    title="Parental leave",
    heading="Parental leave > Pay",
    fetched_at="2025-03-01T09:00:00Z",
)
PAY = Evidence("pay.md", "Each level has a band.", 0, 22, 0.4)


def form(*parts, kind="wh", **facts):
    return Form(kind, parts, **{"asks_opinion": False, "informed": False, **facts})


@pytest.fixture
def report():
    first = Question("What is the parental leave policy?", "q1", "Benefits", {"Priority": "high"})
    second = Question("What is the band for this level, and who sets it?", "pay")
    third = Question("What keeps you here?", "q3", extra={"Priority": "", "Asked by": "me"})
    fourth = Question("Is a hot dog a sandwich?", "q4")
    return Report(
        findings=(
            Finding(
                first, Label("organisation", 0.97, "rewards", 0.934567), form(first.text), "published", 0.96125,
                (LEAVE, PAY), ("How many people took all of it last year?",),
            ),
            Finding(
                second, Label("organisation", 0.9, "rewards", 0.85),
                form("What is the band for this level?", "who sets it?"), "partly", 0.5, (PAY, LEAVE),
            ),
            Finding(third, Label("team", 0.6, "people", 0.5), form(third.text, asks_opinion=True), "open", 0.02),
            Finding(
                fourth, Label("other", 0.31, "other", 0.31, unsure=True), form(fourth.text, kind="yes_no"), "open", 0.0
            ),
        ),
        company="acme",
        reading=Reading(
            pages=12, passages=240, words=9_876, duplicate_pages=1, boilerplate_blocks=30,
            skipped=(Skipped("logo.png", ".png is not a kind of file that is read"),),
        ),
    )  # fmt: skip


@pytest.fixture
def hostile():
    """Each text of it steers a terminal, is Markdown, and would be a formula in a spreadsheet."""
    text = (
        "=1+1|[x](http://evil.example)<b>*a*</b> `c` [red]mark[/]\x1b[2J\x1b]0;owned\x07\x9b31m\rover\x08\u202ewritten"
    )
    evidence = Evidence(text, text, 0, len(text), 0.9, f"javascript:{text}", text, text, text)
    question = Question(text, text, text, {text: text})
    return Report(
        findings=(Finding(question, Label(text, 0.9, text, 0.9), form(text), "published", 0.9, (evidence,), (text,)),),
        company=text,
        reading=Reading(1, 1, 1, (Skipped(text, text),)),
    )
