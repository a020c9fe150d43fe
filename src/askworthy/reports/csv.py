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
    """One row a question with its best quote; other columns of the input come last."""
    others = list(dict.fromkeys(name for one in report.findings for name in one.question.extra))
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([*COLUMNS, *map(inert, others)])
    for one in report.findings:
        row = one.to_dict()
        best = one.proof[0].to_dict() if one.proof else {}
        both = best | row  # `probability` stands in each; the finding's own is meant
        cells = [both.get(name) for name in COLUMNS] + [one.question.extra.get(name) for name in others]
        rows.writerow([inert(cell) for cell in cells])
    return out.getvalue()
