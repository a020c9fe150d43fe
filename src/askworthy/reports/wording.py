"""A report in; the sentences that every human-readable format shares out."""

from __future__ import annotations

from askworthy.records import Evidence, Report
from askworthy.reports.order import counts

ADVICE = {"published": "already answered", "partly": "partly answered: ask for the rest", "open": "worth asking"}


def summary(report: Report) -> str:
    """How many questions are worth asking."""
    n = counts(report)
    return (
        f"{counted(len(report.findings), 'question')} for {one_line(report.company)}: "
        f"{n['published']} already answered, {n['partly']} partly, {n['open']} open"
    )


def ground(report: Report) -> str:
    """What was read: the ground under every "not found"."""
    reading = report.reading
    dropped = []
    if reading.duplicate_pages:
        dropped.append(counted(reading.duplicate_pages, "duplicate page"))
    if reading.boilerplate_blocks:
        dropped.append(counted(reading.boilerplate_blocks, "repeated menu and footer block"))
    read = ((reading.pages, "page"), (reading.words, "word"), (reading.passages, "passage"))
    text = f"Read {', '.join(counted(n, name) for n, name in read)}"
    return text + (f"; dropped {' and '.join(dropped)}" if dropped else "")


def skipped(report: Report) -> list[str]:
    """One line for each file that was not read."""
    return [one_line(f"not read: {one.source} ({one.reason})") for one in report.reading.skipped]


def where(evidence: Evidence) -> str:
    """The place of a quote: its page, and the heading there."""
    place = evidence.url or evidence.source
    return one_line(f"{place}, under {evidence.heading}" if evidence.heading else place)


def counted(n: int, name: str) -> str:
    """A number with its noun: "1 page", "1,200 pages"."""
    return f"{n:,} {name}" if n == 1 else f"{n:,} {name}s"


def one_line(text: str) -> str:
    """One line without control characters: a terminal obeys those, and the text is a stranger's."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())
