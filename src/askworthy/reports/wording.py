"""A report in; the sentences that every human-readable format shares out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from askworthy.records import Evidence, Finding, Report
from askworthy.reports.order import counts

MAX_REASONS = 6
UNSURE = "“?” after a topic: the label is the best guess and no more"
ADVICE = {
    "published": "already answered",
    "partly": "answered in part or nearly: read the quote, ask for the rest",
    "open": "worth asking",
}
DEEPER = "dig deeper"  # before each follow-up


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
    text += f"; dropped {' and '.join(dropped)}" if dropped else ""
    return f"{text}; {_age(*reading.fetched)}" if reading.fetched else text


def _age(oldest: str, newest: str) -> str:
    days = sorted({one_line(oldest)[:10], one_line(newest)[:10]})
    try:
        age = (datetime.datetime.now(datetime.UTC).date() - datetime.date.fromisoformat(days[0])).days
    except ValueError:
        return f"fetched {' to '.join(days)}"
    ago = "today" if age <= 0 else f"{counted(age, 'day')} ago"
    return f"fetched {ago}, {days[0]}" if len(days) == 1 else f"fetched {days[0]} to {days[1]}, the oldest {ago}"


def not_read(report: Report) -> str:
    """How many files and addresses were not read, by reason; empty if there is none."""
    reasons = Counter(one.reason for one in report.reading.skipped)
    told = "; ".join(f"{count:,} {reason}" for reason, count in reasons.most_common(MAX_REASONS))
    rest = len(reasons) - MAX_REASONS
    more = f"; {counted(rest, 'more reason')}" if rest > 0 else ""
    return one_line(f"Not read: {sum(reasons.values()):,} ({told}{more})") if reasons else ""


def skipped(report: Report) -> list[str]:
    """One line for each file that was not read."""
    return [one_line(f"not read: {one.source} ({one.reason})") for one in report.reading.skipped]


def repeated(report: Report) -> list[str]:
    """One line for each group of questions of which one is enough: any two of it were found to ask so."""
    same = _cliques(report.same)
    near = [one for one in _cliques((*report.same, *report.close)) if not any(set(one) <= set(all_) for all_ in same)]
    lines = []
    for groups, how in ((same, "the same"), (near, "nearly the same")):
        for group in groups:
            told = [f"“{one_line(report.findings[place].question.text)}”" for place in group]
            lines.append(f"{', '.join(told[:-1])} and {told[-1]} ask {how}")
    return lines


def _cliques(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Groups that hold every pair, and no two places that are none."""
    paired = {frozenset(pair) for pair in pairs}
    found: list[set[int]] = []
    for pair in pairs:
        for group in found:
            if all(one == other or {one, other} in paired for one in pair for other in group):
                group.update(pair)
                break
        else:
            found.append(set(pair))
    return [sorted(group) for group in found]


def topic(finding: Finding) -> str:
    """The finding's topic, with a mark where the label is unsure (`UNSURE`)."""
    return one_line(finding.topic) + ("?" if finding.label.unsure else "")


def unsure(report: Report) -> list[str]:
    """What the mark means, where there is one."""
    return [UNSURE] if any(one.label.unsure for one in report.findings) else []


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
