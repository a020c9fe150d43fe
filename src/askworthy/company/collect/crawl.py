"""A frontier in; every address in it read or accounted for, as far as the limits allow, out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from askworthy.company.collect.fetch import Fetcher
from askworthy.company.collect.frontier import Frontier
from askworthy.company.collect.offers import Offers
from askworthy.company.collect.pages import Pages
from askworthy.company.collect.robots import Robots
from askworthy.company.collect.settings import Settings
from askworthy.company.collect.visit import Visitor


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a collection has come."""

    pages: int
    bytes: int
    host: str  # asked last
    waiting: int  # addresses still to read


Watch = Callable[[Progress], None]


class Crawl:
    """Goes from address to address, the most wanted first, one request at a time to each host."""

    def __init__(
        self, settings: Settings, frontier: Frontier, pages: Pages, fetcher: Fetcher, offers: Offers,
        watch: Watch | None = None,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._frontier = frontier
        self._fetcher = fetcher
        self._watch = watch
        self._visitor = Visitor(settings, frontier, pages, fetcher, Robots(fetcher), offers)

    async def run(self) -> str | None:
        """Read until nothing waits; the limit that ended it before, if one did: pages, seconds or bytes."""
        ends = time.monotonic() + self._settings.max_seconds
        busy: dict[str, asyncio.Task[None]] = {}
        try:
            while True:
                reached = self._reached(ends)
                if not reached:
                    self._start(busy)
                if not busy:
                    return reached
                done, _ = await asyncio.wait(
                    busy.values(), timeout=max(0.01, ends - time.monotonic()), return_when=asyncio.FIRST_COMPLETED
                )
                if not done and time.monotonic() >= ends:
                    return "seconds"
                for host in [host for host, task in busy.items() if task in done]:
                    busy.pop(host).result()
                    self._tell(host)
        finally:
            for task in busy.values():
                task.cancel()
            await asyncio.gather(*busy.values(), return_exceptions=True)
            await self._visitor.close()

    def _start(self, busy: dict[str, asyncio.Task[None]]) -> None:
        for host in self._frontier.hosts():
            room = self._settings.max_pages - self._visitor.pages - len(busy)
            if host not in busy and len(busy) < self._settings.hosts_at_once and room > 0:
                entry = self._frontier.next(host)
                if entry:
                    busy[host] = asyncio.create_task(self._visitor.visit(entry))

    def _reached(self, ends: float) -> str | None:
        if self._visitor.pages >= self._settings.max_pages:
            return "pages" if self._frontier.waiting() else None
        if time.monotonic() >= ends:
            return "seconds"
        return "bytes" if self._fetcher.received >= self._settings.max_bytes else None

    def _tell(self, host: str) -> None:
        if self._watch:
            self._watch(Progress(self._visitor.pages, self._fetcher.received, host, self._frontier.waiting()))
