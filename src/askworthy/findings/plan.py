"""A report and the minutes there are in; the agenda that makes the most of them, with reasons, out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, get_args

from askworthy.aspects.taxonomy import OTHER, TOPICS
from askworthy.errors import BadPlan
from askworthy.findings.groups import groups
from askworthy.findings.knapsack import MASKS, Option, best_choice
from askworthy.findings.suggestion import Suggestion
from askworthy.records import Finding, Report

Whom = Literal["manager", "recruiter", "peer", "executive"]
Kind = Literal["open", "partly", "follow_up", "suggested", "published"]
MAX_MINUTES = 240
HALF = 0.5  # minutes; lengths are counted in these
WHOM: dict[str, Whom] = {
    "tasks": "manager",
    "expectations": "manager",
    "autonomy": "manager",
    "candidacy": "recruiter",
    "culture": "peer",
    "workplace": "peer",
    "development": "manager",
    "rewards": "recruiter",
    "business": "executive",
    "people": "peer",
    "process": "peer",
    "management": "executive",
}
# Open questions and what digs deeper come before anything published: no number of these outweighs one of those.
_WORTH: dict[Kind, int] = {"open": 100, "follow_up": 90, "partly": 80, "suggested": 40, "published": 0}
_FOR_THEM = 20  # added where the person in the room is the one to ask
_TOLD: dict[Kind, str] = {
    "open": "nothing published answers it",
    "partly": "only a part of it is published",
    "follow_up": "digs deeper than what is published",
    "suggested": "fills a gap in the list",
    "published": "published, but nothing else covers this aspect or needs the time",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One question of the agenda, or one left out of it."""

    id: str
    question: str
    kind: Kind
    aspect: str
    topic: str
    minutes: float  # question and answer together
    ask: Whom  # who is best placed to answer
    reason: str
    hints: tuple[str, ...] = ()  # on its wording, each with a better one where there is one
    extra: Mapping[str, str] = field(default_factory=dict)  # other columns of the input, returned unchanged

    def to_dict(self) -> dict[str, Any]:
        """The question as JSON writes it: with `extra` only where the input had other columns."""
        row = {one.name: getattr(self, one.name) for one in fields(self)} | {"hints": list(self.hints)}
        extra = dict(row.pop("extra"))
        return row | ({"extra": extra} if extra else {})


@dataclass(frozen=True, slots=True)
class Plan:
    """What to take into the room."""

    company: str
    available: float  # minutes
    agenda: tuple[Planned, ...]  # in the order to ask
    omitted: tuple[Planned, ...]  # in the order of the list
    aspects: tuple[str, ...] = tuple(aspect for aspect in TOPICS if aspect != OTHER)  # that there are

    @property
    def minutes(self) -> float:
        """How long the agenda takes; never more than there is."""
        return sum(one.minutes for one in self.agenda)

    @property
    def missing_aspects(self) -> tuple[str, ...]:
        """Aspects that no question of the agenda covers."""
        covered = {one.aspect for one in self.agenda}
        return tuple(aspect for aspect in self.aspects if aspect not in covered)

    def to_dict(self) -> dict[str, Any]:
        """The plan as JSON writes it."""
        return {
            "company": self.company,
            "available_minutes": self.available,
            "minutes": self.minutes,
            "missing_aspects": list(self.missing_aspects),
            "agenda": [one.to_dict() for one in self.agenda],
            "omitted": [one.to_dict() for one in self.omitted],
        }


def plan(
    report: Report, minutes: float = 15, *, whom: Whom | None = None, suggestions: Iterable[Suggestion] = ()
) -> Plan:
    """Choose and order the questions that are worth the time there is.

    As many aspects as the time can cover come first, then the worth of everything that is not published, where a
    second question on a topic is worth less than the first, then how many published questions still fit; among these
    plans, exactly the best, and always the same one. Aspects of one's own count like the built-in ones; where they are
    more than three, a second question on an aspect is worth less instead.

    Args:
        report: Findings of one company, best with follow-ups.
        minutes: For questions and answers together, 1 to 240; counted in half minutes.
        whom: Who is in the room; questions for them count for more.
        suggestions: Questions for what the list leaves out.

    Raises:
        BadPlan: The minutes are out of range, or nobody of that name is known.
    """
    check_minutes(minutes)
    if whom is not None and whom not in get_args(Whom):
        raise BadPlan(f"a plan for {whom!r}; expected one of {', '.join(get_args(Whom))}")
    kept = _kept(report)
    joined = [
        [one for place in places for one in _group(report.findings[place])] for places in groups(kept, report.close)
    ]
    joined += [[_suggested(one)] for one in suggestions]
    aspects = tuple(report.coverage.open_by_aspect)
    few = 1 << len(aspects) <= MASKS
    options = [[_option(one, whom, aspects if few else ()) for one in group] for group in joined]
    varied = [group[0].topic if few else group[0].aspect for group in joined]
    chosen = best_choice(options, int(minutes / HALF), varied)
    taken = [None if at is None else group[at] for group, at in zip(joined, chosen, strict=True)]
    agenda = [one for one in taken if one]
    near = {frozenset(report.findings[place].question.id for place in pair) for pair in report.close}
    left = minutes - sum(one.minutes for one in agenda)
    omitted = [
        _because(one, _instead(one, asked, minutes, left, near))
        for group, asked in zip(joined, taken, strict=True)
        for one in group
        if one is not asked
    ]
    left_out = (*_in_order(omitted, report), *_folded(report, kept))
    return Plan(report.company, minutes, _ordered(agenda, whom, aspects), left_out, aspects)


