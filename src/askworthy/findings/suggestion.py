"""A report, its company and the question bank in; what to ask where the list leaves a gap out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from askworthy.aspects.taxonomy import ASPECT_OF
from askworthy.records import Report, Verdict

PER_TOPIC = 2
TRIED = 6  # of the bank at a time, for each topic that lacks some; the rest only where the text answers many of these


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One question of the bank."""

    id: str
    question: str
    aspect: str
    topic: str


@cache
def bank() -> tuple[Suggestion, ...]:
    """All questions of the bank, most worthwhile first within a topic."""
    packed = Path(__file__).with_name("bank.jsonl")  # in an installed wheel; a checkout has it among its corpora
    file = packed if packed.is_file() else Path(__file__).parents[3] / "corpus" / "bank" / "bank.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return tuple(Suggestion(row["id"], row["question"], ASPECT_OF[row["topic"]], row["topic"]) for row in rows)


def suggest(
    report: Report,
    verdicts_of: Callable[[Sequence[str]], Sequence[Verdict]],
    repeats: Callable[[Sequence[str]], Sequence[bool]],
) -> list[Suggestion]:
    """Suggest up to two questions for each topic that has none left to ask; the bank knows the built-in ones alone.

    Args:
        report: The list's findings.
        verdicts_of: Verdicts of new questions against the same company, in one batch.
        repeats: Whether each new question asks what the list already does.
    """
    coverage = report.coverage
    found: dict[str, list[Suggestion]] = {topic: [] for topic in coverage.missing_topics if coverage.built_in}
    spare = {topic: [one for one in bank() if one.topic == topic] for topic in found}
    while tried := [one for topic, some in found.items() if len(some) < PER_TOPIC for one in spare[topic][:TRIED]]:
        texts = [one.question for one in tried]
        for one, verdict, again in zip(tried, verdicts_of(texts), repeats(texts), strict=True):
            spare[one.topic].remove(one)
            if verdict == "open" and not again and len(found[one.topic]) < PER_TOPIC:
                found[one.topic].append(one)
    return [one for some in found.values() for one in some]
