"""Lines of a csv or tsv file in; one question a row out."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator

from askworthy.errors import BadQuestions
from askworthy.questions.entries import question_from
from askworthy.records import Question

FIELDS = ("question", "id", "heading")


def read_table(lines: Iterable[str], name: str, delimiters: str) -> Iterator[Question]:
    """Read the column `question`, and `id` and `heading` if they are there; the others go along unchanged.

    Args:
        delimiters: The characters to choose from, the likeliest first.

    Raises:
        BadQuestions: There is no such column, two have one name, or a row does not fit the header.
    """
    remaining = iter(lines)
    above, first = next(((place, line) for place, line in enumerate(remaining) if line.strip()), (0, ""))
    if not first:
        return
    delimiter = max(delimiters, key=lambda one: ("question" in _columns(first, one), len(_columns(first, one))))
    columns = _columns(first, delimiter)
    if "question" not in columns:
        there = ", ".join(repr(column[:40]) for column in columns[:12])
        raise BadQuestions(f"{name} has the columns {there} but no column 'question'; name one of them question")
    for column, times in Counter(columns).items():
        if column and times > 1:
            raise BadQuestions(f"{name} has {times} columns {column[:40]!r}; give each a name of its own")
    rows = csv.reader(remaining, delimiter=delimiter, strict=True)
    for number, row in _rows(rows, name, above + 1):
        where = f"{name} line {number}"
        if any(cell.strip() for cell in row[len(columns) :]):
            raise BadQuestions(
                f"{where} has {len(row)} fields, the header has {len(columns)}; "
                f"put fields that hold a {delimiter!r} in double quotes"
            )
        others = dict.fromkeys(columns, "") | dict(zip(columns, row, strict=False))
        text, id, heading = (others.pop(field, "") for field in FIELDS)
        others.pop("", None)  # columns without a name
        if question := question_from(text, where, id=id, heading=heading, extra=others):
            yield question


def looks_like_header(line: str, below: str = "") -> bool:
    """Whether a line may be a table's first: one of its cells is `question`, and it asks nothing itself.

    Where that is its only cell, the line below has one cell too, or else "Question" is a title.
    """
    for delimiter in ",;\t":
        columns = _columns(line, delimiter)
        if "question" in columns and "?" not in line:
            return len(columns) > 1 or all(len(_columns(below, one)) < 2 for one in ",;\t")
    return False


def _rows(rows: Iterator[list[str]], name: str, header: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with its last line's number; that of the header is given."""
    number = header
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadQuestions(
                f"{name} line {number + 1} is not a row of a table ({error}); "
                "look for a double quote that is never closed, or one inside of a quoted field that is not doubled"
            ) from error
        number = header + rows.line_num  # type: ignore[attr-defined]
        yield number, row


def _columns(header: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([header], delimiter=delimiter, strict=True), [])
    except csv.Error:
        cells = [header]
    names = [cell.strip() for cell in cells]
    return [name.casefold() if name.casefold() in FIELDS else name for name in names]
