"""Lines of plain text in; one question a line out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from askworthy.questions.entries import question_from
from askworthy.records import Question

# Bullets as word processors and notes write them, which no sentence starts with.
BULLETS = "•‣◦▪▫·●○■□◆➢➤►☐☑☒✓✔\uf0a7\uf0b7"
_MARKER = re.compile(
    rf"(?:[-*+–—{BULLETS}]|#?\(?[0-9]{{1,4}}[.)]|#[0-9]{{1,4}}:?|\(?(?:[A-Za-z]|[ivx]{{2,4}})\)|[a-z]\.|[Qq][0-9]{{0,4}}[.:)])"
    r"(?:\s+|$)"
)
_TASK_BOX = re.compile(r"\[[ xX]?\]\s+")


def read_plain(lines: Iterable[str], name: str) -> Iterator[Question]:
    """Skip blank lines, rules and lines that start with # and no number; drop bullets and numbers."""
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if re.match(r"#(?![0-9])", line) or not any(character.isalnum() for character in line):
            continue
        if question := question_from(without_marker(line), f"{name} line {number}"):
            yield question


def without_marker(line: str) -> str:
    """The line without a list marker or task box in front."""
    line = line.strip()
    if marker := _MARKER.match(line):
        line = line[marker.end() :]
    if box := _TASK_BOX.match(line):
        line = line[box.end() :]
    return line.strip()
