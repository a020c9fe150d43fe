"""Findings in; for each, a sentence that says what was read, and how surely it is about the question, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from askworthy.evidence.lexical import stems
from askworthy.findings.revoice import acknowledge, denies, is_state, page, sayable
from askworthy.findings.suggestion import bank
from askworthy.inference.encoder import Encoder
from askworthy.records import Evidence, Finding

# A sentence is repeated only where its passage answers with at least this probability: one in seven where the question
# after it fits a near miss as well, one in four where it asks after the sentence itself.
NEAR, SURE = 0.15, 0.25
# More than this share of the question's topic words must stand in what is said, unless its passage is a likely one.
ALIKE = 1 / 3
# By how many standard deviations it is nearer to its question than to the bank's questions on all topics. Measured so,
# and not as a cosine, the bar means the same with another encoder. Below it, sentences share a word and no matter.
STANDS_OUT = 3.5
_YARDSTICK = 4  # questions of the bank for each topic
# They are shared by half of what an employer writes, and so say nothing of what a sentence is about.
_COMMON = (
    "team teams week weeks day days month months year years staff people person colleague new each one work working "
    "job role company employer start make made use own other re get give take time go help lead manager "
    "many much per often long really d ll re ve m"
)
_NAMED = re.compile(r"(?<=\w[ -])[A-Z][a-z]\w*|(?<=& )[A-Z]\w+")  # "Leeds" in "an office in Leeds"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a candidate can say of the public text before asking on."""

    text: str  # one sentence
    fit: Literal["sure", "near", "page", "none"]  # a fact on the matter, one beside it, a page that was read, none
    state: bool = False  # the fact tells what is so, not what people do


def openings(findings: Sequence[Finding], encoder: Encoder) -> list[Opening]:
    """Say what was read, for each of n findings: a fact where a sentence stands out, else the page that comes nearest.

    None of them says that the question is answered, since the evidence may be a near miss.
    """
    facts = _facts(findings, encoder)
    return [facts.get(place) or _page(finding) for place, finding in enumerate(findings)]


def _facts(findings: Sequence[Finding], encoder: Encoder) -> dict[int, Opening]:
    choices = [
        (place, one, sentence)
        for place, finding in enumerate(findings)
        for one in finding.proof
        if one.probability >= NEAR
        for sentence in sayable(one.quote)
        if max(_alike(finding, one, sentence), _alike(finding, one, _under(one))) > _least_alike(one)
    ]
    if not choices:
        return {}
    places = sorted({place for place, _, _ in choices})
    asked = dict(zip(places, encoder.encode([findings[place].form.parts[0] for place in places]), strict=True))
    said = encoder.encode([f"{_under(one)}: {sentence}" for _, one, sentence in choices])
    cosines = np.array([asked[place] @ vector for (place, _, _), vector in zip(choices, said, strict=True)])
    apart = _standing_out(cosines, said @ encoder.encode(_yardstick()).T)
    best: dict[int, tuple[bool, float, Evidence, str]] = {}
    for (place, one, sentence), far in zip(choices, apart.tolist(), strict=True):
        likely = one.probability >= SURE and not denies(sentence)
        sure = likely and _alike(findings[place], one, sentence) > ALIKE
        if far >= STANDS_OUT and (place not in best or (sure, far) > best[place][:2]):
            best[place] = (sure, far, one, sentence)
    return {
        place: Opening(_told(findings[place], one, sentence), "sure" if sure else "near", is_state(sentence))
        for place, (sure, _, one, sentence) in best.items()
    }


def _least_alike(evidence: Evidence) -> float:
    return 0 if evidence.probability >= SURE else ALIKE


def _told(finding: Finding, evidence: Evidence, sentence: str) -> str:
    """A sentence that needs its heading to be understood is told with it."""
    return acknowledge(evidence, sentence, alone=_alike(finding, evidence, sentence) > 0)


def _standing_out(cosines: NDArray[np.floating], others: NDArray[np.floating]) -> NDArray[np.floating]:
    """How far each of n cosines lies above its row of the (n, m) others, in standard deviations of that row."""
    spread = others.std(axis=1)
    return np.where(spread > 0, (cosines - others.mean(axis=1)) / np.where(spread > 0, spread, 1), 0.0)


def _yardstick() -> list[str]:
    topics = dict.fromkeys(one.topic for one in bank())
    return [one.question for topic in topics for one in [each for each in bank() if each.topic == topic][:_YARDSTICK]]


def _page(finding: Finding) -> Opening:
    """The best page that its names or its probability show to be on the matter; else the nearest one."""
    for one in finding.proof:
        alike = _alike(finding, one, f"{one.title or ''} {_under(one)}")
        on_the_matter = one.probability >= SURE or alike >= ALIKE or (one.probability >= NEAR and alike > 0)
        if on_the_matter and (place := page(one)):
            return Opening(f"I have read {place}.", "page")
    for one in finding.proof:
        if one.probability >= NEAR and (place := page(one)):
            return Opening(f"The nearest that I found in public is {place}.", "page")
    return Opening("I have read your public pages.", "none")


def _alike(finding: Finding, evidence: Evidence, text: str) -> float:
    """The share of the question's topic words that a text holds."""
    topical = _topical(finding.form.parts[0], evidence)
    return len(topical & _stems(text)) / max(1, len(topical))


def _topical(question: str, evidence: Evidence) -> frozenset[str]:
    """The question's stems that tell its topic; names do not, for the employer's own stands on every page."""
    site = (evidence.title or "").split(" | ")[-1] if " | " in (evidence.title or "") else ""
    words = _stems(question) - _stems(_COMMON) - _stems(site)
    return words - _stems(" ".join(_NAMED.findall(question))) or words


def _under(evidence: Evidence) -> str:
    """The nearest heading."""
    return (evidence.heading or "").split(" > ")[-1]


def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(text))
