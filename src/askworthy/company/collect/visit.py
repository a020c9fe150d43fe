"""One address of the frontier in; what became of it, and the links it gave, in the frontier out."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from askworthy.company.blocks import tidy
from askworthy.company.collect.boards import Posting, read_postings
from askworthy.company.collect.document import Document, is_document, is_readable, read_document
from askworthy.company.collect.failures import FetchFailed
from askworthy.company.collect.fetch import MAX_HOPS, Fetched, Fetcher
from askworthy.company.collect.frontier import Entry, Frontier, Outcome
from askworthy.company.collect.offers import Offers
from askworthy.company.collect.pages import Pages
from askworthy.company.collect.priorities import kind_of, priority
from askworthy.company.collect.robots import Robots, Rules
from askworthy.company.collect.scope import Scope, site_of
from askworthy.company.collect.settings import Settings
from askworthy.company.collect.sitemaps import read_sitemap
from askworthy.company.collect.urls import normal, origin_of
from askworthy.company.extract.html import read_markup
from askworthy.errors import PageUnreadable
from askworthy.records import Page

if TYPE_CHECKING:
    from askworthy.company.collect.browser import Browser

MAX_POSTINGS = 500  # of one board
GONE = frozenset({"http_404", "http_410", "robots", "off_site", "private_address"})


class Visitor:
    """Reads addresses. Whatever comes of one is kept in one transaction, after its text is on disk."""

    def __init__(
        self, settings: Settings, frontier: Frontier, pages: Pages, fetcher: Fetcher, robots: Robots, offers: Offers
    ) -> None:
        self._settings = settings
        self._frontier = frontier
        self._pages = pages
        self._fetcher = fetcher
        self._robots = robots
        self._offers = offers
        self._browser: Browser | None = None
        # Not the loop's own threads, which look names up: all of them could wait for one another in pdfium.
        self._reader = ThreadPoolExecutor(1)
        self._texts = {row["text_hash"] for row in frontier.rows("outcome = 'read' AND waiting = 0")}
        self._met: set[str] = set()  # origins whose sitemaps are in the frontier

    @property
    def pages(self) -> int:
        """How many pages with different text are read."""
        return len(self._texts)

    async def close(self) -> None:
        """Close the browser, if one was needed, and read no document any more."""
        self._reader.shutdown(cancel_futures=True)
        if self._browser:
            await self._browser.close()

    async def visit(self, entry: Entry) -> None:
        """Read one address, or account for it."""
        try:
            rules = await self._robots.rules(entry.url)
            self._meet(entry, rules)
            if code := rules.refusal(entry.url):
                self._fail(entry, code, outcome="robots" if code.startswith("robots") else "failed")
                return
            answer = await self._ask(entry)
            if 300 <= answer.status < 400 and answer.status != 304:
                self._redirect(entry, answer)
            elif answer.status == 304 and entry.line_hash:
                self._unchanged(entry)
            elif not 200 <= answer.status < 300:
                self._fail(entry, f"http_{answer.status}", status=answer.status)
            elif entry.role == "sitemap":
                self._sitemap(entry, answer)
            elif entry.role == "board":
                self._board(entry, answer)
            elif answer.cut:
                self._fail(entry, "too_large", outcome="too_large", status=answer.status)
            else:
                await self._page(entry, answer)
        except FetchFailed as failed:
            self._fail(entry, failed.code, outcome="too_large" if failed.code == "too_large" else "failed")

    async def _ask(self, entry: Entry) -> Fetched:
        headers = {}
        if entry.role == "page" and entry.line_hash and self._pages.holds(entry.url, entry.line_hash):
            headers = {"If-None-Match": entry.etag or "", "If-Modified-Since": entry.modified or ""}
        limit = 50_000_000 if entry.role != "page" else None
        return await self._fetcher.get(
            entry.url, headers={name: value for name, value in headers.items() if value}, limit=limit
        )

    def _meet(self, entry: Entry, rules: Rules) -> None:
        """Take the sitemaps of a host that is met for the first time."""
        origin = origin_of(entry.url)
        if entry.role == "page" and origin not in self._met:
            self._met.add(origin)
            with self._frontier.together():
                for url in rules.sitemaps or (f"{origin}/sitemap.xml",):
                    self._offers.sitemap(url, f"{origin}/robots.txt")

    def _fail(self, entry: Entry, code: str, *, outcome: str = "failed", status: int | None = None) -> None:
        with self._frontier.together():
            if entry.line_hash and entry.role == "page" and code not in GONE:
                self._frontier.confirm(entry.url, entry.line_hash, reason=code)  # it was there, and may be again
                self._texts.add(entry.text_hash)
            else:
                self._settle(entry, Outcome(outcome, code, status=status))

    def _settle(self, entry: Entry, outcome: Outcome) -> None:
        # Its board may have told the posting while the page was asked for: then it waits no longer, and that stays.
        if self._frontier.waits(entry.url):
            self._frontier.settle(entry.url, outcome)

    def _redirect(self, entry: Entry, answer: Fetched) -> None:
        target = answer.target
        if target is None:
            return self._fail(entry, "bad_address", status=answer.status)
        if entry.hops >= MAX_HOPS or target == entry.url:
            return self._fail(entry, "redirect_loop", status=answer.status)
        with self._frontier.together():
            code = self._follow(entry, target)
            outcome = (
                Outcome("failed", code, target, answer.status)
                if code
                else Outcome("redirect", None, target, answer.status)
            )
            self._settle(entry, outcome)
        return None

    def _follow(self, entry: Entry, target: str) -> str | None:
        """Put a redirect's target in the frontier; the code of the reason if it is not followed."""
        if entry.role == "board":
            if site_of(target) != site_of(entry.url) or self._frontier.known(target):
                return "off_site"
            self._frontier.add(
                Entry(target, target.split("/", 3)[2], "board", entry.priority, entry.depth, entry.hops + 1, entry.url)
            )
            return None
        starts: list[str] = self._frontier.fact("starts", [])
        scope = Scope(tuple(starts), self._settings.hosts)
        if entry.role == "page" and entry.depth == 0 and not scope.holds(target):
            # The company has moved: its new address is where it is now.
            self._frontier.keep_fact("starts", [*starts, target])
            self._offers.widen(Scope((*starts, target), self._settings.hosts))
        elif not scope.holds(target):
            return "off_site"
        if entry.role == "sitemap":
            self._offers.sitemap(target, entry.url, entry.hops + 1)
        elif entry.depth == 0 and entry.found_on is None:
            self._offers.first(target, None, entry.hops + 1)
        else:
            self._offers.page(target, entry.priority, depth=entry.depth, found_on=entry.url, hops=entry.hops + 1)
        return None

    def _unchanged(self, entry: Entry) -> None:
        record = self._pages.record(entry.url, entry.line_hash or "")
        if record is None:
            with self._frontier.together():
                self._frontier.wait_again([entry.url])
            return
        line_hash = self._pages.append({**record, "fetched_at": _now()})
        self._texts.add(entry.text_hash)
        with self._frontier.together():
            self._frontier.confirm(entry.url, line_hash)

    def _sitemap(self, entry: Entry, answer: Fetched) -> None:
        found = read_sitemap(answer.body, entry.url)
        with self._frontier.together():
            # The most wanted first: there may not be room for all.
            for url in sorted(found.pages, key=priority, reverse=True):
                self._offers.page(url, priority(url) - 0.5, depth=1, found_on=entry.url)
            if entry.depth < 3:
                for url in sorted(found.sitemaps, key=priority, reverse=True):
                    self._offers.sitemap(url, entry.url)
            self._frontier.settle(entry.url, Outcome("sitemap", status=answer.status))

    def _board(self, entry: Entry, answer: Fetched) -> None:
        board = next((one for one in self._settings.boards if one.owns(entry.url)), None)
        try:
            postings = read_postings(board, answer.body) if board else []
        except ValueError:
            return self._fail(entry, "damaged", status=answer.status)
        settled: dict[str, Outcome] = {}
        for posting in postings[:MAX_POSTINGS]:
            url = normal(posting.url)
            page = _posting_page(posting)
            if url and page and page.blocks:
                document = Document(page, "posting", published=posting.published, modified=posting.modified)
                settled[url] = self._keep(url, answer, document, posting.markup.encode("utf-8", "replace"))
        with self._frontier.together():
            for row in list(self._frontier.rows("role = 'posting'")):
                if row["found_on"] == entry.url and row["url"] not in settled:
                    self._frontier.settle(row["url"], Outcome("failed", "gone"))
            for url, outcome in settled.items():
                self._offers.posting(url, depth=entry.depth + 1, found_on=entry.url)
                self._frontier.settle(url, outcome)  # whatever became of a link to it
            for url in filter(None, (normal(posting.url) for posting in postings[MAX_POSTINGS:])):
                self._frontier.pass_by(url, "limit")
            self._frontier.settle(entry.url, Outcome("board", status=answer.status))
        return None

    async def _page(self, entry: Entry, answer: Fetched) -> None:
        if not is_readable(answer):
            code = "document" if is_document(answer) else "bad_type"
            return self._fail(entry, code, outcome="skipped", status=answer.status)
        read = partial(read_document, answer, max_links=self._settings.max_links)
        # A PDF may take seconds, in which other hosts should not have to wait.
        in_thread = asyncio.get_running_loop().run_in_executor
        document = read() if "html" in answer.content_type else await in_thread(self._reader, read)
        if document.needs_browser and self._settings.browser:
            answer = await self._render(answer)
            shown = read_document(answer, max_links=self._settings.max_links)
            document = replace(shown, needs_browser=not shown.page.blocks)  # a short page is a page
        if document.needs_browser:
            outcome = Outcome("needs_browser", "needs_browser", status=answer.status)
        elif not document.page.blocks:
            outcome = Outcome("skipped", "empty", status=answer.status)
        else:
            outcome = self._keep(entry.url, answer, document, answer.body)
        with self._frontier.together():
            if (
                outcome.outcome != "read"
                or outcome.text_hash not in self._texts
                or len(document.page.text.split()) < 50
            ):
                # The links of a copy are not followed: that is how relative links make a space without end.
                self._offers.links(entry, document.links, posting=document.kind == "posting")
                for url in document.past_links:
                    self._offers.past(url)
            if document.canonical and document.canonical != entry.url and entry.hops == 0:
                self._offers.page(
                    document.canonical, entry.priority, depth=entry.depth, found_on=entry.url, hops=entry.hops + 1
                )
            self._settle(entry, outcome)
        if outcome.text_hash:
            self._texts.add(outcome.text_hash)
        return None

    async def _render(self, answer: Fetched) -> Fetched:
        from askworthy.company.collect.browser import Browser

        if self._browser is None:
            self._browser = await Browser.start(self._settings, self._fetcher, self._robots)
        return await self._browser.render(answer)

    def _keep(self, url: str, answer: Fetched, document: Document, body: bytes) -> Outcome:
        """Write a page's text and body to disk; the outcome names them."""
        name = self._pages.keep_body(body)
        line_hash = self._pages.append(_record(url, answer, document, name))
        return Outcome(
            "read",
            target=document.canonical if document.canonical != url else None,
            status=answer.status,
            text_hash=_text_hash(document.page.text),
            line_hash=line_hash,
            body=name,
            etag=answer.headers.get("etag", "")[:500] or None,
            modified=answer.headers.get("last-modified", "")[:100] or None,
            repaired=document.repaired,
        )


def _record(url: str, answer: Fetched, document: Document, body: str) -> dict[str, Any]:
    page: Page = document.page
    record: dict[str, Any] = {
        "url": url,
        "final_url": answer.url,
        "status": answer.status,
        "fetched_at": _now(),
        "content_hash": body,
        "title": page.title,
        "kind": document.kind or kind_of(url),
        "language": document.language,
        "published": document.published,
        "modified": document.modified,
        "text": page.text,
        "blocks": [[one.start, one.end, one.kind, one.level] for one in page.blocks],
    }
    if document.skipped:
        record["skipped"] = [[one.source, one.reason] for one in document.skipped]
    return record


def _posting_page(posting: Posting) -> Page | None:
    try:
        return read_markup(posting.markup, posting.url, title=posting.title, url=posting.url)
    except PageUnreadable:
        return None


def _text_hash(text: str) -> str:
    return hashlib.sha256(tidy(text).casefold().encode("utf-8", "replace")).hexdigest()[:32]


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
