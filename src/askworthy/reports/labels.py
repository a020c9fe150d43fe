"""A stream of labelled questions in; lines of text out."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator

from askworthy.records import Label, Question
from askworthy.reports.csv import named_apart
from askworthy.reports.inert import inert
from askworthy.reports.json import spelled
from askworthy.reports.wording import one_line

Labelled = Iterable[tuple[Question, Label]]


def lines(rows: Labelled, format: str) -> Iterator[str]:
    """Write labels as "table", "jsonl" or "csv", one question a line.

    Warns:
        UserWarning: A later question has a column that the csv, whose header is written first, has no place for.
    """
    return {"table": _table, "jsonl": _jsonl, "csv": _csv}[format](rows)


def _table(rows: Labelled) -> Iterator[str]:
    for question, label in rows:
        aspect = one_line(label.aspect) + ("?" if label.unsure else "")
        # One's own names may be longer than a column; they push what follows, and never run into it.
        yield f"{aspect:<13} {one_line(label.topic):<13} {label.aspect_probability:>5.0%}  {one_line(question.text)}\n"


def _jsonl(rows: Labelled) -> Iterator[str]:
    for question, label in rows:
        row: dict[str, object] = {"id": question.id, "question": question.text, **label.to_dict()}
        if question.extra:
            row["extra"] = dict(question.extra)
        yield spelled(row) + "\n"


def _csv(rows: Labelled) -> Iterator[str]:
    columns: list[str] | None = None
    left_out: list[str] = []
    for question, label in rows:
        row = {"id": question.id, "question": question.text, **label.to_dict()}
        if columns is None:
            columns = list(question.extra)  # the first question's: a stream's columns cannot wait for its end
            yield _row([*row, *map(inert, named_apart(columns, row))])
        for name in [one for one in question.extra if one not in columns and one not in left_out]:
            left_out.append(name)
            warnings.warn(
                f"the column {one_line(name)[:80]!r} is left out from question {one_line(question.id)[:80]!r} on, for "
                "the header is written with the first question's columns; write jsonl to have all",
                stacklevel=2,
            )
        yield _row([inert(value) for value in [*row.values(), *(question.extra.get(name) for name in columns)]])


def _row(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
