"""Findings in; for each published or partly one, questions that dig deeper than its evidence, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from askworthy.findings.frames import PENDING, SECTION
from askworthy.findings.matters import deeper_questions
from askworthy.findings.openings import Opening, openings
from askworthy.findings.own_topic import on_own_topic, unused_first
from askworthy.findings.patterns import fitting
from askworthy.findings.presumed import unheard_of
from askworthy.inference.encoder import Encoder
from askworthy.inference.pair_reader import PairReader
from askworthy.records import Finding, Verdict

CANDIDATES = 4  # to keep two where one or another turns out to be published
KEPT = 2
STRANGE = 1  # particular things at most that neither the question nor what was read speaks of
_ASKS = re.compile(
    r"(?:how|what|which|who|where|when|why|is|are|do|does|did|can|could|will|would|has|have)\b[^?]+\?$", re.I
)
_LEANS = re.compile(r"\b(?:it|its|they|them|their|so|that|this|those|these|one|ones|he|she|him|her|examples?)\b", re.I)
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")

Checker = Callable[[Sequence[str]], Sequence[Verdict]]


def add_follow_ups(
    findings: Sequence[Finding], verdicts_of: Checker, encoder: Encoder, reader: PairReader
) -> list[Finding]:
    """Give each published or partly finding two follow-ups that the same text leaves open.

    They open with a sentence that was read where one surely is on the matter, else with the section if its heading is;
    then they ask what text cannot tell: what was written for the question's matter, else what its own words allow.

    Args:
        findings: n findings of one company.
        verdicts_of: The checker: verdicts of new questions against the same company, in one batch.
        encoder: Tells whether a sentence of the evidence is about the question, and what comes near it.
        reader: Tells which matter a question is on.

    Returns:
        The n findings, in order. Fewer than two follow-ups where the text answers the others.
    """
    missing = _missing_parts(findings, verdicts_of)
    used: set[str] = set()
    written = _written([one for one in findings if one.verdict != "open"], encoder, reader)
    proposed = [
        _candidates(finding, opening, written.get(finding.question.text, ()), missing.get(place), used)
        for place, (finding, opening) in enumerate(zip(findings, openings(findings, encoder), strict=True))
    ]
    kept = _kept(proposed, verdicts_of)
    return [replace(finding, follow_ups=tuple(some)) for finding, some in zip(findings, kept, strict=True)]


def _written(findings: Sequence[Finding], encoder: Encoder, reader: PairReader) -> dict[str, list[str]]:
    """What was written for the matter of each question, by its text: of its main part, or else of the whole of it."""
    found: dict[str, list[str]] = {}
    for said in (_main, lambda finding: finding.question.text):
        left = [one for one in findings if not found.get(one.question.text)]
        some = deeper_questions([_plain(said(one)) for one in left], encoder, reader)
        found |= {one.question.text: deeper for one, deeper in zip(left, some, strict=True)}
    return found


def _kept(proposed: Sequence[Sequence[str]], verdicts_of: Checker) -> list[list[str]]:
    """The first two of each that are not published; spare ones are checked only where one before them was dropped."""
    kept: list[list[str]] = [[] for _ in proposed]
    spare = [list(some) for some in proposed]
    while batch := [
        (place, spare[place].pop(0))
        for place, some in enumerate(kept)
        for _ in range(min(KEPT - len(some), len(spare[place])))
    ]:
        for (place, text), verdict in zip(batch, verdicts_of([text for _, text in batch]), strict=True):
            if verdict != "published":
                kept[place].append(text)
    return kept


def _candidates(
    finding: Finding, opening: Opening | None, written: Sequence[str], missing: str | None, used: set[str]
) -> list[str]:
    """Those that were written for its matter first, which say more than any frame can."""
    if finding.verdict == "open":
        return []
    strange = {one: unheard_of(one, finding) for one in written}
    fitting_here = [one for one in written if strange[one] <= STRANGE]
    deeper = sorted(fitting_here, key=lambda one: (strange[one], one in used))
    if opening and opening.pending:
        asked = list(PENDING)
    elif opening and opening.section:
        asked = [*deeper, *unused_first(SECTION, finding.question.text, used)]
    elif opening:
        asked = [*deeper, *(one.text for one in fitting(finding, state=opening.state, used=used))]
    else:
        asked = [*deeper, *on_own_topic(finding, used)]
    if opening and missing:
        asked = [f"What I would still like to know: {missing}", *asked]
    used.update(asked[:KEPT])
    return [f"{opening.text} {one}" if opening else one for one in asked[:CANDIDATES]]


def _main(finding: Finding) -> str:
    """What leads up to a question tells its matter as well: "I'd love to travel. Who decides on that?"."""
    return finding.question.text if finding.form.kind == "statement" else finding.form.parts[0]


def _missing_parts(findings: Sequence[Finding], verdicts_of: Checker) -> dict[int, str]:
    """For partly findings, a further part that is open and that no quote touches, in the candidate's words."""
    asked: list[tuple[int, str]] = []
    for place, finding in enumerate(findings):
        if finding.verdict == "partly":
            quoted = _words(" ".join(one.quote for one in finding.evidence))
            asked += [(place, _plain(part)) for part in finding.form.parts[1:] if _stands_alone(part, quoted)]
    verdicts = verdicts_of([part for _, part in asked]) if asked else ()
    found: dict[int, str] = {}
    for (place, part), verdict in zip(asked, verdicts, strict=True):
        if verdict == "open":
            found.setdefault(place, part[:1].lower() + part[1:])
    return found


def _stands_alone(part: str, quoted: frozenset[str]) -> bool:
    text = _plain(part)
    whole = bool(_ASKS.match(text)) and not _LEANS.search(text) and len(text.split()) >= 4
    return whole and _words(text).isdisjoint(quoted)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}", text.lower()))


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\1", text).replace("*", "").replace("`", "").strip()
