"""A folder that was made by collecting in; its pages file, its site, and what was not read out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from askworthy.company.collect.closing import NAME as SUMMARY
from askworthy.company.collect.failures import in_words
from askworthy.company.collect.frontier import MAX_PASSED
from askworthy.company.collect.pages import NAME as PAGES
from askworthy.errors import BadCompany
from askworthy.records import Skipped

MAX_SUMMARY_BYTES = 50_000_000
MAX_PAGES_BYTES = 500_000_000
QUIET = frozenset({"read", "redirect", "duplicate", "sitemap", "board"})  # outcomes by which no text is missed
# Pictures and accounts are no pages that anybody would miss; and a sitemap that is not there is none.
QUIET_REASONS = frozenset({"bad_type", "account", "empty"})
FIRST = ("needs_browser", "failed", "too_large", "robots", "waiting")  # then what looked like a trap


@dataclass(frozen=True, slots=True)
class Collected:
    """What collect.json says."""

    site: str
    skipped: tuple[Skipped, ...]


def is_collected(root: Path) -> bool:
    """Whether a folder was made by collecting."""
    return (root / SUMMARY).is_file() and (root / PAGES).is_file()


def read_summary(root: Path) -> Collected:
    """Read collect.json.

    Raises:
        BadCompany: It is too large, or not what `collect` writes.
    """
    path = root / SUMMARY
    try:
        if path.stat().st_size > MAX_SUMMARY_BYTES:
            raise ValueError("too large")
        found = json.loads(path.read_bytes())
        site, rows, dropped = found["site"], found["urls"], found.get("dropped_links", 0)
        if not isinstance(site, str) or not isinstance(rows, list) or not isinstance(dropped, int):
            raise TypeError("fields of other types")
        skipped = list(_skipped(rows))
        if dropped:
            more = " or more" if dropped >= MAX_PASSED else ""
            skipped.insert(
                0, Skipped(site, f"{dropped:,}{more} links past the limits of this collection were not followed")
            )
        if not found["complete"] and found.get("limit_reached") != "pages":
            skipped.insert(0, Skipped(site, "the collection was stopped before its end; `askworthy collect` goes on"))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCompany(f"{path} is not what `askworthy collect` writes ({error}); collect again") from error
    return Collected(site, tuple(skipped))


def _skipped(rows: list[Mapping[str, Any]]) -> Iterator[Skipped]:
    missed = [row for row in rows if row["outcome"] not in QUIET and row["reason"] not in QUIET_REASONS]
    missed = [row for row in missed if not (row["reason"] == "http_404" and str(row["url"]).endswith("/sitemap.xml"))]
    order = {name: place for place, name in enumerate(FIRST)}
    for row in sorted(missed, key=lambda row: order.get(row["outcome"], len(FIRST))):
        yield Skipped(str(row["url"]), in_words(str(row["reason"])))
