"""A report in; one row a question out, for spreadsheets."""

from __future__ import annotations

import csv
import io

from askworthy.records import Report
from askworthy.reports.inert import inert

COLUMNS = (
    "id", "question", "aspect", "aspect_probability", "topic", "topic_probability", "unsure",
    "verdict", "probability", "quote", "source", "url", "heading", "link", "fetched_at",
)  # fmt: skip


def as_csv(report: Report) -> str:
    """One row a question with its best quote; other columns of the input come last.

    A column of the input that is named like one of ours is called `input_<name>`: no name stands twice in a table.
    """
    others = list(dict.fromkeys(name for one in report.findings for name in one.question.extra))
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([*COLUMNS, *(inert(f"input_{name}" if name in COLUMNS else name) for name in others)])
    for one in report.findings:
        row = one.to_dict()
        best = one.proof[0].to_dict() if one.proof else {}
        both = best | row  # `probability` stands in each; the finding's own is meant
        cells = [both.get(name) for name in COLUMNS] + [one.question.extra.get(name) for name in others]
        rows.writerow([inert(cell) for cell in cells])
    return out.getvalue()
