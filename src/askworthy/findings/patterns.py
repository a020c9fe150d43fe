"""A finding in; the questions that dig deeper into its topic out, best fitting first."""

from __future__ import annotations

import json
import zlib
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from importlib import resources

from askworthy.aspects.taxonomy import OTHER
from askworthy.records import Finding


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
    # Two questions on one topic start at different patterns, so that a list does not repeat itself.
    start = zlib.crc32(finding.question.text.encode("utf-8", "replace")) % len(some)
    turned = some[start:] + some[:start]
    able = [one for one in turned if not (state and one.asks in ("example", "conflict", "rule"))]
    return sorted(able, key=lambda one: (one.text in used, _misfit(finding, one, state=state)))


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
