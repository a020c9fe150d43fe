"""An address in; its status, headers and bounded body out, or the reason why not."""

from __future__ import annotations

import asyncio
import email.utils
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from askworthy.company.collect.addresses import Guard
from askworthy.company.collect.decompress import CODINGS, decoder
from askworthy.company.collect.failures import FetchFailed
from askworthy.company.collect.gate import Gate
from askworthy.company.collect.settings import Settings
from askworthy.company.collect.transport import CheckedTransport
from askworthy.company.collect.urls import host_of, normal

if TYPE_CHECKING:
    import httpx

TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
MAX_HOPS = 10  # redirects in a row
ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.8,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer of a server."""

    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)  # names in lower case
    body: bytes = field(repr=False)
    cut: bool = False  # the body went on past its limit

    @property
    def content_type(self) -> str:
        """The media type alone, in lower case; empty if none is given."""
        last = self.headers.get("content-type", "").rpartition(",")[2]  # of two headers, as browsers do
        return last.partition(";")[0].strip().lower()

    @property
    def target(self) -> str | None:
        """The normal address that a redirect leads to; None if it leads nowhere, or is none."""
        is_redirect = 300 <= self.status < 400 and self.status != 304
        return normal(self.headers.get("location", ""), self.url) if is_redirect else None

    @property
    def charset(self) -> str:
        """The charset that the server names; empty if it names none."""
        _, _, after = self.headers.get("content-type", "").lower().partition("charset=")
        return after.partition(";")[0].strip(" \"'")


class Fetcher:
    """Fetches politely: one request at a time to a host, with its delay, and again where that may help."""

    def __init__(self, settings: Settings, guard: Guard) -> None:
        self.gate = Gate(settings.delay)
        self.received = 0  # bytes of bodies, unpacked
        self._settings = settings
        self._transport = CheckedTransport(guard)
        self._headers = {"User-Agent": settings.user_agent, "Accept": ACCEPT, "Accept-Encoding": CODINGS}

    async def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, limit: int | None = None, tries: int | None = None
    ) -> Fetched:
        """Fetch one address; redirects are answers like any other.

        Args:
            url: Normalised, http or https.
            headers: Sent beside the usual ones.
            limit: Bytes of the body to read; what goes on past them is cut off.
            tries: Of which all but the last may fail; the settings' if not given.

        Raises:
            FetchFailed: No answer came, or none that can be read.
        """
        tries = tries or self._settings.tries
        for attempt in range(1, tries + 1):
            try:
                answer = await self._once(url, headers or {}, limit or self._settings.max_body)
                if answer.status not in TRY_AGAIN or attempt == tries:
                    return answer
                wait = retry_after(answer.headers.get("retry-after", ""))
            except FetchFailed as failed:
                if not failed.again or attempt == tries:
                    raise
                wait = None
            wait = self._settings.backoff * 2 ** (attempt - 1) if wait is None else wait
            if wait > self._settings.longest_wait:
                raise FetchFailed("retry_after", f"the server asks to wait for {wait:.0f} seconds")
            self.gate.hold(host_of(url), wait)
        raise AssertionError("the last try returns or raises")

    async def close(self) -> None:
        """Close every connection."""
        await self._transport.close()

    async def _once(self, url: str, headers: Mapping[str, str], limit: int) -> Fetched:
        import httpx

        async with self.gate.turn(host_of(url)) as answered:
            try:
                # One limit for everything: a server that drips a byte a second keeps every single read in time.
                async with asyncio.timeout(self._settings.timeout):
                    request = httpx.Request("GET", url, headers={**self._headers, **headers})
                    response = await self._transport.send(request)
                    answered()
                    try:
                        return await self._read(url, response, limit)
                    finally:
                        await response.aclose()
            except (TimeoutError, httpx.TimeoutException) as error:
                raise FetchFailed("timeout", "no full answer in time", again=True) from error
            except (httpx.ConnectError, httpx.ReadError, httpx.WriteError) as error:
                code = "tls" if "ssl" in str(error).lower() or "certificate" in str(error).lower() else "connect"
                raise FetchFailed(code, f"no connection ({type(error).__name__})", again=code == "connect") from error
            except httpx.RemoteProtocolError as error:
                # A connection that was kept and is closed by now looks the same; a second try tells.
                raise FetchFailed("bad_http", "the server does not keep to HTTP", again=True) from error
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                raise FetchFailed("bad_http", f"cannot be asked for ({type(error).__name__})") from error

    async def _read(self, url: str, response: httpx.Response, limit: int) -> Fetched:
        headers = {name.lower(): value for name, value in response.headers.items()}
        if response.status_code in (204, 304) or 300 <= response.status_code < 400:
            return Fetched(url, response.status_code, headers, b"")
        decode = decoder(headers.get("content-encoding", ""))
        body = bytearray()
        async for raw in response.stream:  # type: ignore[union-attr]
            for piece in decode(raw):
                body += piece
                if len(body) > limit:
                    self.received += limit
                    return Fetched(url, response.status_code, headers, bytes(body[:limit]), cut=True)
        self.received += len(body)
        return Fetched(url, response.status_code, headers, bytes(body))


def retry_after(value: str) -> float | None:
    """The seconds that a Retry-After header asks to wait; None if it says nothing that can be understood."""
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 9:
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
