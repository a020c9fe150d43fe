"""Words and a finding in; whether what they take for granted stands in what was read, out."""

from __future__ import annotations

import re

from askworthy.findings.matters import telling
from askworthy.records import Finding

HALF = 1 / 2  # of the telling words must have been read
# These name nothing that there may or may not be.
_NAMES_NOTHING = telling(
    "newcomer newcomers like look looks handled handle happens decided decide done made ever really actually usually "
    "someone somebody something anybody something everybody each other alone so far right now at present currently "
    "before after during among across within next last first best biggest main most more much often find out get"
)
# What hangs on one of these is not taken for granted.
_GRANTS_NOTHING = re.compile(
    r"\bif (?:any|anything|anybody|anyone|anywhere|ever|at all|there|that|so|it)\b|\bwhether\b|“", re.I
)


def takes_for_granted(said: str, finding: Finding, *, about: str | None = None) -> bool:
    """Whether a follow-up speaks of something as being there that only the question speaks of.

    Args:
        said: The follow-up, or the part of it that names something.
        finding: Its question, with the evidence that people are shown.
        about: What `said` is about, where it has more words than its matter's name.
    """
    if _GRANTS_NOTHING.search(said):
        return False
    named = telling(about or said) - _NAMES_NOTHING
    read = telling(" ".join(f"{one.title or ''} {one.heading or ''} {one.quote}" for one in finding.proof))
    return len(named & read) < HALF * len(named)
