"""A report in; Markdown for notes and issue trackers out."""

from __future__ import annotations

import re

from askworthy.records import Evidence, Finding, Report
from askworthy.reports.order import by_aspect
from askworthy.reports.wording import ADVICE, DEEPER, ground, one_line, repeated, skipped, summary, topic, unsure

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#&~])")
_LEADING = re.compile(r"^(\d{1,9})?([-+=.)])")  # what would begin a list or a rule


def as_markdown(report: Report) -> str:
    """Sections by aspect, a list item a question, quotes beneath."""
    lines = ["# Which questions are worth asking?", "", f"{_plain(summary(report))}.", "", f"{ground(report)}."]
    for aspect, findings in by_aspect(report):
        lines += ["", f"## {_plain(aspect.capitalize())}", ""]
        for finding in findings:
            lines += _finding(finding)
    lines += [part for line in unsure(report) for part in ("", _plain(line))]
    if pairs := repeated(report):
        lines += ["", "## One is enough", "", *(f"- {_plain(line)}" for line in pairs)]
    if report.reading.skipped:
        lines += ["", "## Not read", "", *(f"- {_plain(line.removeprefix('not read: '))}" for line in skipped(report))]
    return "\n".join(lines) + "\n"


def _finding(finding: Finding) -> list[str]:
    advice = f"{ADVICE[finding.verdict]}, {finding.probability:.0%}"
    lines = [f"- **{_plain(finding.question.text)}** ({_plain(topic(finding))}; {advice})"]
    for evidence in finding.proof:
        lines += [f"  > {_plain(evidence.quote)}", f"  > ({_place(evidence)})", "  >"]
    lines = lines[:-1] if finding.proof else lines
    return [*lines, *(f"  - {DEEPER}: {_plain(deeper)}" for deeper in finding.follow_ups)]


def _place(evidence: Evidence) -> str:
    name = _plain(evidence.title or evidence.source)
    if evidence.url and evidence.url.startswith(("http://", "https://")):
        return f"[{name}](<{one_line(evidence.link or evidence.url).replace('<', '%3C').replace('>', '%3E')}>)"
    return _plain(evidence.source)


def _plain(text: str) -> str:
    return _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(text)))
