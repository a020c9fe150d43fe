"""Lines of a csv or tsv file in; one question a row out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from askworthy.errors import BadQuestions
from askworthy.questions.entries import question_from
from askworthy.records import Question


def read_table(lines: Iterable[str], name: str, delimiters: str) -> Iterator[Question]:
    """Read the column `question`, and `id` and `heading` if they are there; the others go along unchanged.

    Args:
        delimiters: The characters to choose from, the likeliest first.

    Raises:
        BadQuestions: There is no such column, or a row does not fit the header.
    """
    remaining = iter(lines)
    first = next((line for line in remaining if line.strip()), "")
    if not first:
        return
    delimiter = max(delimiters, key=lambda one: ("question" in _names(first, one), len(_names(first, one))))
    columns = [cell.strip() for cell in _cells(first, delimiter)]
    names = _names(first, delimiter)
    if "question" not in names:
        there = ", ".join(repr(column[:40]) for column in columns[:12])
        raise BadQuestions(f"{name} has the columns {there} but no column 'question'; name one of them question")
    asked = names.index("question")
    id_at, heading_at = (names.index(one) if one in names else None for one in ("id", "heading"))
    rows = csv.reader(remaining, delimiter=delimiter)
    for number, row in _rows(rows, name):
        where = f"{name} line {number}"
        if any(cell.strip() for cell in row[len(columns) :]):
            raise BadQuestions(
                f"{where} has {len(row)} fields, the header has {len(columns)}; "
                f"put fields that hold a {delimiter!r} in double quotes"
            )
        row = [*row, *[""] * (len(columns) - len(row))]
        extra = {
            column: row[at] for at, column in enumerate(columns) if column and at not in (asked, id_at, heading_at)
        }
        id = row[id_at] if id_at is not None else ""
        heading = row[heading_at] if heading_at is not None else None
        if question := question_from(row[asked], where, id=id, heading=heading, extra=extra):
            yield question


def _rows(rows: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]]]:
    number = 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadQuestions(
                f"{name} line {number + 1} is not a row of a table ({error}); "
                "look for a double quote that is never closed"
            ) from error
        number = rows.line_num + 1  # type: ignore[attr-defined]  # the header is a line too
        yield number, row


def _names(line: str, delimiter: str) -> list[str]:
    return [cell.strip().casefold() for cell in _cells(line, delimiter)]


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return [line]
