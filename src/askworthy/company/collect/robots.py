"""An address in; whether its host's robots.txt lets it be read, and how fast, out (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askworthy.company.collect.failures import FetchFailed
from askworthy.company.collect.fetch import Fetched, Fetcher
from askworthy.company.collect.settings import AGENT
from askworthy.company.collect.urls import host_of, normal, origin_of

if TYPE_CHECKING:
    from protego import Protego

MAX_BYTES = 500 * 1024
MAX_REDIRECTS = 5
MAX_SITEMAPS = 20
MAX_CRAWL_DELAY = 86_400.0
UNREACHABLE = frozenset({"private_address", "dns", "connect", "tls"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows."""

    refused: str | None  # the reason's code, if everything is forbidden
    parsed: Protego | None = None
    sitemaps: tuple[str, ...] = ()

    def refusal(self, url: str) -> str | None:
        """The code of the reason not to read an address; None to read it."""
        if self.refused or self.parsed is None:
            return self.refused
        return None if self.parsed.can_fetch(url, AGENT) else "robots"


class Robots:
    """Reads each host's robots.txt once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._known: dict[str, Rules] = {}

    async def rules(self, url: str) -> Rules:
        """The rules for the host of a normal address; its delay is set at the gate."""
        origin = origin_of(url)
        if origin not in self._known:
            self._known[origin] = await self._read(f"{origin}/robots.txt")
        return self._known[origin]

    async def _read(self, url: str) -> Rules:
        home = host_of(url)
        try:
            answer = await self._follow(url)
        except FetchFailed as failed:
            # Where nothing can be reached, that is no fault of the file: say the true reason.
            return Rules(failed.code if failed.code in UNREACHABLE else "robots_unreachable")
        if answer.status == 429 or answer.status >= 500:
            return Rules("robots_unreachable")
        if not 200 <= answer.status < 300:
            return Rules(None)
        return self._parse(answer, home)

    async def _follow(self, url: str) -> Fetched:
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._fetcher.get(url, limit=MAX_BYTES)
            if answer.target is None:
                return answer
            url = answer.target
        return Fetched(url, 404, {}, b"")  # more redirects than that: as if there were none

    def _parse(self, answer: Fetched, host: str) -> Rules:
        from protego import Protego

        body = answer.body
        if answer.cut:  # half a rule may forbid more than the whole one, or less
            body = body[: body.rfind(b"\n") + 1]
        parsed = Protego.parse(body.decode("utf-8-sig", "replace"))
        delays = [float(parsed.crawl_delay(AGENT) or 0.0)]
        if rate := parsed.request_rate(AGENT):
            delays.append(rate.seconds / max(rate.requests, 1))
        self._fetcher.gate.slow_down(host, min(max(delays), MAX_CRAWL_DELAY))
        sitemaps = (normal(str(one), answer.url) for one in list(parsed.sitemaps)[:MAX_SITEMAPS])
        return Rules(None, parsed, tuple(one for one in sitemaps if one))
