"""Addresses in; the next one to read out, and what became of each, kept in one sqlite file."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from askworthy.errors import BadCompany

Role = Literal["page", "sitemap", "board", "posting"]
Passed = Literal["limit", "off_site"]
VERSION = "1"
MAX_PASSED = 100_000  # of each kind: from there on, nobody is helped by a number
SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS before (url TEXT PRIMARY KEY, text_hash TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passed (mark INTEGER PRIMARY KEY, why TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS urls (
  url TEXT PRIMARY KEY, host TEXT NOT NULL, role TEXT NOT NULL, priority REAL NOT NULL, depth INTEGER NOT NULL,
  hops INTEGER NOT NULL DEFAULT 0, found_on TEXT, waiting INTEGER NOT NULL,
  outcome TEXT, reason TEXT, target TEXT, status INTEGER, text_hash TEXT, line_hash TEXT, body TEXT,
  etag TEXT, modified TEXT, repaired INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS next ON urls (host, priority DESC, depth, url) WHERE waiting = 1;
CREATE INDEX IF NOT EXISTS spare ON urls (priority, depth DESC, url DESC)
  WHERE status IS NULL AND (outcome IS NULL OR outcome = 'skipped');
"""
DAMAGED = ("file is not a database", "malformed")  # in sqlite's words


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of the frontier."""

    url: str
    host: str
    role: Role
    priority: float
    depth: int  # links from the first page
    hops: int = 0  # redirects that led here without a page between
    found_on: str | None = None
    etag: str | None = None  # of the copy that is kept, to ask whether it has changed
    modified: str | None = None
    text_hash: str | None = None
    line_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an address."""

    outcome: str
    reason: str | None = None  # a code
    target: str | None = None  # of a redirect or a duplicate
    status: int | None = None
    text_hash: str | None = None
    line_hash: str | None = None
    body: str | None = None  # hash of the raw body
    etag: str | None = None
    modified: str | None = None
    repaired: int = 0


ENTRY = "url, host, role, priority, depth, hops, found_on, etag, modified, text_hash, line_hash"


