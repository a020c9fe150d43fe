"""A frontier whose addresses are read in; duplicates folded, pages.jsonl in order and collect.json out."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from askworthy.company.collect.frontier import Frontier, Outcome
from askworthy.company.collect.pages import Pages
from askworthy.files import atomic_file

NAME = "collect.json"
VERSION = 1
SAME_LINES = 0.9  # share of two pages' lines, from which one that names the other as its own address is a copy


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh found; addresses in order."""

    appeared: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """What came of a collection."""

    folder: Path
    site: str
    pages: int
    counts: dict[str, int]  # addresses by outcome
    complete: bool  # nothing waits
    reached: str | None  # the limit that ended it: pages, seconds or bytes
    changes: Changes | None  # of a refresh


def close_up(folder: Path, frontier: Frontier, pages: Pages, *, reached: str | None) -> Collection:
    """Bring a folder in order after a run, finished or not. Done twice, it changes nothing the second time."""
    _fold(frontier, pages)
    kept = list(frontier.rows("line_hash IS NOT NULL"))
    pages.rewrite((row["url"], row["line_hash"]) for row in kept)
    pages.drop_bodies({row["body"] for row in kept if row["body"]})
    complete = frontier.waiting() == 0
    changes = _changes(frontier) if frontier.fact("refreshing", False) or frontier.fact("refreshed", False) else None
    if (complete or reached == "pages") and frontier.fact("refreshing", False):
        with frontier.together():
            frontier.keep_fact("refreshing", False)
            frontier.keep_fact("refreshed", True)
    write_summary(folder, frontier, changes=changes, reached=reached)
    read = sum(1 for _ in frontier.rows("outcome = 'read' AND line_hash IS NOT NULL"))
    return Collection(folder, _site(frontier), read, _counts(frontier), complete, reached, changes)


def write_summary(
    folder: Path, frontier: Frontier, *, changes: Changes | None = None, reached: str | None = None
) -> None:
    """Write collect.json: every address that was met, and what became of it."""
    summary = {
        "version": VERSION,
        "site": _site(frontier),
        "starts": frontier.fact("starts", []),
        "complete": frontier.waiting() == 0,
        "limit_reached": reached,
        "max_pages": frontier.fact("max_pages"),
        "browser": frontier.fact("browser"),
        "written_at": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "counts": _counts(frontier),
        "repaired_json_ld": sum(row["repaired"] or 0 for row in frontier.rows("repaired > 0")),
        "off_site_links": frontier.passed("off_site"),
        "dropped_links": frontier.passed("limit"),
        "changes": None
        if changes is None
        else {"appeared": changes.appeared, "changed": changes.changed, "went": changes.went},
    }
    with atomic_file(folder / NAME) as out:
        # One address a line, so that two summaries can be compared by eye.
        head = json.dumps(summary, indent=1, ensure_ascii=False).removesuffix("\n}")
        out.write(f'{head},\n "urls": ['.encode())
        for number, row in enumerate(frontier.rows()):
            line = json.dumps(_told(row), ensure_ascii=False)
            out.write(f"{',' if number else ''}\n  {line}".encode())
        out.write(b"\n ]\n}\n")


def _told(row: dict[str, Any]) -> dict[str, Any]:
    waits = bool(row["waiting"])
    told = {
        "url": row["url"],
        "outcome": "waiting" if waits else row["outcome"],
        "reason": "limit" if waits else row["reason"],
    }
    more = {name: row[name] for name in ("target", "status", "found_on")}
    return told | {name: value for name, value in more.items() if value is not None}


def _counts(frontier: Frontier) -> dict[str, int]:
    counted = Counter("waiting" if row["waiting"] else row["outcome"] for row in frontier.rows())
    return dict(sorted(counted.items()))


def _site(frontier: Frontier) -> str:
    starts = frontier.fact("starts", [])
    return urlsplit(starts[-1]).netloc if starts else ""


def _fold(frontier: Frontier, pages: Pages) -> None:
    """Keep one page of those that say the same, and name redirects that lead round in a circle."""
    copies = _copies(frontier, pages)
    loops = list(_loops(frontier))
    with frontier.together():
        for row in list(frontier.rows("outcome = 'read' AND line_hash IS NOT NULL")):
            if original := copies.get(row["url"]):
                frontier.settle(
                    row["url"],
                    Outcome(
                        "duplicate", "duplicate", original, row["status"], row["text_hash"], repaired=row["repaired"]
                    ),
                )
                if row["waiting"]:
                    frontier.wait_again([row["url"]])
        for row in loops:
            frontier.settle(row["url"], Outcome("failed", "redirect_loop", row["target"], row["status"]))


def _copies(frontier: Frontier, pages: Pages) -> dict[str, str]:
    """Each copy and its original."""
    read = {row["url"]: row for row in frontier.rows("outcome = 'read' AND line_hash IS NOT NULL")}
    named = Counter(row["target"] for row in read.values() if row["target"])

    def rank(url: str) -> tuple[int, int, str]:
        return (-named[url], len(url), url)

    groups: dict[str, list[str]] = {}
    for url, row in read.items():
        groups.setdefault(row["text_hash"], []).append(url)
    originals: dict[str, str] = {}
    for urls in groups.values():
        originals |= dict.fromkeys(urls, min(urls, key=rank))
    copies = {url: best for url, best in originals.items() if url != best}
    # The best comes last, so that it is the one that stays where pages name each other in a circle.
    for url in sorted(read.keys() - copies.keys(), key=rank, reverse=True):
        target = originals.get(read[url]["target"])
        if target and _end(copies, target) != url and _alike(pages, read[url], read[target]):
            copies[url] = target
    return copies


def _end(copies: Mapping[str, str], url: str) -> str:
    while url in copies:
        url = copies[url]
    return url


def _alike(pages: Pages, one: dict[str, Any], other: dict[str, Any]) -> bool:
    texts = [pages.record(row["url"], row["line_hash"]) for row in (one, other)]
    lines = [set(text["text"].split("\n")) if text else set() for text in texts]
    return len(lines[0] & lines[1]) >= SAME_LINES * max(1, len(lines[0] | lines[1]))


def _loops(frontier: Frontier) -> Iterator[dict[str, Any]]:
    redirects = {row["url"]: row for row in frontier.rows("outcome = 'redirect'")}
    for url, row in redirects.items():
        seen, at = {url}, row["target"]
        while at in redirects and at not in seen:
            seen.add(at)
            at = redirects[at]["target"]
        if at in redirects:
            yield row


def _changes(frontier: Frontier) -> Changes:
    before = frontier.before()
    now = {row["url"]: row["text_hash"] for row in frontier.rows("outcome = 'read' AND line_hash IS NOT NULL")}
    return Changes(
        appeared=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(sorted(url for url in now.keys() & before.keys() if now[url] != before[url])),
        went=tuple(sorted(before.keys() - now.keys())),
    )
