"""A plan in; text for people or programs out."""

from __future__ import annotations

import csv
import html
import io
import math
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from askworthy.reports.csv import named_apart
from askworthy.reports.inert import inert
from askworthy.reports.json import spelled
from askworthy.reports.wording import counted, one_line

if TYPE_CHECKING:
    from askworthy.findings.plan import Plan, Planned


_LINE = 90  # characters of a question on one printed line
_HEIGHT = 5.3  # millimetres of a printed line
_PAGE = 235  # millimetres of an A4 page below the heading


class PlanFormat(StrEnum):
    """How a plan is written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    markdown = "markdown"
    html = "html"


def render_plan(plan: Plan, format: PlanFormat) -> str:
    """Write a plan as text, ending with a line break."""
    if format is PlanFormat.json:
        return spelled(plan.to_dict(), indent=2) + "\n"
    rows = [{"planned": True, **one.to_dict()} for one in plan.agenda]
    rows += [{"planned": False, **one.to_dict()} for one in plan.omitted]
    if format is PlanFormat.jsonl:
        return "".join(spelled(row) + "\n" for row in rows)
    if format is PlanFormat.csv:
        return _as_csv(rows)
    return {PlanFormat.table: _as_table, PlanFormat.markdown: _as_markdown, PlanFormat.html: _as_html}[format](plan)


def _as_csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    names = ("planned", "id", "question", "kind", "aspect", "topic", "minutes", "ask", "reason", "hints")
    others = list(dict.fromkeys(name for row in rows for name in row.get("extra", ())))
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow([*names, *map(inert, named_apart(others, names))])
    for row in rows:
        shown = row | {"hints": "; ".join(row["hints"])}
        cells = [shown[name] for name in names] + [row.get("extra", {}).get(name) for name in others]
        lines.writerow(map(inert, cells))
    return out.getvalue()


def _head(plan: Plan) -> str:
    asked = counted(len(plan.agenda), "question")
    return f"{asked} for {one_line(plan.company)}, {plan.minutes:g} of {plan.available:g} minutes"


def _missing(plan: Plan) -> str:
    return f"No question fits for: {', '.join(plan.missing_aspects)}" if plan.missing_aspects else ""


def _about(one: Planned) -> str:
    told = f"{one.id}, {one.minutes:g} min, {one.aspect}/{one.topic}, ask: {one.ask}; {one.reason}"
    return one_line(told)


def _as_table(plan: Plan) -> str:
    lines = [_head(plan), *filter(None, [_missing(plan)]), ""]
    for place, one in enumerate(plan.agenda, start=1):
        lines += [f"{place:2}. {one_line(one.question)}", f"      {_about(one)}"]
        lines += [f"      wording: {one_line(hint)}" for hint in one.hints]
    asked = [one for one in plan.omitted if one.kind != "follow_up"]
    if plan.omitted:
        lines += ["", "Left out:"]
    lines += [f"  - {one_line(one.id)}: {one_line(one.question)} ({one_line(one.reason)})" for one in asked]
    if len(asked) < len(plan.omitted):
        lines.append(
            f"  - {counted(len(plan.omitted) - len(asked), 'follow-up')} (--format json has each, with its reason)"
        )
    return "\n".join(lines) + "\n"


def _as_markdown(plan: Plan) -> str:
    lines = [f"# {_plain(_head(plan))}", "", *filter(None, [_missing(plan)]), ""]
    for place, one in enumerate(plan.agenda, start=1):
        lines += [f"{place}. {_plain(one.question)}", f"   ({_plain(_about(one))})"]
        lines += [f"   - wording: {_plain(hint)}" for hint in one.hints]
    if plan.omitted:
        lines += ["", "## Left out", ""]
    lines += [f"- {_plain(reason)}: {_plain(', '.join(ids))}" for reason, ids in _left_out(plan).items()]
    return "\n".join(lines) + "\n"


def _left_out(plan: Plan) -> dict[str, list[str]]:
    """The ids of what is not asked by its reason, so that a long list fits its page too; follow-ups go by their own."""
    found: dict[str, list[str]] = {}
    planned = {one.id for one in plan.agenda}
    for one in plan.omitted:
        if one.kind != "follow_up" and one.id not in planned:
            found.setdefault(one.reason, []).append(one.id)
    return found


def _plain(text: str) -> str:
    """Markup in a question or a page's title is shown, not obeyed."""
    return re.sub(r"([\\`*_\[\]<>#|!&~])", r"\\\1", one_line(text))


def _as_html(plan: Plan) -> str:
    """One page to print: no script, nothing loaded, room for notes under each question."""
    items = "".join(
        f"<li><p>{html.escape(one_line(one.question))}</p><small>{html.escape(_about(one))}</small></li>\n"
        for one in plan.agenda
    )
    lines = sum(1 + math.ceil(len(one.question) / _LINE) for one in plan.agenda)
    room = (_PAGE - _HEIGHT * lines) / max(1, len(plan.agenda))
    gap = max(1.0, min(9.0, room))  # millimetres for notes: what is left of one page, and never none
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Questions to ask</title>\n<style>'
        ":root{color-scheme:light dark}@media print{:root{color-scheme:light}}@page{size:A4;margin:15mm}"
        "body{font:11pt/1.35 sans-serif;max-width:180mm;margin:auto}"
        f"li{{break-inside:avoid;margin-bottom:{gap:.1f}mm}}p{{margin:0}}small{{opacity:.75}}</style></head>\n"
        f"<body><h1>{html.escape(_head(plan))}</h1>\n<p>{html.escape(_missing(plan))}</p>\n"
        f"<ol>\n{items}</ol></body></html>\n"
    )