def check_minutes(minutes: float) -> None:
    """Refuse a time that no plan can be made for, before the work.

    Raises:
        BadPlan: It is not a number from 1 to 240.
    """
    if not (math.isfinite(minutes) and 1 <= minutes <= MAX_MINUTES):
        raise BadPlan(f"a plan for {minutes:g} minutes; 1 to {MAX_MINUTES} were expected, such as --minutes 15")


def _kept(report: Report) -> dict[int, list[int]]:
    """The places that stay, each with the places of the same question that are folded into it."""
    rank = {place: _wording(finding, place) for place, finding in enumerate(report.findings)}
    same: dict[int, set[int]] = {place: set() for place in rank}
    for a, b in report.same:
        same[a].add(b)
        same[b].add(a)
    kept: dict[int, list[int]] = {}
    gone: set[int] = set()
    # Best worded first; what is like it goes. Not by chains: a question like a dropped one may be another question.
    for place in sorted(rank, key=lambda one: rank[one]):
        if place not in gone:
            kept[place] = sorted(same[place] - gone)
            gone |= same[place] | {place}
    return kept


def _in_order(omitted: Sequence[Planned], report: Report) -> list[Planned]:
    """As their questions stand in the list, suggestions behind."""
    place = {finding.question.id: at for at, finding in enumerate(report.findings)}
    return sorted(omitted, key=lambda one: place.get(one.id, len(place)))


def _wording(finding: Finding, place: int) -> tuple[bool, bool, int, int, int]:
    length = len(finding.question.text)
    return (not finding.worth_asking, finding.form.kind != "wh", len(finding.form.parts), length, place)


def _folded(report: Report, kept: dict[int, list[int]]) -> list[Planned]:
    found = report.findings
    return [
        _because(one, f"{'follows up what ' * (one.kind == 'follow_up')}asks the same as {_named(found[place], place)}")
        for place, others in sorted(kept.items())
        for other in others
        for one in _group(found[other])
    ]


def _named(finding: Finding, place: int) -> str:
    return finding.question.id or str(place + 1)


def _group(finding: Finding) -> list[Planned]:
    """A question and what digs deeper, of which one at most is asked."""
    own = _planned(finding)
    deeper = [
        replace(own, question=text, kind="follow_up", minutes=2.5, reason=_TOLD["follow_up"], hints=())
        for text in finding.follow_ups
    ]
    return [own, *deeper]


def _planned(finding: Finding) -> Planned:
    parts = min(len(finding.form.parts), 4)
    minutes = (1.5 if finding.form.kind == "yes_no" else 2.0) + (parts - 1) + 0.5 * finding.form.asks_opinion
    ask: Whom = WHOM.get(finding.topic, "manager")
    kind: Kind = finding.verdict
    advice = tuple(one.told + (f": “{one.better}”" if one.better else "") for one in finding.hints)
    return Planned(
        finding.question.id,
        finding.question.text,
        kind,
        finding.aspect,
        finding.topic,
        minutes,
        ask,
        _TOLD[kind],
        advice,
        finding.question.extra,
    )


def _suggested(one: Suggestion) -> Planned:
    ask: Whom = WHOM.get(one.topic, "manager")
    return Planned(one.id, one.question, "suggested", one.aspect, one.topic, 2.0, ask, _TOLD["suggested"])


def _option(one: Planned, whom: Whom | None, aspects: Sequence[str]) -> Option:
    mask = 1 << aspects.index(one.aspect) if one.aspect in aspects else 0
    worth = 0 if one.kind == "published" else _WORTH[one.kind] + _FOR_THEM * (one.ask == whom)
    return Option(int(one.minutes / HALF), mask, worth, int(one.kind == "published"))


def _instead(one: Planned, asked: Planned | None, available: float, left: float, near: set[frozenset[str]]) -> str:
    if asked and asked.id == one.id:
        return "another wording of the same matter is on the agenda"
    if asked:
        how = "close" if {one.id, asked.id} in near else "linked by close questions"
        return f"{how} to {asked.id}, which is on the agenda"
    if one.minutes > available:
        return f"takes {one.minutes:g} minutes, more than there are"
    if one.kind == "published":
        return "published, read the quote instead"
    return "no time left beside better ones" if one.minutes > left else "enough on its topic is on the agenda"


def _because(one: Planned, reason: str) -> Planned:
    return replace(one, reason=reason)


def _ordered(agenda: Sequence[Planned], whom: Whom | None, aspects: Sequence[str]) -> tuple[Planned, ...]:
    """Those for the person in the room first, pay and leave last and published last of all; by aspect and list."""
    order = {aspect: place for place, aspect in enumerate(("role", "team", "organisation"))}
    counts = Counter(one.aspect for one in agenda)

    def told(one: Planned) -> Planned:
        only = counts[one.aspect] == 1 and one.aspect in aspects
        reason = one.reason + (f"; the only one on the aspect {one.aspect}" if only else "")
        return _because(one, reason + ("; for the person in the room" if one.ask == whom else ""))

    ranked = sorted(
        agenda,
        key=lambda one: (one.kind == "published", one.topic == "rewards", one.ask != whom, order.get(one.aspect, 9)),
    )
    return tuple(told(one) for one in ranked)
