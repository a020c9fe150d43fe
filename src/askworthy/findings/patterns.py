"""A finding in; the questions that dig deeper into its topic out, best fitting first."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeVar

from askworthy.aspects.taxonomy import OTHER
from askworthy.records import Finding

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A question that text cannot answer; "that" in it is the published fact it is asked after."""

    text: str
    asks: str  # practice, team, change, conflict, example or rule


@cache
def patterns() -> dict[str, tuple[Pattern, ...]]:
    """Every topic's patterns, at least twelve each; `other` serves topics that are not ours."""
    rows = json.loads((resources.files("askworthy.findings") / "patterns.json").read_bytes())
    return {topic: tuple(Pattern(row["text"], row["asks"]) for row in some) for topic, some in rows.items()}


def fitting(finding: Finding, *, state: bool = False, used: Set[str] = frozenset()) -> list[Pattern]:
    """The topic's patterns, those not used yet first; a fixed question always gets them in the same order.

    Args:
        finding: Its topic and form choose.
        state: The fact tells what is so, as a number or a place: it has no last time, and nothing departs from it.
        used: Texts that the list has already.
    """
    some = patterns().get(finding.topic, patterns()[OTHER])
    able = [
        one
        for one in turned(some, finding.question.text)
        if not (state and one.asks in ("example", "conflict", "rule"))
    ]
    return sorted(able, key=lambda one: (one.text in used, _misfit(finding, one, state=state)))


def turned(some: Sequence[T], question: str) -> list[T]:
    """All of them from a place on that the question fixes: two questions on one topic start at different ones."""
    start = zlib.crc32(question.encode("utf-8", "replace")) % max(1, len(some))
    return [*some[start:], *some[:start]]


def _misfit(finding: Finding, pattern: Pattern, *, state: bool) -> int:
    """Who asked for a view wants a story; who asked for a yes or no learns most from how it goes in practice.

    What is so has no practice: it can only change, or be wished to.
    """
    if state:
        return int(pattern.asks != "change")
    if finding.form.asks_opinion:
        return int(pattern.asks not in ("example", "conflict"))
    if finding.form.kind == "yes_no":
        return int(pattern.asks not in ("practice", "team"))
    return 0
