"""Links of a page in; the addresses among them that are worth a request, in the frontier, out."""

from __future__ import annotations

from dataclasses import replace

from askworthy.company.collect.document import Link
from askworthy.company.collect.frontier import Entry, Frontier, Outcome
from askworthy.company.collect.priorities import FIRST, NEVER, priority
from askworthy.company.collect.scope import Scope
from askworthy.company.collect.settings import Settings
from askworthy.company.collect.traps import Variants, trap
from askworthy.company.collect.urls import host_of

MAX_BOARDS = 5
MAX_SITEMAPS = 100  # each is a request before the pages
MAX_HOSTS = 50  # a name server can make up any number of them
POSTING_BONUS = 2.0  # what a page of job postings links to is wanted more


class Offers:
    """Decides about every address that is met, once."""

    def __init__(self, settings: Settings, frontier: Frontier, scope: Scope) -> None:
        self._settings = settings
        self._frontier = frontier
        self._scope = scope
        self._variants = Variants()
        self._best: dict[str, float] = {}  # each known address, and its priority; NEVER for what is skipped
        self._boards = 0
        self._sitemaps = 0
        self._hosts: set[str] = set()
        for row in frontier.rows():
            self._best[row["url"]] = row["priority"]
            self._boards += row["role"] == "board"
            self._sitemaps += row["role"] == "sitemap"
            self._hosts.add(row["host"])
            if row["role"] == "page" and row["priority"] > NEVER:
                self._variants.trap(row["url"])

    def widen(self, scope: Scope) -> None:
        """Take more hosts for the company's."""
        self._scope = scope

    def links(self, parent: Entry, links: tuple[Link, ...], *, posting: bool = False) -> None:
        """Take the links of a page."""
        for link in links:
            wanted = priority(link.url, link.anchor) - 0.5 * (parent.depth + 1) + (POSTING_BONUS if posting else 0.0)
            self.page(link.url, wanted, depth=parent.depth + 1, found_on=parent.url)

    def page(self, url: str, wanted: float, *, depth: int, found_on: str | None, hops: int = 0) -> None:
        """Take one address of the site, or of a job board."""
        if wanted <= self._best.get(url, -1e9):
            return
        if self._board(url, depth, found_on):
            return
        if not self._scope.holds(url):
            self._frontier.pass_by(url, "off_site")
            return
        entry = Entry(url, host_of(url), "page", wanted, depth, hops, found_on)
        if self._best.get(url, NEVER) > NEVER:
            self._best[url] = wanted
            self._frontier.add(entry)
            return
        code = trap(url) or ("depth" if depth > self._settings.max_depth else None)
        if url in self._best:
            self._skipped(entry, code)
            return
        if self._is_one_too_many(entry.host) or not self._make_room(NEVER if code else wanted):
            self._frontier.pass_by(url, "limit")
            return
        self._hosts.add(entry.host)
        code = code or self._variants.trap(url)
        self._best[url] = NEVER if code else wanted
        if code:
            self._frontier.add(replace(entry, priority=NEVER), Outcome("skipped", code))
        else:
            self._frontier.add(entry)

    def past(self, url: str) -> None:
        """Count a link past the limit of its page, unless the address is known from another."""
        if url not in self._best and self._scope.holds(url):
            self._frontier.pass_by(url, "limit")

    def first(self, url: str, found_on: str | None = None, hops: int = 0) -> None:
        """Take the address that everything begins at, whatever it looks like."""
        if url not in self._best:
            self._best[url] = FIRST
            self._variants.trap(url)
            self._frontier.add(Entry(url, host_of(url), "page", FIRST, 0, hops, found_on))

    def sitemap(self, url: str, found_on: str | None, hops: int = 0) -> None:
        """Take a sitemap of the site; it is read before the pages."""
        if url in self._best or not self._scope.holds(url):
            return
        if self._sitemaps >= MAX_SITEMAPS or not self._make_room(FIRST):
            self._frontier.pass_by(url, "limit")
            return
        self._sitemaps += 1
        self._best[url] = FIRST
        self._frontier.add(Entry(url, host_of(url), "sitemap", FIRST - 1, 0, hops, found_on))

    def posting(self, url: str, *, depth: int, found_on: str) -> None:
        """Take a posting that its board has told: no link to it has to be followed."""
        self._best.setdefault(url, 0.0)
        self._frontier.add(Entry(url, host_of(url), "posting", 0.0, depth, 0, found_on))

    def _make_room(self, wanted: float) -> bool:
        """Whether one more address can be remembered; where all is full, for one that is wanted less."""
        if len(self._best) < self._settings.max_urls:
            return True
        forgotten = self._frontier.forget_one(wanted)
        if forgotten is None:
            return False
        if self._best.pop(forgotten, NEVER) > NEVER:
            self._variants.forget(forgotten)
        self._frontier.pass_by(forgotten, "limit")
        return True

    def _skipped(self, entry: Entry, code: str | None) -> None:
        """Take an address that was skipped and is met again, if it is nearer now, or has fewer that look alike."""
        if not (code or self._variants.trap(entry.url)):
            self._best[entry.url] = entry.priority
            self._frontier.unskip(entry.url)
            self._frontier.add(entry)

    def _is_one_too_many(self, host: str) -> bool:
        return host not in self._hosts and len(self._hosts) >= MAX_HOSTS

    def _board(self, url: str, depth: int, found_on: str | None) -> bool:
        feed = next((feed for board in self._settings.boards if (feed := board.feed(url))), None)
        if feed is None:
            return False
        if feed not in self._best:
            if self._boards >= MAX_BOARDS:
                self._frontier.pass_by(feed, "limit")
                return True
            self._boards += 1
            self._best[feed] = FIRST
            self._frontier.add(Entry(feed, host_of(feed), "board", FIRST - 2, depth, 0, found_on))
        return True
