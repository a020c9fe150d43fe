"""Lines of a Markdown file in; its list items, or else its lines that ask, as questions out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from askworthy.questions.entries import question_from
from askworthy.questions.plain import without_marker
from askworthy.records import Question

_HEADING = re.compile(r"#{1,6}(?:\s+|$)")
_ITEM = re.compile(r"(?:[-*+•]|[0-9]{1,9}[.)])\s+(?=\S)")
_RULE = re.compile(r"(?:[-*_=]\s*){3,}")
_FENCE = re.compile(r"`{3,}|~{3,}")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# A mark touches text on one side only: 5 * 3 and snake_case stay as they are.
_MARK = re.compile(r"(?<![\w*_\\])(?:\*{1,3}|_{1,3}|~~)(?=\S)|(?<=[^\s\\*_])(?:\*{1,3}|_{1,3}|~~)(?![\w*_])|`+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

_Line = tuple[int, str]  # its number in the file, its text without the end


def read_markdown(lines: Iterable[str], name: str) -> Iterator[Question]:
    """Read list items with the heading above them as a hint; where there is no item, the lines that end in "?"."""
    kept = list(_without_asides(_without_front_matter([line.rstrip() for line in lines])))
    found = list(_items(kept))
    for number, text, heading in found or list(_asking_lines(kept)):
        if question := question_from(_without_marks(text), f"{name} line {number}", heading=heading):
            yield question


def _items(lines: list[_Line]) -> Iterator[tuple[int, str, str | None]]:
    heading: str | None = None
    number, item = 0, ""
    for at, line in [*lines, (0, "")]:
        text = line.strip().lstrip("> ")
        starts = bool(_ITEM.match(text)) and not _RULE.fullmatch(text)
        if item and not starts and text and not _HEADING.match(text) and not _RULE.fullmatch(text):
            item += " " + text  # the item goes on
            continue
        if item.endswith(":"):
            heading = _without_marks(item.rstrip(":"))  # an item that only introduces others
        elif item:
            yield number, item, heading
        item = ""
        if starts:
            number, item = at, without_marker(text)
        elif title := _title(text):
            heading = title


def _asking_lines(lines: list[_Line]) -> Iterator[tuple[int, str, str | None]]:
    heading: str | None = None
    begun = ""
    for at, line in lines:
        text = line.strip().lstrip("> ")
        title = _title(text)
        asked = _HEADING.sub("", text, count=1).rstrip("#*_ ") if title else text.rstrip("*_ ")
        if asked.endswith("?"):
            yield at, f"{begun} {asked}" if begun and not title else asked, heading
            begun = ""
        elif title:
            heading, begun = title, ""
        else:
            # A sentence may run over lines; one that has ended leads into nothing.
            begun = (
                "" if not text or asked.endswith((".", "!", ":")) or len(begun) > 5_000 else f"{begun} {text}".strip()
            )


def _title(text: str) -> str | None:
    """The heading on this line, if it is one; underlined ones carry a # by now."""
    if mark := _HEADING.match(text):
        return _without_marks(text[mark.end() :].rstrip("# ")) or None
    return None


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
            yield held[0], f"# {held[1].strip()}"
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
    text = _TAG.sub("", _LINK.sub(r"\1", text))
    return _ESCAPE.sub(r"\1", _MARK.sub("", text)).strip()
