"""Findings in; which aspects and topics have a question left to ask, and suggestions for those that have none, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from askworthy.aspects.taxonomy import OTHER, TOPICS
from askworthy.records import Finding


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a list is spread over what there is to ask about."""

    open_by_topic: dict[str, int]  # questions not published, every topic but `other`, 0 where there is none

    @property
    def open_by_aspect(self) -> dict[str, int]:
        """Questions not published under each aspect."""
        return {
            aspect: sum(self.open_by_topic[topic] for topic in topics)
            for aspect, topics in TOPICS.items()
            if aspect != OTHER
        }

    @property
    def missing_aspects(self) -> tuple[str, ...]:
        """Aspects with no question left to ask."""
        return tuple(aspect for aspect, count in self.open_by_aspect.items() if not count)

    @property
    def missing_topics(self) -> tuple[str, ...]:
        """Topics with no question left to ask."""
        return tuple(topic for topic, count in self.open_by_topic.items() if not count)


def cover(findings: Sequence[Finding]) -> Coverage:
    """Count the questions that are still worth asking, by topic."""
    known = [topic for aspect, topics in TOPICS.items() if aspect != OTHER for topic in topics]
    counts = dict.fromkeys(known, 0)
    for finding in findings:
        if finding.worth_asking and finding.topic in counts:
            counts[finding.topic] += 1
    return Coverage(counts)
