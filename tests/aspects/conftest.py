"""Shared by the tests of aspects: questions of two kinds that are easy to tell apart."""

from __future__ import annotations

import pytest

PAY = [
    "What is the salary for this position?",
    "How large is the yearly bonus?",
    "Is the salary paid on the first of the month?",
    "Does everyone get a bonus?",
    "Is the salary reviewed every year?",
    "Which pay grade would I start in?",
    "How is overtime paid?",
    "Is there a bonus for new staff?",
    "What does the pension cost me?",
    "Do you pay for unused holidays?",
    "Is pay the same for all engineers?",
    "When is the bonus paid?",
]
TEAM = [
    "Who is on the team?",
    "How many engineers does the team have?",
    "Who leads the team?",
    "How long has the team been together?",
    "Does the team sit in one room?",
    "Who would I work with every day?",
    "How does the team plan its week?",
    "How often does the team meet?",
    "Is the team growing?",
    "Who reviews the team's work?",
    "Does the team have a designer?",
    "How does the team settle an argument?",
]


@pytest.fixture(scope="session")
def easy():
    """24 texts and their class names: "pay" and "team"."""
    return [*PAY, *TEAM], ["pay"] * len(PAY) + ["team"] * len(TEAM)


@pytest.fixture(scope="session")
def fitted(easy):
    """A classifier fitted on them, with the bundled encoder."""
    from askworthy.aspects.classifier import AspectClassifier

    return AspectClassifier().fit(*easy)
