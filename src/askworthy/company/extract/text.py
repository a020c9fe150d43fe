"""A plain text file in; a page out."""

from __future__ import annotations

import re

from askworthy.company.blocks import Part, build_page
from askworthy.company.extract.decoding import decode
from askworthy.records import Page

ITEM = re.compile(r"(\s*)(?:[-*•‣◦–·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
HEADING_WORDS = 12


def read(data: bytes, source: str) -> Page:
    """Read paragraphs, lists and headings from plain text.

    Raises:
        PageUnreadable: It is not text.
    """
    return read_text(decode(data), source)


def read_text(text: str, source: str, *, title: str | None = None) -> Page:
    """Read plain text that is decoded already."""
    parts = plain_parts(text)
    headings = [part.text for part in parts[:1] if part.kind == "heading"]
    return build_page(parts, source, title=title or next(iter(headings), None))


def plain_parts(text: str) -> list[Part]:
    """Find paragraphs between empty lines, list items by their marks, and headings by their looks."""
    parts: list[Part] = []
    # A form feed is a page break, and words may run on across it.
    for stretch in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.replace("\r\n", "\n").replace("\r", "\n").strip("\n\ufeff")):
        parts += _stretch_parts(stretch.split("\n"))
    return parts


def _stretch_parts(lines: list[str]) -> list[Part]:
    parts: list[Part] = []
    gathered: list[str] = []
    item: re.Match[str] | None = None

    def flush() -> None:
        if gathered:
            nesting = min(len(item[1].expandtabs(4)) // 2, 6) if item else 0
            parts.append(Part("item" if item else "paragraph", " ".join(gathered), nesting))
            gathered.clear()

    for line in lines:
        if gathered and not item and len(gathered) == 1 and (rule := UNDERLINE.fullmatch(line)):
            parts.append(Part("heading", gathered.pop(), 1 if rule[1][0] == "=" else 2))
        elif UNDERLINE.fullmatch(line):
            flush()
            item = None
        elif mark := ITEM.match(line):
            flush()
            item = mark
            gathered.append(line[mark.end() :])
        elif not parts and not gathered and _shouts(line):
            parts.append(Part("heading", line.strip(), 2))
        else:
            gathered.append(line)
    flush()
    return parts


def _shouts(line: str) -> bool:
    words = line.split()
    return (
        1 <= len(words) <= HEADING_WORDS
        and line.isupper()
        and sum(map(str.isalpha, line)) > 3
        and line.strip()[-1] not in ".,;:!"
    )
