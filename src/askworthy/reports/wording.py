"""A report in; the sentences that every human-readable format shares out."""

from __future__ import annotations

import datetime
from collections import Counter

from askworthy.records import Evidence, Report
from askworthy.reports.order import counts

MAX_REASONS = 6
ADVICE = {"published": "already answered", "partly": "partly answered: ask for the rest", "open": "worth asking"}


def summary(report: Report) -> str:
    """How many questions are worth asking."""
    n = counts(report)
    return (
        f"{len(report.findings)} questions for {one_line(report.company)}: "
        f"{n['published']} already answered, {n['partly']} partly, {n['open']} open"
    )


def ground(report: Report) -> str:
    """What was read: the ground under every "not found"."""
    reading = report.reading
    dropped = []
    if reading.duplicate_pages:
        dropped.append(f"{reading.duplicate_pages} duplicate pages")
    if reading.boilerplate_blocks:
        dropped.append(f"{reading.boilerplate_blocks} repeated menu and footer blocks")
    text = f"Read {reading.pages} pages, {reading.words:,} words, {reading.passages} passages"
    text += f"; dropped {' and '.join(dropped)}" if dropped else ""
    return f"{text}; {_age(*reading.fetched)}" if reading.fetched else text


def _age(oldest: str, newest: str) -> str:
    days = sorted({one_line(oldest)[:10], one_line(newest)[:10]})
    try:
        age = (datetime.datetime.now(datetime.UTC).date() - datetime.date.fromisoformat(days[0])).days
    except ValueError:
        return f"fetched {' to '.join(days)}"
    ago = "today" if age <= 0 else "1 day ago" if age == 1 else f"{age:,} days ago"
    return f"fetched {ago}, {days[0]}" if len(days) == 1 else f"fetched {days[0]} to {days[1]}, the oldest {ago}"


def not_read(report: Report) -> str:
    """How many files and addresses were not read, by reason; empty if there is none."""
    reasons = Counter(one.reason for one in report.reading.skipped)
    told = "; ".join(f"{count:,} {reason}" for reason, count in reasons.most_common(MAX_REASONS))
    more = f"; {len(reasons) - MAX_REASONS} more reasons" if len(reasons) > MAX_REASONS else ""
    return one_line(f"Not read: {sum(reasons.values()):,} ({told}{more})") if reasons else ""


def skipped(report: Report) -> list[str]:
    """One line for each file that was not read."""
    return [one_line(f"not read: {one.source} ({one.reason})") for one in report.reading.skipped]


def where(evidence: Evidence) -> str:
    """The place of a quote: its page, and the heading there."""
    place = evidence.url or evidence.source
    return one_line(f"{place}, under {evidence.heading}" if evidence.heading else place)


def one_line(text: str) -> str:
    """One line without control characters: a terminal obeys those, and the text is a stranger's."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())
