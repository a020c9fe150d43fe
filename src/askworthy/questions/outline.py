"""A document's headings, items and paragraphs in; the questions among them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from askworthy.questions.entries import MAX_QUESTION_CHARS, question_from
from askworthy.questions.plain import without_marker
from askworthy.records import Question

_LONG = 500  # characters, from which on what stands before a question is prose
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_ASKED = re.compile(r"[?？؟‽][^\w\n]*$")  # "?!", "?)" and "? :)" ask as well
_MARKS = 20  # so many of them behind a question mark, at most
_INTRODUCES = 7  # the level of an item that heads others: below any heading


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a list that its layout sets apart, free of markup."""

    kind: Literal["heading", "item", "paragraph"]
    text: str  # a paragraph keeps its line breaks
    where: str  # file and place, for messages
    level: int = 0  # headings: 1 to 6


def questions_in(parts: Iterable[Part]) -> Iterator[Question]:
    """Take the items, and the lines of paragraphs that end in "?", with the heading above as a hint.

    A heading that asks is a question itself, and items below it that do not ask are notes; unless an item below it
    asks, which makes it the items' heading, or it is the first of all with others that ask below it: a title. An item
    that ends in a colon is a heading.

    Raises:
        BadQuestions: A question is too long.
    """
    above: list[Part] = []  # the headings that a part stands under, the nearest last
    waiting: list[Part] = []  # those of them that ask, and may be questions
    for part in chain(parts, [Part("heading", "", "")]):  # one above them all, to end them
        if part.kind == "item" and part.text.endswith(":"):
            part = replace(part, kind="heading", text=part.text.rstrip(":"), level=_INTRODUCES)
        if part.kind == "heading":
            while above and above[-1].level >= part.level:
                ended = above.pop()
                if ended in waiting and (question := _question(ended.text, ended, above)):
                    waiting.remove(ended)
                    yield question
            if asks(part.text):
                waiting = [one for one in waiting if one.level > 1]
                waiting.append(part)
            above.append(part)
            continue
        if part.kind == "item" and not asks(part.text) and above and above[-1] in waiting:
            continue  # a note
        for text in [part.text] if part.kind == "item" else _asking(part.text):
            if question := _question(text, part, above):
                waiting = [] if part.kind == "item" else [one for one in waiting if one.level > 1]
                yield question


def _question(text: str, part: Part, above: list[Part]) -> Question | None:
    # What an item introduces is other items: a paragraph ends the list.
    heading = next((one.text for one in reversed(above) if part.kind == "item" or one.level < _INTRODUCES), None)
    return question_from(without_marker(text), part.where, heading=heading)


def _asking(text: str) -> Iterator[str]:
    """The lines that ask, each with the lines before it that its sentence runs over; of long ones the last sentence."""
    begun: list[str] = []
    for line in text.splitlines():
        line = without_marker(line)
        begun.append(line)
        if asks(line):
            whole = " ".join(begun)
            asked = whole if len(whole) <= _LONG else _SENTENCES.split(whole)[-1]
            if len(asked) <= MAX_QUESTION_CHARS:
                yield asked
        if asks(line) or not line or line.endswith((".", "!", ":")):
            begun = []


def asks(text: str) -> bool:
    """Whether a text ends in a question mark, behind which may stand other marks."""
    return _ASKED.search(text[-_MARKS:]) is not None
