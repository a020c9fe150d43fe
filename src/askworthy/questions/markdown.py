"""Lines of a Markdown file in; its list items and its lines that ask, as questions, out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal

from askworthy.questions.outline import Part, asks, questions_in
from askworthy.questions.plain import BULLETS, without_marker
from askworthy.records import Question

_HEADING = re.compile(r"#{1,6}(?:\s+|$)")
# More than Markdown knows: lists are written in an editor that makes dashes of hyphens, and pasted from elsewhere.
_ITEM = re.compile(rf"(?:[-*+–{BULLETS}]|[0-9]{{1,9}}[.)]|\([0-9]{{1,4}}\)|\(?(?:[A-Za-z]|[ivx]{{2,4}})\))\s+(?=\S)")
_RULE = re.compile(r"(?:[-*_=]\s*){3,}")
_FENCE = re.compile(r"`{3,}+(?!.*`)|~{3,}")
_COLUMNS = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*")  # the line below the names of a table's columns
_CELLS = re.compile(r"(?<!\\)\|")
_TARGET = re.compile(r"\[[^\[\]]+\]:\s*<?(?:https?:|mailto:|www\.|[/#.])\S*")  # of links, named elsewhere
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# A mark touches text on one side only: 5 * 3 and snake_case stay as they are.
_MARK = re.compile(r"(?<![\w*_\\])(?:\*{1,3}+|_{1,3}+|~~)(?=\S)|(?<=[^\s\\*_])(?:\*{1,3}+|_{1,3}+|~~)(?![\w*_])|`+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~]|$)", re.MULTILINE)  # at the end of a line it breaks the line
_CHARACTER = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_Kind = Literal["heading", "item", "paragraph", "row"]
_Line = tuple[int, str]  # its number in the file, its text without the end


def read_markdown(lines: Iterable[str], name: str) -> Iterator[Question]:
    """Read list items with the heading above them as a hint, and the lines, headings and cells that end in "?"."""
    kept = _without_asides(_without_front_matter([line.rstrip() for line in lines]))
    return questions_in(_parts(kept, name))


def _parts(lines: Iterable[_Line], name: str) -> Iterator[Part]:
    for kind, number, text in _blocks(lines):
        where = f"{name} line {number}"
        if kind == "row":  # of a table, the cells that ask
            cells = (_without_marks(cell) for cell in _CELLS.split(text))
            yield from (Part("item", cell, where) for cell in cells if asks(cell) and len(cell.split()) > 1)
        elif mark := _HEADING.match(text):
            yield Part("heading", _without_marks(text[mark.end() :].rstrip("# ")), where, mark[0].count("#"))
        else:
            yield Part(kind, _without_marks(without_marker(text) if kind == "item" else text), where)


def _blocks(lines: Iterable[_Line]) -> Iterator[tuple[_Kind, int, str]]:
    """The headings, items, paragraphs and rows of tables, each with the number of its first line."""
    kind: _Kind | None = None
    first, held, table = 0, [""], False
    for number, line in chain(lines, [(0, "")]):
        text = line.strip().lstrip("> ")
        begins = _kind_of(text)
        table = begins == "paragraph" and "|" in text and (table or text.startswith("|") or _is_columns(text))
        begins = "row" if table else begins
        if begins == "paragraph" and kind in ("item", "paragraph"):
            held.append(text)  # it goes on
            continue
        if kind:
            yield kind, first, "\n".join(held)
        kind, first, held = begins, number, [text]


def _kind_of(text: str) -> _Kind | None:
    """What a line begins, where it does not go on with the line above it."""
    if not text or _RULE.fullmatch(text) or _TARGET.fullmatch(text):
        return None
    if _HEADING.match(text):
        return "heading"
    return "item" if _ITEM.match(text) else "paragraph"


def _is_columns(text: str) -> bool:
    return _COLUMNS.fullmatch(text) is not None


def _without_front_matter(lines: list[str]) -> list[_Line]:
    numbered = list(enumerate(lines, start=1))
    if lines and lines[0] == "---":
        for at, line in numbered[1:]:
            if line in ("---", "..."):
                return numbered[at:]
    return numbered


def _without_asides(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Drop comments and fenced code, and turn underlined headings into # ones."""
    fence, commented = "", False
    held: _Line | None = None  # a line that an underline below may make a heading
    for number, line in lines:
        line, commented = _without_comments(line, commented)
        mark = _FENCE.match(line.strip())
        if fence:
            if mark and mark[0].startswith(fence) and mark[0] == line.strip():
                fence = ""
            continue
        if mark:
            fence, line = mark[0], ""
        if held and re.fullmatch(r" {0,3}(?:=+|-{2,})", line) and held[1].strip() and not _ITEM.match(held[1].strip()):
            yield held[0], f"{'#' if '=' in line else '##'} {held[1].strip()}"
            held = None
            continue
        if held:
            yield held
        held = number, line
    if held:
        yield held


def _without_comments(line: str, commented: bool) -> tuple[str, bool]:
    pieces = []
    while line:
        before, mark, line = line.partition("-->" if commented else "<!--")
        if not commented:
            pieces.append(before)
        if mark:
            commented = not commented
    return "".join(pieces).rstrip(), commented


def _without_marks(text: str) -> str:
    text = _TAG.sub("", _BREAK.sub("\n", _LINK.sub(r"\1", text)))
    text = _ESCAPE.sub(r"\1", _MARK.sub("", text)).strip()
    return _CHARACTER.sub(lambda one: html.unescape(one[0]), text)
