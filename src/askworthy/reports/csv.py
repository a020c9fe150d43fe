"""A report in; one row a question out, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence

from askworthy.records import Report
from askworthy.reports.inert import inert

COLUMNS = (
    "id", "question", "aspect", "aspect_probability", "topic", "topic_probability", "unsure",
    "verdict", "probability", "quote", "source", "url", "heading", "link", "fetched_at",
)  # fmt: skip


def as_csv(report: Report) -> str:
    """One row a question with its best quote, and its follow-ups if any were asked for; the input's columns come last.

    A column of the input that is named like one of ours is called `input_<name>`.
    """
    others = list(dict.fromkeys(name for one in report.findings for name in one.question.extra))
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    deeper = [f"follow_up_{n + 1}" for n in range(max((len(one.follow_ups) for one in report.findings), default=0))]
    ours = [*COLUMNS, *deeper]
    rows.writerow([*ours, *map(inert, named_apart(others, ours))])
    for one in report.findings:
        row = one.to_dict()
        best = one.proof[0].to_dict() if one.proof else {}
        both = best | row  # `probability` stands in each; the finding's own is meant
        both |= dict(zip(deeper, one.follow_ups, strict=False))
        cells = [both.get(name) for name in ours] + [one.question.extra.get(name) for name in others]
        rows.writerow([inert(cell) for cell in cells])
    return out.getvalue()


def named_apart(others: Sequence[str], ours: Collection[str]) -> list[str]:
    """What the input's columns are called beside ours, so that no name stands twice: `input_<name>` for one of ours."""
    names = []
    for name in others:
        shown = f"input_{name}" if name in ours else name
        while shown != name and (shown in ours or shown in others):
            shown = f"input_{shown}"
        names.append(shown)
    return names
