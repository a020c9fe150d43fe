"""The address of a company's site and a folder in; the folder filled with its public text out."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import threading
from collections.abc import Coroutine, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from askworthy.company.collect.addresses import Guard, Resolve, system_addresses
from askworthy.company.collect.closing import NAME, Collection, close_up, write_summary
from askworthy.company.collect.crawl import Crawl, Watch
from askworthy.company.collect.fetch import Fetcher
from askworthy.company.collect.frontier import Frontier, Outcome, refused
from askworthy.company.collect.offers import Offers
from askworthy.company.collect.pages import BODIES, Pages
from askworthy.company.collect.pages import NAME as PAGES
from askworthy.company.collect.scope import Scope
from askworthy.company.collect.settings import Settings
from askworthy.company.collect.urls import normal
from askworthy.errors import BadCompany

STATE = ".collect"
FRONTIER = "frontier.sqlite"


def collect(
    url: str,
    folder: str | Path,
    *,
    settings: Settings | None = None,
    refresh: bool = False,
    watch: Watch | None = None,
    resolve: Resolve = system_addresses,
) -> Collection:
    """Collect a company's public pages into a folder, or go on where an earlier run was stopped.

    Args:
        url: Of the company's site; https is meant where no scheme is given.
        folder: Made if it is not there. One that holds a collection of the same site is gone on with.
        settings: The limits; the defaults if none are given.
        refresh: Ask again for every page that is there, and say which changed.
        watch: Told how far it has come, after each address.
        resolve: Turns names into addresses, instead of the system.

    Returns:
        What came of it. `Company.open(folder)` reads the pages.

    Raises:
        BadCompany: The address is none, the folder cannot be used, or nothing at all could be read.
    """
    start = normal(url if "://" in url else f"https://{url}")
    if start is None:
        raise BadCompany(f"{url} is not a web address; give one like https://www.example.com")
    settings = settings or Settings()
    folder = Path(folder)
    with _told(folder), closing(_open(folder, start, refresh=refresh)) as frontier, closing(Pages(folder)) as pages:
        _reconcile(frontier, pages, browser=settings.browser)
        frontier.keep_fact("max_pages", settings.max_pages)
        frontier.keep_fact("browser", settings.browser)
        write_summary(folder, frontier)
        reached = None
        try:
            reached = _to_the_end(_crawl(settings, frontier, pages, resolve, watch))
        finally:
            found = close_up(folder, frontier, pages, reached=reached)
    if not found.pages:
        raise BadCompany(
            f"no page could be read at {start} ({_why(folder, start)}); {folder / NAME} says what was tried"
        )
    return found


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say in one line why a folder cannot be used, or not any more."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise refused(folder / STATE / FRONTIER, error) from error
    except OSError as error:
        if not _is_of(folder, error):
            raise
        reason = (error.strerror or str(error)).lower()
        raise BadCompany(f"cannot write {error.filename or folder}: {reason}; name another folder") from error


def _is_of(folder: Path, error: OSError) -> bool:
    """Whether it is about what is kept, and not about the network, a browser, or whoever watches."""
    if isinstance(error.filename, (str, os.PathLike)):
        return Path(error.filename).is_relative_to(folder)
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)


def _open(folder: Path, start: str, *, refresh: bool) -> Frontier:
    state = folder / STATE
    if folder.exists() and not folder.is_dir():
        raise BadCompany(f"{folder} is a file; name a folder to collect into")
    if folder.is_dir() and not state.is_dir() and any(folder.iterdir()):
        raise BadCompany(f"{folder} holds other files; name a new folder, or one that `askworthy collect` made")
    for path in (folder / name for name in (STATE, f"{STATE}/{FRONTIER}", PAGES, BODIES)):
        # What a folder that came from elsewhere links to would be overwritten, or deleted.
        if path.is_symlink():
            raise BadCompany(f"{path} is a link, which is not followed; remove it, or name another folder")
    state.mkdir(parents=True, exist_ok=True)
    frontier = Frontier(state / FRONTIER)
    try:
        first = frontier.fact("first")
        if first is None:
            with frontier.together():
                frontier.keep_fact("version", "1")
                frontier.keep_fact("first", start)
                frontier.keep_fact("starts", [start])
        elif first != start:
            raise BadCompany(f"{folder} holds a collection of {first}; name another folder for {start}")
        if refresh and first is not None and not frontier.fact("refreshing", False):
            frontier.start_refresh()
    except BaseException:
        frontier.close()
        raise
    return frontier


def _reconcile(frontier: Frontier, pages: Pages, *, browser: bool) -> None:
    """Have read again whatever the frontier takes for read and the disk does not hold, as after a power cut, and
    what can be read only now that there is a browser."""
    lost = [
        row["url"]
        for row in frontier.rows("line_hash IS NOT NULL AND role = 'page'")
        if not pages.holds(row["url"], row["line_hash"])
    ]
    # A posting has no page that is asked for: its board is, until it answers.
    postings = [
        row
        for row in frontier.rows("role = 'posting' AND (line_hash IS NOT NULL OR reason = 'lost')")
        if not pages.holds(row["url"], row["line_hash"])
    ]
    lost += {row["found_on"] for row in postings}
    if browser:
        lost += [row["url"] for row in frontier.rows("outcome = 'needs_browser'")]
    if not any(True for _ in frontier.rows("outcome = 'read'")):
        # Nothing was read at all: what was in the way then may not be now.
        lost += [row["url"] for row in frontier.rows("outcome IN ('failed', 'robots')")]
    with frontier.together():
        for row in postings:
            frontier.settle(row["url"], Outcome("failed", "lost"))
        frontier.wait_again(lost)


async def _crawl(
    settings: Settings, frontier: Frontier, pages: Pages, resolve: Resolve, watch: Watch | None
) -> str | None:
    scope = Scope(tuple(frontier.fact("starts")), settings.hosts)
    offers = Offers(settings, frontier, scope)
    with frontier.together():
        offers.first(frontier.fact("first"))
    fetcher = Fetcher(settings, Guard(allow_private=settings.allow_private, resolve=resolve))
    try:
        return await Crawl(settings, frontier, pages, fetcher, offers, watch).run()
    finally:
        await fetcher.close()


def _to_the_end(work: Coroutine[Any, Any, str | None]) -> str | None:
    """Run a coroutine, also where a loop runs already, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    result: list[str | None] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            result.append(asyncio.run(work))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return result[0]


def _why(folder: Path, start: str) -> str:
    import json

    from askworthy.company.collect.failures import in_words

    rows = {row["url"]: row for row in json.loads((folder / NAME).read_bytes())["urls"]}
    url: str | None = start
    while row := rows.pop(url, None):  # each once, as redirects may go round in a circle
        if row["reason"]:
            return in_words(row["reason"]) + ("" if url == start else f": {url}")
        url = row.get("target")
    return f"nothing that {urlsplit(start).hostname} serves has text"
