"""Words and a finding in; whether what they take for granted stands in what was read, out."""

from __future__ import annotations

from askworthy.findings.matters import particular, telling
from askworthy.records import Finding

# These name nothing that there may or may not be.
_NAMES_NOTHING = telling(
    "newcomer newcomers look looks handled handle happens decided decide done made ever really actually usually "
    "someone somebody something anybody everybody each other alone far right now present currently before after during "
    "among across within next last first best biggest main find out give gives given offer offers provide provides use "
    "uses take takes make makes"
)


def unheard_of(text: str, finding: Finding) -> int:
    """How many particular things a question speaks of that neither the finding's own question nor what was read does.

    Of 234 that two readers judged, 3 % of those without any claimed what was not read, 6 % with one, and half with
    three; with two, a third was off the subject.
    """
    read = [f"{one.title or ''} {one.heading or ''} {one.quote}" for one in finding.proof]
    return len((telling(text) & particular()) - telling(" ".join([finding.question.text, *read])))


def takes_for_granted(named: str, finding: Finding) -> bool:
    """Whether something is spoken of as being there that only the question speaks of.

    Args:
        named: What a follow-up speaks of.
        finding: Its question, with the evidence that people are shown.

    Returns:
        False where `named` has no word that tells anything and something was read; True where nothing was read.
    """
    words = telling(named) - _NAMES_NOTHING
    read = [telling(f"{one.title or ''} {one.heading or ''} {one.quote}") for one in finding.proof]
    return not any(words <= some for some in read)
