"""The parts a reader found in in; a page whose blocks point into its text out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from askworthy.records import Block, BlockKind, Page

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters, save those that are white space
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"  # soft hyphens, zero width, marks
    "\ud800-\udfff]"  # halves of characters, which JSON can smuggle in and UTF-8 cannot write
)
HEADER_WORDS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that a document's layout sets apart, not yet placed in a page."""

    kind: BlockKind
    text: str
    level: int = 0  # headings: 1 to 6; items: nesting from 0


def build_page(
    parts: Iterable[Part],
    source: str,
    *,
    title: str | None = None,
    url: str | None = None,
    fetched_at: str | None = None,
) -> Page:
    """Join parts into a page's text, and say where each of them stands in it.

    Empty parts are dropped. There is an empty line above a heading, and none elsewhere.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for part in parts:
        text = tidy(part.text)
        if not text:
            continue
        between = "" if not pieces else "\n\n" if part.kind == "heading" else "\n"
        start = length + len(between)
        length = start + len(text)
        pieces += (between, text)
        blocks.append(Block(start, length, part.kind, part.level))
    return Page(
        source=source,
        text="".join(pieces),
        blocks=tuple(blocks),
        title=tidy(title or "") or None,
        url=url or None,
        fetched_at=fetched_at or None,
    )


def tidy(text: str) -> str:
    """Make every stretch of white space one space, and drop what cannot be seen."""
    return " ".join(INVISIBLE.sub("", text).split())


def table_parts(rows: Sequence[Sequence[str]], *, header: bool | None = None) -> list[Part]:
    """Turn a table into rows that can each be read alone: "Benefit: Pension | Share: 6 %".

    Args:
        rows: The cells of each row, empty ones too.
        header: Whether the first row names the columns; None to judge it by its looks.
    """
    table = [[tidy(cell) for cell in row] for row in rows]
    table = [row for row in table if any(row)]
    if header is None:
        header = len(table) > 1 and looks_like_header(table[0])
    if not header or len(table) < 2:
        return [Part("row", " | ".join(cell for cell in row if cell)) for row in table]
    names = table[0]
    return [Part("row", " | ".join(_named_cells(row, names))) for row in table[1:]]


def looks_like_header(row: Sequence[str]) -> bool:
    """Whether a table's first row reads like the names of its columns: short, distinct, and no figures."""
    return (
        len(row) > 1
        and all(row)
        and len(set(row)) == len(row)
        and all(len(cell.split()) <= HEADER_WORDS and not re.search(r"\d|[.!]$", cell) for cell in row)
    )


def _named_cells(row: Sequence[str], names: Sequence[str]) -> Iterable[str]:
    for column, cell in enumerate(row):
        name = names[column].rstrip(":") if column < len(names) else ""
        if cell:
            yield f"{name}: {cell}" if name and name != cell else cell
