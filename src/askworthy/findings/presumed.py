"""Words and a finding in; whether what they take for granted stands in what was read, out."""

from __future__ import annotations

from askworthy.findings.matters import telling
from askworthy.records import Finding

HALF, MOST, ALL = 1 / 2, 2 / 3, 1.0  # share of the telling words that must have been read, in one place
# These name nothing that there may or may not be.
_NAMES_NOTHING = telling(
    "newcomer newcomers like look looks handled handle happens decided decide done made ever really actually usually "
    "someone somebody something anybody something everybody each other alone so far right now at present currently "
    "before after during among across within next last first best biggest main most more much often find out get "
    "give gives given offer offers provide provides have has use uses take takes make makes"
)


def takes_for_granted(named: str, finding: Finding, least: float = HALF) -> bool:
    """Whether something is spoken of as being there that only the question speaks of.

    Args:
        named: What a follow-up speaks of.
        finding: Its question, with the evidence that people are shown.
        least: Share of its words that must stand in one piece of that.
    """
    words = telling(named) - _NAMES_NOTHING
    read = [telling(f"{one.title or ''} {one.heading or ''} {one.quote}") for one in finding.proof]
    return all(len(words & some) < least * len(words) for some in read)
