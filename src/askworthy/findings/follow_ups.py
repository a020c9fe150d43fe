"""Findings in; for each published or partly one, questions that dig deeper than its evidence, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from askworthy.findings.fit import fitting_openings
from askworthy.findings.own_topic import on_own_topic
from askworthy.findings.patterns import fitting
from askworthy.inference.encoder import Encoder
from askworthy.records import Finding, Verdict

CANDIDATES = 4  # to keep two where one or another turns out to be published
KEPT = 2
_ASKS = re.compile(
    r"(?:how|what|which|who|where|when|why|is|are|do|does|did|can|could|will|would|has|have)\b[^?]+\?$", re.I
)
_LEANS = re.compile(r"\b(?:it|its|they|them|their|so|that|this|those|these|one|ones|he|she|him|her)\b", re.I)
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")

Checker = Callable[[Sequence[str]], Sequence[Verdict]]


def add_follow_ups(findings: Sequence[Finding], verdicts_of: Checker, encoder: Encoder) -> list[Finding]:
    """Give each published or partly finding two follow-ups that the same text leaves open.

    They build on the evidence where a sentence of it surely is about the question; otherwise they ask for practice on
    the question's own subject and claim nothing of the page.

    Args:
        findings: n findings of one company.
        verdicts_of: The checker: verdicts of new questions against the same company, in one batch.
        encoder: Tells whether a sentence of the evidence is about the question.

    Returns:
        The n findings, in order. Fewer than two follow-ups where the text answers the others.
    """
    missing = _missing_parts(findings, verdicts_of)
    used: set[str] = set()
    openings = fitting_openings(findings, encoder)
    proposed = [
        _candidates(finding, openings.get(place), missing.get(place), used) for place, finding in enumerate(findings)
    ]
    texts = [text for some in proposed for text in some]
    verdicts = iter(verdicts_of(texts) if texts else ())
    kept = [tuple([text for text in some if next(verdicts) != "published"][:KEPT]) for some in proposed]
    return [replace(finding, follow_ups=some) for finding, some in zip(findings, kept, strict=True)]


def _candidates(finding: Finding, opening: str | None, missing: str | None, used: set[str]) -> list[str]:
    if finding.verdict == "open":
        return []
    if opening is None:
        return on_own_topic(finding)[:CANDIDATES]
    tails = [] if missing is None else [f"What I would also like to know: {missing[:1].lower()}{missing[1:]}"]
    for pattern in fitting(finding, used=used)[: CANDIDATES - len(tails)]:
        tails.append(pattern.text)
        used.add(pattern.text)
    return [f"{opening} {tail}" for tail in tails]


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
            found.setdefault(place, part)
    return found


def _stands_alone(part: str, quoted: frozenset[str]) -> bool:
    text = _plain(part)
    whole = bool(_ASKS.match(text)) and not _LEANS.search(text) and len(text.split()) >= 4
    return whole and _words(text).isdisjoint(quoted)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}", text.lower()))


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\1", text).replace("*", "").replace("`", "").strip()
