"""Findings in; for each published or partly one, questions that dig deeper than its evidence, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from askworthy.findings.patterns import fitting
from askworthy.findings.revoice import acknowledge
from askworthy.records import Finding, Verdict

CANDIDATES = 4  # to keep two where one or another turns out to be published
KEPT = 2
SURE = 0.3  # below it, evidence is only the nearest passage, and is called that
_ASKS = re.compile(
    r"(?:how|what|which|who|where|when|why|is|are|do|does|did|can|could|will|would|has|have)\b[^?]+\?$", re.I
)
_LEANS = re.compile(r"\b(?:it|its|they|them|their|so|that|this|those|these|one|ones|he|she|him|her)\b", re.I)
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")

Checker = Callable[[Sequence[str]], Sequence[Verdict]]


def add_follow_ups(findings: Sequence[Finding], verdicts_of: Checker) -> list[Finding]:
    """Give each published or partly finding two follow-ups that the same text leaves open.

    Args:
        findings: n findings of one company.
        verdicts_of: The checker: verdicts of new questions against the same company, in one batch.

    Returns:
        The n findings, in order. Fewer than two follow-ups where the text answers the others.
    """
    used: set[str] = set()
    proposed = [_candidates(finding, used) for finding in findings]
    texts = [text for some in proposed for text in some]
    verdicts = iter(verdicts_of(texts) if texts else ())
    kept = [tuple([text for text in some if next(verdicts) != "published"][:KEPT]) for some in proposed]
    return [replace(finding, follow_ups=some) for finding, some in zip(findings, kept, strict=True)]


def _candidates(finding: Finding, used: set[str]) -> list[str]:
    if finding.verdict == "open" or not finding.evidence:
        return []
    opening = _opening(finding)
    tails = _missing(finding) if finding.verdict == "partly" else []
    for pattern in fitting(finding, used=used)[: CANDIDATES - len(tails)]:
        tails.append(pattern.text)
        used.add(pattern.text)
    return [f"{opening} {tail}" for tail in tails]


def _opening(finding: Finding) -> str:
    best = finding.evidence[0]
    told = acknowledge(best, frozenset(re.findall(r"[a-z]{4,}", finding.question.text.lower())))
    if best.probability >= SURE:
        return told
    return "This is the nearest I found in what you publish. " + told


def _missing(finding: Finding) -> list[str]:
    """The part that was asked and is not answered, in the candidate's own words, where it can stand alone."""
    part = next((one for one in finding.form.parts[1:] if _stands_alone(one)), None)
    if part is None:
        return []
    return [f"What I did not find there: {_plain(part)[:1].lower()}{_plain(part)[1:]}"]


def _stands_alone(part: str) -> bool:
    text = _plain(part)
    return bool(_ASKS.match(text)) and not _LEANS.search(text) and len(text.split()) >= 4


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\1", text).replace("*", "").replace("`", "").strip()
