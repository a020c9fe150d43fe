"""A report in; its findings grouped the way people read them out."""

from __future__ import annotations

from collections.abc import Iterator

from askworthy.aspects.taxonomy import TOPICS
from askworthy.records import Finding, Report, Verdict

VERDICTS: tuple[Verdict, ...] = ("published", "partly", "open")


def by_aspect(report: Report) -> Iterator[tuple[str, list[Finding]]]:
    """Each aspect that occurs with its findings, in the order of the questions; known aspects first."""
    found: dict[str, list[Finding]] = {aspect: [] for aspect in TOPICS}
    for finding in report.findings:
        found.setdefault(finding.aspect, []).append(finding)
    yield from ((aspect, some) for aspect, some in found.items() if some)


def counts(report: Report) -> dict[Verdict, int]:
    """How many findings have each verdict."""
    return {verdict: sum(one.verdict == verdict for one in report.findings) for verdict in VERDICTS}
