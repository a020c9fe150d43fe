"""Findings in; for each, a sentence that says what was read on the matter, or where, if one surely is on it, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from askworthy.evidence.lexical import stems
from askworthy.findings.revoice import (
    acknowledge,
    acknowledge_section,
    denies,
    has_name,
    is_pending,
    is_state,
    is_whole,
    page_of,
    sayable,
)
from askworthy.findings.suggestion import bank
from askworthy.inference.encoder import Encoder
from askworthy.questions.clauses import word_set
from askworthy.records import Evidence, Finding

# A sentence is repeated only where its passage answers with at least this probability, its words are the question's,
# and its vector is near: each alone lets through sentences about another matter, another group or another country.
SURE = 0.25
LIKELY = 0.45  # where the words stand in the heading above the sentence
# More than this share of the question's topic words must stand in what is said; two of them, or more than half.
ALIKE, HALF = 1 / 3, 1 / 2
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


# A sentence on another group than the one asked about answers somebody else.
_GROUPS = word_set(
    "nurs vet veterinari pilot captain crew engin develop academ lectur technician baker driver graduat intern "
    "apprentic traine report journalist photograph teacher carer volunt contractor casual student partner manag "
    "administr warehous shop branch associ design architect consult analyst scientist librarian senior junior"
)
# What stands under a heading on these is said to them, not to staff.
_OUTSIDERS = word_set("custom client buyer shopper supplier investor tenant")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a candidate can say of the public text before asking on."""

    text: str  # one sentence
    state: bool = False  # the fact tells what is so, not what people do
    pending: bool = False  # the fact is planned or debated, and nobody has seen it in practice
    section: bool = False  # it names the section that was read, and nothing that stands there


def openings(findings: Sequence[Finding], encoder: Encoder) -> list[Opening | None]:
    """Say what was read, for each of n findings.

    Where no sentence of the evidence surely is on the matter, the section is named if its heading is; None otherwise.
    """
    said = _sentences(findings, encoder)
    return [one or _section(finding) for one, finding in zip(said, findings, strict=True)]


def _sentences(findings: Sequence[Finding], encoder: Encoder) -> list[Opening | None]:
    choices = [
        (place, one, sentence)
        for place, finding in enumerate(findings)
        for one in finding.proof
        if one.probability >= SURE
        for sentence in sayable(one.quote)
        if _on_the_matter(finding, one, sentence)
    ]
    if not choices:
        return [None for _ in findings]
    places = sorted({place for place, _, _ in choices})
    asked = dict(zip(places, encoder.encode([findings[place].form.parts[0] for place in places]), strict=True))
    said = encoder.encode([f"{_under(one)}: {sentence}" for _, one, sentence in choices])
    cosines = np.array([asked[place] @ vector for (place, _, _), vector in zip(choices, said, strict=True)])
    apart = _standing_out(cosines, said @ encoder.encode(_yardstick()).T)
    best: dict[int, tuple[float, Evidence, str]] = {}
    for (place, one, sentence), far in zip(choices, apart.tolist(), strict=True):
        if far >= STANDS_OUT and (place not in best or far > best[place][0]):
            best[place] = (far, one, sentence)
    told = {place: _opening(one, sentence) for place, (_, one, sentence) in best.items()}
    return [told.get(place) for place, _ in enumerate(findings)]


def _opening(evidence: Evidence, sentence: str) -> Opening | None:
    """The sentence, or where it stands if it is too long to be said and that has a name."""
    if text := acknowledge(evidence, sentence):
        return Opening(text, is_state(sentence), is_pending(sentence))
    page = page_of(evidence)
    return Opening(f"I have read {page}.", section=True) if has_name(page) else None


def _section(finding: Finding) -> Opening | None:
    for one in finding.proof:
        if one.probability < LIKELY:
            continue
        topical = _topical(finding.form.parts[0], one)
        for heading in (_under(one), one.title or ""):
            named = {stem for stem in _stems(heading) if stem.isalpha()} - _stems(_COMMON)
            # It is on the matter and on little else.
            alike = len(topical & named - _GROUPS) >= HALF * max(1, len(named), len(topical))
            text = acknowledge_section(one, heading)
            if alike and text and _same_kind(finding, one, heading):
                return Opening(text, section=True)
    return None


def _on_the_matter(finding: Finding, evidence: Evidence, sentence: str) -> bool:
    if denies(sentence) or not is_whole(sentence):
        return False
    question = finding.form.parts[0]
    where = f"{evidence.title or ''} {_under(evidence)} {sentence}"
    topical = _topical(question, evidence)
    said, placed = len(topical & _stems(sentence)), len(topical & _stems(where))
    # One word of two or three may be the place or the thing that the question only happens to be asked of.
    alike = said > HALF * len(topical) or (said > 1 and said > ALIKE * len(topical))
    under = evidence.probability >= LIKELY and placed > 1 and placed >= HALF * len(topical)
    return (alike or under) and _same_kind(finding, evidence, where)


def _same_kind(finding: Finding, evidence: Evidence, where: str) -> bool:
    """Whether what was read is about the place and the group of people that the question is about."""
    question = finding.form.parts[0]
    named = _stems(" ".join(_NAMED.findall(question))) <= _stems(where)
    to_others = _stems(evidence.heading or "") & _OUTSIDERS - _stems(question)
    asked, told = _stems(question) & _GROUPS, _stems(where) & _GROUPS
    return named and not to_others and (not asked or bool(asked & told))


def _standing_out(cosines: NDArray[np.floating], others: NDArray[np.floating]) -> NDArray[np.floating]:
    """How far each of n cosines lies above its row of the (n, m) others, in standard deviations of that row."""
    spread = others.std(axis=1)
    return np.where(spread > 0, (cosines - others.mean(axis=1)) / np.where(spread > 0, spread, 1), 0.0)


def _yardstick() -> list[str]:
    topics = dict.fromkeys(one.topic for one in bank())
    return [one.question for topic in topics for one in [each for each in bank() if each.topic == topic][:_YARDSTICK]]


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
