"""A report in; the candidate's own page out: by aspect, quotes marked, and what was read beneath."""

from __future__ import annotations

from askworthy.records import Evidence, Finding, Report
from askworthy.reports.order import by_aspect
from askworthy.reports.page import page, text
from askworthy.reports.wording import ADVICE, DEEPER, ground, repeated, skipped, summary, topic, unsure


def as_html(report: Report) -> str:
    """Write the page; it asks nothing of the network and runs no script."""
    parts = [f"<p>{text(summary(report))}.</p>", f"<p>{text(ground(report))}.</p>"]
    parts += [f"<p>{text(line)}.</p>" for line in unsure(report)]
    for aspect, findings in by_aspect(report):
        parts += [f"<h2>{text(aspect.capitalize())}</h2>", *map(_finding, findings)]
    if pairs := repeated(report):
        parts += ["<h2>One is enough</h2>", f"<ul>{''.join(f'<li>{text(line)}</li>' for line in pairs)}</ul>"]
    if report.reading.skipped:
        items = "".join(f"<li>{text(line.removeprefix('not read: '))}</li>" for line in skipped(report))
        parts += ["<h2>Not read</h2>", f"<ul>{items}</ul>"]
    return page("Which questions are worth asking?", "\n".join(parts))


def _finding(finding: Finding) -> str:
    quotes = "".join(map(_evidence, finding.proof)) or "<p>Nothing was found that answers it.</p>"
    deeper = "".join(f"<li>{text(one)}</li>" for one in finding.follow_ups)
    told = f"<p>{DEEPER.capitalize()}:</p><ul>{deeper}</ul>" if deeper else ""
    return (
        f"<details{' open' if finding.proof else ''}><summary><strong>{text(finding.question.text)}</strong>"
        f'<span class="meta"><span class="tag">{text(ADVICE[finding.verdict])}</span> '
        f"{finding.probability:.0%} public, {text(topic(finding))}</span></summary><div>{quotes}{told}</div></details>"
    )


def _evidence(evidence: Evidence) -> str:
    place = text(evidence.title or evidence.source)
    if evidence.link and evidence.link.startswith(("http://", "https://")):
        place = f'<a href="{text(evidence.link)}" rel="noreferrer noopener">{place}</a>'
    elif evidence.title:
        place = f"{place} ({text(evidence.source)})"  # a file to open, as there is no link
    below = evidence.heading if evidence.heading != evidence.title else None
    heading = f", under {text(below)}" if below else ""
    return f"<blockquote><p><mark>{text(evidence.quote)}</mark></p><cite>{place}{heading}</cite></blockquote>"
