"""A report in; JSON for programs out, as `askworthy schema` describes it."""

from __future__ import annotations

import json

from askworthy.records import Report


def as_json(report: Report) -> str:
    """The whole report as one object."""
    return json.dumps(report.to_dict(), indent=1, ensure_ascii=False) + "\n"


def as_jsonl(report: Report) -> str:
    """One finding a line."""
    return "".join(json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in report.findings)
