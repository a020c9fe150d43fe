"""A finding in; questions about practice on its own subject, which claim nothing about what was read, out."""

from __future__ import annotations

import re
import zlib

from askworthy.findings.naming import clause, subject
from askworthy.records import Finding

_MAX_QUOTED = 40  # words
_MAX_CHARS = 400
# `{it}` is a name for what is asked about; none of these depends on its number.
_ABOUT = (
    "What would the people in this team tell me about {it} from their own experience?",
    "What surprised the people who joined most recently about {it}?",
    "What would you like to change about {it}?",
    "What, if anything, has changed about {it} over the past year?",
    "What is hardest to get right about {it} in practice?",
    "What would somebody who joined last year tell me about {it}?",
    "What is not written there that I should know about {it}?",
)
# `{it}` is the question as a clause: "how you review code".
_CLAUSE = (
    "What surprised the people who joined most recently about {it}?",
    "What would the people in this team say from their own experience about {it}?",
    "What, if anything, has changed over the past year when it comes to {it}?",
    "What is not written there that I should know about {it}?",
    "What would somebody who joined last year tell me about {it}?",
)
# `{it}` is "whether you publish what you learn", or with "can" whether something is allowed.
_WHETHER = (
    "What would the people in this team say from their own experience about {it}?",
    "What is not written there that I should know about {it}?",
    "What would somebody who joined last year tell me about {it}?",
)
_ALLOWED = (
    "What would the people in this team say from their own experience about {it}?",
    "Who or what decides in a doubtful case {it}?",
    "When did it last come up in this team {it}, and what followed?",
)
# Said after the question itself and what was read: each asks for what is not in the text, whatever the text is.
_ADDED = (
    "What would the people in this team add to that from their own experience?",
    "What should I know about it that is not written there?",
    "Who could tell me most about that, and what would they add?",
    "What would you yourself add to that from practice?",
)
_COUNTED = (
    "How much does that vary in practice, and with what?",
    "What, if anything, has changed about that over the past two years?",
    "Who decides on that, and on what grounds?",
    "What should I know about it that is not written there?",
)
_DONE = (
    "Could you tell me about the last time that came up in this team?",
    "Where does everyday practice differ from what is written there?",
    "What would the people in this team like to change about that?",
    "What, if anything, has changed about that over the past year?",
    "What would the people in this team add to that from their own experience?",
)
_COUNTS = re.compile(
    r"\bhow (?:many|much|long|often|large|big|frequently|far)\b|\b(?:salary|percentage|proportion)\b", re.I
)
_HAPPENS = re.compile(
    r"(?:how (?:do|does|are|is|can|would)|what happens|who (?:decides|signs|has the))\b(?!.* look\b)", re.I
)
_LEANS = re.compile(
    r"^(?:\w+ ){1,3}(?:it|its|that|this|these|those|they|them|their)\b"
    r"(?! (?:decided|judged|true|possible|permitted|allowed|like|usual|normal))|\b(?:it|that|this|them)$",
    re.I,
)
_UNQUOTABLE = re.compile(r"[<>|\[\]{}#\n]")


def on_own_topic(finding: Finding, opening: str) -> list[str]:
    """Ask for practice on what the question is about; a fixed question gets them in a fixed order.

    Args:
        finding: Its question need not be answered by what was read.
        opening: A sentence that says what was read.

    Returns:
        The follow-ups, best first, each with the opening. Where no name for the question's subject is sure, they
        repeat the question before the opening; where it cannot be repeated either, they ask about what was read.
    """
    main = _plain(finding.form.parts[0])
    leans = bool(_LEANS.search(main))  # "How is that going?" says nothing without what stands before it
    it, frames = _named("" if leans else main[:_MAX_CHARS])
    if it is None and not leans:
        frames = _COUNTED if _COUNTS.search(main) else _DONE if _HAPPENS.match(main) else _ADDED
    # "I'd love to travel." is no question yet; what it leads up to is said with it.
    whole = leans or finding.form.kind == "statement"
    if it is None and (said := _said(finding.question.text if whole else finding.form.parts[0], finding)):
        opening = f"My question was “{said}” {opening}"
    start = zlib.crc32(main.encode("utf-8", "replace")) % len(frames)
    return [f"{opening} {one.format(it=it)}" for one in frames[start:] + frames[:start]]


def _named(question: str) -> tuple[str | None, tuple[str, ...]]:
    """A name for what is asked about, and the questions it fits into; None, and those that need none."""
    if it := subject(question):
        return it, _ABOUT
    it = clause(question)
    if it is None:
        return None, _ADDED
    if not it.startswith("whether "):
        return it, _CLAUSE
    return it, _ALLOWED if re.search(r"\b(?:can|could|may)\b", it) else _WHETHER


def _said(question: str, finding: Finding) -> str | None:
    """The question as a sentence that can stand in quotation marks."""
    said = re.sub(r"[\"“”«»]", "'", _plain(question))
    if not said or len(said) > _MAX_CHARS or _UNQUOTABLE.search(said) or len(said.split()) > _MAX_QUOTED:
        return None
    tells = finding.form.kind == "statement" and not question.rstrip().endswith("?")
    return f"{said[:1].upper()}{said[1:]}{'.' if tells else '?'}"


def _plain(text: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(text.replace("*", "").replace("`", "").split()).strip(" ?.!")
