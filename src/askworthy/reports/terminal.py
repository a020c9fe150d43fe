"""A report in; a table for a terminal out."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from askworthy.records import Finding, Report
from askworthy.reports.order import by_aspect
from askworthy.reports.wording import (
    DEEPER,
    ground,
    not_read,
    one_line,
    repeated,
    skipped,
    summary,
    topic,
    unsure,
    where,
)

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

PLAIN_WIDTH = 100  # of a table that goes to a file
COLOURS = {"published": "red", "partly": "yellow", "open": "green"}
NARROW = 60  # columns under which a table leaves too little for the questions
MAX_LINES_SHOWN = 10  # of one kind, below the table
LIKELY = 0.5  # probability from which a second quote is shown too


def as_table(report: Report) -> str:
    """The table as plain text."""
    from rich.console import Console

    out = io.StringIO()
    print_table(report, Console(file=out, width=PLAIN_WIDTH, no_color=True, force_terminal=False))
    return out.getvalue()


def as_shown(report: Report) -> str:
    """The table for standard output, in its width and colours if that is a terminal."""
    from rich.console import Console

    out = _LikeStandardOutput()
    width = None if out.isatty() or "COLUMNS" in os.environ else PLAIN_WIDTH
    print_table(report, Console(file=out, width=width))
    return out.getvalue()


class _LikeStandardOutput(io.StringIO):
    """Has rich choose colours and lines for standard output, and holds them: writing there can fail."""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return sys.stdout.encoding

    def isatty(self) -> bool:
        return sys.stdout.isatty()


def print_table(report: Report, console: Console) -> None:
    """Print findings grouped by aspect, evidence under each that is not open."""
    from rich.text import Text

    console.print(Text(summary(report), style="bold"))
    console.print(Text(ground(report), style="dim"))
    if len(report.reading.skipped) > MAX_LINES_SHOWN:
        console.print(Text(not_read(report), style="dim"))
    for aspect, findings in by_aspect(report):
        console.print()
        console.print(_table(aspect, findings) if console.width >= NARROW else _stacked(aspect, findings))
    _print_some(unsure(report), "marks", console)
    _print_some(repeated(report), "of which one question is enough", console)
    _print_some(skipped(report), "not read", console)


def _print_some(lines: list[str], more: str, console: Console) -> None:
    from rich.text import Text

    if lines:
        console.print()
    for line in lines[:MAX_LINES_SHOWN]:
        console.print(Text(line, style="dim"))
    if len(lines) > MAX_LINES_SHOWN:
        console.print(Text(f"and {len(lines) - MAX_LINES_SHOWN} more {more}; --format json names all", style="dim"))


def _table(aspect: str, findings: list[Finding]) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, padding=(0, 1))
    table.add_column("verdict", width=9, no_wrap=True)
    table.add_column("public", width=6, justify="right", no_wrap=True)
    table.add_column(Text(one_line(aspect)), ratio=1, overflow="fold")  # a link cut short proves nothing
    table.add_column("topic", min_width=12, max_width=24, overflow="fold")  # nor is a mark at the end cut off
    for finding in findings:
        table.add_row(
            Text(finding.verdict, style=COLOURS[finding.verdict]),
            f"{finding.probability:.0%}",
            _told(finding),
            Text(topic(finding), style="dim"),
        )
    return table


def _stacked(aspect: str, findings: list[Finding]) -> RenderableType:
    """What the table says, one below the other."""
    from rich.text import Text

    told = Text(one_line(aspect), style="bold")
    for finding in findings:
        told.append("\n\n").append(finding.verdict, style=COLOURS[finding.verdict])
        told.append(f" {finding.probability:.0%}, {topic(finding)}\n").append_text(_told(finding))
    return told


def _told(finding: Finding) -> Text:
    from rich.text import Text

    told = Text(one_line(finding.question.text))
    for evidence in [*finding.proof[:1], *(one for one in finding.proof[1:2] if one.probability >= LIKELY)]:
        told.append(f"\n  “{one_line(evidence.quote)}”", style="italic")
        told.append(f"\n  {where(evidence)}", style="dim")
    for deeper in finding.follow_ups:
        told.append(f"\n  {DEEPER}: {one_line(deeper)}", style="cyan")
    return told
