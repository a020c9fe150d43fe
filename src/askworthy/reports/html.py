"""A report in; the candidate's own page out: by aspect, quotes marked, and what was read beneath."""

from __future__ import annotations

from urllib.parse import quote

from askworthy.records import Evidence, Finding, Report
from askworthy.reports.order import by_aspect
from askworthy.reports.page import page, text
from askworthy.reports.wording import ADVICE, ground, skipped, summary

WORDS_IN_LINK = 5  # at each end of a quote, for the browser to find it by


def as_html(report: Report) -> str:
    """Write the page; it asks nothing of the network and runs no script."""
    parts = [f"<p>{text(summary(report))}.</p>", f"<p>{text(ground(report))}.</p>"]
    for aspect, findings in by_aspect(report):
        parts += [f"<h2>{text(aspect.capitalize())}</h2>", *map(_finding, findings)]
    if report.reading.skipped:
        items = "".join(f"<li>{text(line.removeprefix('not read: '))}</li>" for line in skipped(report))
        parts += ["<h2>Not read</h2>", f"<ul>{items}</ul>"]
    return page("Which questions are worth asking?", "\n".join(parts))


def _finding(finding: Finding) -> str:
    quotes = "".join(map(_evidence, finding.proof)) or "<p>Nothing was found that answers it.</p>"
    return (
        f"<details{' open' if finding.proof else ''}><summary><strong>{text(finding.question.text)}</strong> "
        f'<span class="tag">{text(ADVICE[finding.verdict])}</span> {finding.probability:.0%} public, '
        f"{text(finding.topic)}</summary><div>{quotes}</div></details>"
    )


def _evidence(evidence: Evidence) -> str:
    place = text(evidence.title or evidence.source)
    if evidence.url and evidence.url.startswith(("http://", "https://")):
        link = text(evidence.url.split("#")[0] + _fragment(evidence.quote))
        place = f'<a href="{link}" rel="noreferrer noopener">{place}</a>'
    heading = f", under {text(evidence.heading)}" if evidence.heading else ""
    return f"<blockquote><mark>{text(evidence.quote)}</mark><br>{place}{heading}</blockquote>"


def _fragment(words: str) -> str:
    """What makes a browser scroll to the quote and mark it there."""
    held = words.split()
    ends = [held] if len(held) <= 2 * WORDS_IN_LINK else [held[:WORDS_IN_LINK], held[-WORDS_IN_LINK:]]
    return "#:~:text=" + ",".join(quote(" ".join(some), safe="").replace("-", "%2D") for some in ends)
