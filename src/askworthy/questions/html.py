"""A web page in; its list items and the lines of it that ask, as questions, out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from askworthy.errors import BadQuestions, PageUnreadable
from askworthy.questions.outline import Part, asks, questions_in
from askworthy.records import Question

_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BROKEN = "\ufdd0"  # stands for a line break, which the reader of pages makes a space; no text holds this character


def read_html(markup: str, name: str) -> Iterator[Question]:
    """Read list items with the heading above them as a hint, and the lines and headings that end in "?".

    Raises:
        BadQuestions: It cannot be parsed.
    """
    return questions_in(_parts(markup, name))


def _parts(markup: str, name: str) -> Iterator[Part]:
    from askworthy.company.extract.html import fragment_parts  # its folder loads what most lists do not need

    try:
        parts = fragment_parts(_BREAK.sub(f"<br>{_BROKEN}", markup))
    except PageUnreadable as error:
        raise BadQuestions(f"{name} is {error}; save the questions as txt, one a line") from error
    for place, part in enumerate(parts, start=1):
        where, text = f"{name} block {place}", part.text.replace(_BROKEN, "\n").strip()
        if part.kind != "row":
            yield Part(part.kind, text, where, part.level)
        else:  # of a table, the cells that ask
            cells = (re.sub(r"^[^:?]{1,60}: ", "", cell) for cell in text.split(" | "))
            yield from (Part("item", cell, where) for cell in cells if asks(cell) and len(cell.split()) > 1)
