"""Findings in; which aspects and topics have a question left to ask, and which have none, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from askworthy.aspects.taxonomy import ASPECT_OF, OTHER
from askworthy.records import Finding


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a list is spread over what there is to ask about: the built-in labels, or those of one's own that occur."""

    open_by_topic: dict[str, int]  # questions not published, every topic but `other`'s, 0 where there is none
    open_by_aspect: dict[str, int]
    built_in: bool  # whether the findings have the built-in labels

    @property
    def missing_aspects(self) -> tuple[str, ...]:
        """Aspects with no question left to ask."""
        return tuple(aspect for aspect, count in self.open_by_aspect.items() if not count)

    @property
    def missing_topics(self) -> tuple[str, ...]:
        """Topics with no question left to ask."""
        return tuple(topic for topic, count in self.open_by_topic.items() if not count)


def cover(findings: Sequence[Finding]) -> Coverage:
    """Count the questions that are still worth asking, by topic and by aspect."""
    built_in = all(ASPECT_OF.get(one.topic) == one.aspect for one in findings)
    known = ASPECT_OF.items() if built_in else [(one.topic, one.aspect) for one in findings]
    by_topic = {topic: 0 for topic, aspect in known if aspect != OTHER}
    by_aspect = {aspect: 0 for _, aspect in known if aspect != OTHER}
    for one in findings:
        if one.worth_asking and one.aspect != OTHER:
            by_topic[one.topic] += 1
            by_aspect[one.aspect] += 1
    return Coverage(by_topic, by_aspect, built_in)
