"""A report in; text for people or programs out."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module

from askworthy.records import Report


class Format(StrEnum):
    """How a report is written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    markdown = "markdown"
    html = "html"


def render(report: Report, format: Format | str) -> str:
    """Write a report as text; the table is plain here, in colour only on a terminal."""
    module, name = {
        Format.table: ("terminal", "as_table"),
        Format.json: ("json", "as_json"),
        Format.jsonl: ("json", "as_jsonl"),
        Format.csv: ("csv", "as_csv"),
        Format.markdown: ("markdown", "as_markdown"),
        Format.html: ("html", "as_html"),
    }[Format(format)]
    write: Callable[[Report], str] = getattr(import_module(f"askworthy.reports.{module}"), name)
    return write(report)