class Frontier:
    """All addresses that were met. Each change is whole or not there, whenever the process dies."""

    def __init__(self, path: Path) -> None:
        """Open or make the file, and hold it alone.

        Raises:
            BadCompany: It was written by another version.
            sqlite3.DatabaseError: It cannot be used; `refused` says why.
        """
        self._base = sqlite3.connect(path, timeout=1.0, isolation_level=None, check_same_thread=False)
        self._taken: set[str] = set()  # by this run, to be read
        try:
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute("PRAGMA cache_size = -4000")
            with self.together():
                for statement in filter(str.strip, SCHEMA.split(";")):
                    self._base.execute(statement)
            if self.fact("version", VERSION) != VERSION:
                raise BadCompany(f"{path} was written by another version; collect into another folder")
            self._passed = Counter(dict(self._base.execute("SELECT why, count(*) FROM passed GROUP BY why")))
        except BaseException:
            self._base.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the changes inside all at once, or not at all."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._base.execute("COMMIT")
        except BaseException:
            if self._base.in_transaction:  # a full disk ends it by itself
                self._base.execute("ROLLBACK")
            raise

    def fact(self, name: str, default: Any = None) -> Any:
        """A fact about the collection, as it was kept."""
        row = self._base.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else default

    def keep_fact(self, name: str, value: object) -> None:
        """Keep a fact that JSON can hold."""
        self._base.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value)))

    def known(self, url: str) -> bool:
        """Whether an address was met."""
        return self._base.execute("SELECT 1 FROM urls WHERE url = ?", (url,)).fetchone() is not None

    def count(self) -> int:
        """How many addresses were met."""
        return int(self._base.execute("SELECT count(*) FROM urls").fetchone()[0])

    def waits(self, url: str) -> bool:
        """Whether an address is still to be read."""
        return self._base.execute("SELECT 1 FROM urls WHERE url = ? AND waiting = 1", (url,)).fetchone() is not None

    def waiting(self) -> int:
        """How many addresses are still to be read."""
        return int(self._base.execute("SELECT count(*) FROM urls WHERE waiting = 1").fetchone()[0])

    def add(self, entry: Entry, settled: Outcome | None = None) -> None:
        """Add an address, to be read or settled already.

        What became of a known one stays; if it waits, it waits with the better priority. One that a board tells of
        is the board's from then on: the page behind a link to it is not asked for.
        """
        if settled and self.known(entry.url):
            return
        self._remember(entry.url)
        values = (entry.url, entry.host, entry.role, entry.priority, entry.depth, entry.hops, entry.found_on)
        self._base.execute(
            "INSERT INTO urls (url, host, role, priority, depth, hops, found_on, waiting)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (url) DO UPDATE SET priority = max(priority, excluded.priority),"
            " depth = min(depth, excluded.depth) WHERE waiting = 1",
            (*values, settled is None),
        )
        if entry.role == "posting":
            self._base.execute(
                "UPDATE urls SET role = ?, found_on = ? WHERE url = ?", (entry.role, entry.found_on, entry.url)
            )
        if settled:
            self.settle(entry.url, settled)

    def settle(self, url: str, outcome: Outcome) -> None:
        """Say what became of an address; it waits no longer."""
        self._base.execute(
            "UPDATE urls SET waiting = 0, outcome = ?, reason = ?, target = ?, status = ?, text_hash = ?,"
            " line_hash = ?, body = ?, etag = ?, modified = ?, repaired = ? WHERE url = ?",
            (
                outcome.outcome, outcome.reason, outcome.target, outcome.status, outcome.text_hash, outcome.line_hash,
                outcome.body, outcome.etag, outcome.modified, outcome.repaired, url,
            ),
        )  # fmt: skip

    def confirm(self, url: str, line_hash: str, *, reason: str | None = None) -> None:
        """Keep what is known of a page that has not changed, or that cannot be reached just now for that reason."""
        self._base.execute(
            "UPDATE urls SET waiting = 0, outcome = 'read', reason = ?, line_hash = ? WHERE url = ?",
            (reason, line_hash, url),
        )

    def wait_again(self, urls: Iterable[str]) -> None:
        """Have addresses read once more, whatever became of them."""
        self._base.executemany(
            "UPDATE urls SET waiting = 1, etag = NULL, modified = NULL, line_hash = NULL WHERE url = ?",
            ((url,) for url in urls),
        )

    def hosts(self) -> list[str]:
        """The hosts with addresses to read, the one with the most wanted first."""
        rows = self._base.execute(
            "SELECT host, max(priority) AS best FROM urls WHERE waiting = 1 GROUP BY host ORDER BY best DESC, host"
        )
        return [row[0] for row in rows]

    def next(self, host: str) -> Entry | None:
        """The most wanted address of a host; it waits until it is settled."""
        row = self._base.execute(
            f"SELECT {ENTRY} FROM urls WHERE waiting = 1 AND host = ? ORDER BY priority DESC, depth, url LIMIT 1",
            (host,),
        ).fetchone()
        if row is None:
            return None
        self._taken.add(row[0])
        return Entry(*row)

    def forget_one(self, below: float) -> str | None:
        """Forget the least wanted page of those below a priority that no server was asked for; which one it was."""
        rows = self._base.execute(
            "SELECT url FROM urls WHERE status IS NULL AND (outcome IS NULL OR outcome = 'skipped') AND priority < ?"
            " AND role = 'page' ORDER BY priority, depth DESC, url DESC",
            (below,),
        )
        least = next((url for (url,) in rows if url not in self._taken), None)
        self._base.execute("DELETE FROM urls WHERE url = ?", (least,))
        return least

    def unskip(self, url: str) -> None:
        """Forget that an address was skipped for its looks, so that it can be added again."""
        self._base.execute(
            "DELETE FROM urls WHERE url = ? AND outcome = 'skipped' AND status IS NULL AND waiting = 0", (url,)
        )

    def pass_by(self, url: str, why: Passed) -> None:
        """Count an address that is not remembered: once, on however many pages and in however many runs it is met."""
        if self._passed[why] < MAX_PASSED:
            values = (_mark(url), why)
            self._passed[why] += self._base.execute("INSERT OR IGNORE INTO passed VALUES (?, ?)", values).rowcount

    def passed(self, why: Passed) -> int:
        """How many addresses were passed by; none is counted past `MAX_PASSED`."""
        return self._passed[why]

    def _remember(self, url: str) -> None:
        """Take an address that was passed by, and is not any more, out of the count."""
        row = self._base.execute("SELECT why FROM passed WHERE mark = ?", (_mark(url),)).fetchone()
        if row:
            self._base.execute("DELETE FROM passed WHERE mark = ?", (_mark(url),))
            self._passed[row[0]] -= 1

    def start_refresh(self) -> None:
        """Have everything that a server was asked for asked for again, and remember what the pages were."""
        with self.together():
            self._base.execute("DELETE FROM before")
            self._base.execute("INSERT INTO before SELECT url, text_hash FROM urls WHERE outcome = 'read'")
            self._base.execute(
                "UPDATE urls SET waiting = 1, hops = 0"
                " WHERE role != 'posting' AND (outcome IS NULL OR outcome != 'skipped' OR status IS NOT NULL)"
            )
            # A duplicate's own copy is not kept: "unchanged" would leave nothing.
            self._base.execute("UPDATE urls SET etag = NULL, modified = NULL WHERE line_hash IS NULL")
            self.keep_fact("refreshing", True)

    def before(self) -> dict[str, str]:
        """The pages before the last refresh, and the hash of their text."""
        return dict(self._base.execute("SELECT url, text_hash FROM before"))

    def rows(self, where: str = "1") -> Iterator[dict[str, Any]]:
        """Whole rows in the order of their addresses; `where` is never made from input."""
        cursor = self._base.execute(f"SELECT * FROM urls WHERE {where} ORDER BY url")
        names = [one[0] for one in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _mark(url: str) -> int:
    # 8 bytes in place of up to 2,000: a site may name millions of addresses.
    return int.from_bytes(hashlib.blake2b(url.encode(), digest_size=8).digest(), "big", signed=True)


def refused(path: Path, error: sqlite3.DatabaseError) -> BadCompany:
    """Why the file of a frontier cannot be used, in one line."""
    if "locked" in str(error):
        return BadCompany(f"{path.parent.parent} is being collected by another run; wait for it")
    if any(words in str(error) for words in DAMAGED):
        return BadCompany(f"{path} is damaged ({error}); delete the folder and collect again")
    return BadCompany(f"cannot write {path}: {error}; make room there, or name a folder that you can write to")
