"""A report in; JSON for programs out, as `askworthy schema` describes it."""

from __future__ import annotations

import json
import re
from typing import Any

from askworthy.records import Report

# JSON allows them as they are; but some steer a terminal, and some end a line for those who read jsonl by lines.
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029]")


def as_json(report: Report) -> str:
    """The whole report as one object."""
    return spelled(report.to_dict(), indent=1) + "\n"


def as_jsonl(report: Report) -> str:
    """One finding a line."""
    return "".join(spelled(one.to_dict()) + "\n" for one in report.findings)


def spelled(row: dict[str, Any], *, indent: int | None = None) -> str:
    """One object as JSON that people can read: letters as they are, control characters spelled out."""
    text = json.dumps(row, indent=indent, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
