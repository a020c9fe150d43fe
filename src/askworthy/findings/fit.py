"""Findings in; for each whose evidence surely is about the question, a sentence that says what was read, out."""

from __future__ import annotations

from collections.abc import Sequence

from askworthy.evidence.lexical import stems
from askworthy.findings.revoice import acknowledge, sayable
from askworthy.inference.encoder import Encoder
from askworthy.records import Evidence, Finding

# Evidence probability and cosine that a sentence must both reach, together with a topical word that it shares with the
# question. Chosen on follow-ups for the example company and ten employers, which were read one by one: what fails is
# mostly a good passage whose best sentence speaks of something beside the question.
_FITS = ((0.35, 0.52), (0.15, 0.68))
# They are shared by half of what an employer writes, and so say nothing of what a sentence is about.
_COMMON = (
    "team teams week weeks day days month months year years staff people person colleague new each one work working "
    "job role company employer start make made use own other re get give take time go help lead manager"
)


def fitting_openings(findings: Sequence[Finding], encoder: Encoder) -> dict[int, str]:
    """Say what was read, for those of n findings whose evidence has a sentence about the question.

    Returns:
        Sentences by the place of their finding; nothing for those where none fits.
    """
    choices = [
        (place, one, sentence)
        for place, finding in enumerate(findings)
        for one in finding.proof
        if one.probability >= min(least for least, _ in _FITS)
        for sentence in sayable(one.quote)
        if _topical(finding.form.parts[0], one) & _stems(sentence)
    ]
    if not choices:
        return {}
    places = sorted({place for place, _, _ in choices})
    asked = dict(zip(places, encoder.encode([findings[place].form.parts[0] for place in places]), strict=True))
    said = encoder.encode([sentence for _, _, sentence in choices])
    best: dict[int, tuple[float, Evidence, str]] = {}
    for (place, one, sentence), vector in zip(choices, said, strict=True):
        cosine = float(asked[place] @ vector)
        if not any(one.probability >= least and cosine >= near for least, near in _FITS):
            continue
        if place not in best or cosine > best[place][0]:
            best[place] = (cosine, one, sentence)
    return {place: acknowledge(one, sentence) for place, (_, one, sentence) in best.items()}


def _topical(question: str, evidence: Evidence) -> frozenset[str]:
    """The question's stems that tell its topic; the company's own name, which often is the title, does not."""
    named = (evidence.title or "").split(" | ")[-1] if " | " in (evidence.title or "") else ""
    return _stems(question) - _stems(_COMMON) - _stems(named)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(text))
