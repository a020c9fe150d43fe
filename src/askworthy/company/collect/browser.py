"""The answer of a page that is empty without JavaScript in; the same page as a browser shows it out."""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from typing import Any

from askworthy.company.collect.failures import FetchFailed
from askworthy.company.collect.fetch import MAX_HOPS, Fetched, Fetcher
from askworthy.company.collect.robots import Robots
from askworthy.company.collect.settings import Settings
from askworthy.company.collect.urls import normal
from askworthy.errors import BadCompany

# The browser itself reaches nothing: what a page asks for is fetched by us, with all that is checked there.
ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)  # fmt: skip
PASSED = frozenset({"document", "script", "xhr", "fetch", "stylesheet", "other"})
DROPPED_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection"})
MAX_REQUESTS = 60  # of one page
QUIET_S = 0.5  # without a request, a page is taken for ready
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Browser:
    """One browser for a whole collection."""

    def __init__(self, settings: Settings, fetcher: Fetcher, robots: Robots) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._robots = robots
        self._open = AsyncExitStack()
        self._browser: Any = None

    @classmethod
    async def start(cls, settings: Settings, fetcher: Fetcher, robots: Robots) -> Browser:
        """Start Chromium, without a window.

        Raises:
            BadCompany: Playwright or Chromium is not installed.
        """
        try:
            from playwright.async_api import Error, async_playwright
        except ImportError as error:
            raise BadCompany("no browser: install askworthy[browser] and a Chromium, or leave --browser out") from error
        made = cls(settings, fetcher, robots)
        playwright = await made._open.enter_async_context(async_playwright())
        try:
            # Chromium refuses to put root into its sandbox.
            sandboxed = not (hasattr(os, "geteuid") and os.geteuid() == 0)
            made._browser = await playwright.chromium.launch(
                executable_path=chromium(), args=list(ARGUMENTS), chromium_sandbox=sandboxed, timeout=60_000
            )
        except Error as error:
            await made.close()
            raise BadCompany(
                f"no browser can be started ({str(error).splitlines()[0][:99]}); install one, or leave --browser out"
            ) from error
        made._open.push_async_callback(made._browser.close)
        return made

    async def close(self) -> None:
        """Close the browser."""
        await self._open.aclose()

    async def render(self, answer: Fetched) -> Fetched:
        """Show a page, wait until it asks for nothing more, and take what it has become.

        Raises:
            FetchFailed: It cannot be shown in time.
        """
        from playwright.async_api import Error

        context = await self._browser.new_context(
            service_workers="block", accept_downloads=False, user_agent=self._settings.user_agent
        )
        try:
            page = await context.new_page()
            visit = _Visit(answer, self._settings, self._fetcher, self._robots)
            await context.route("**/*", visit.fulfil)
            await context.route_web_socket("**/*", lambda socket: socket.close())
            async with asyncio.timeout(self._settings.timeout):
                await page.goto(answer.url, wait_until="domcontentloaded", timeout=self._settings.timeout * 1000)
                await visit.quiet()
                markup = await page.content()
        except (Error, TimeoutError) as error:
            raise FetchFailed("timeout", "cannot be shown in time") from error
        finally:
            with suppress(Error):
                await context.close()
        body = markup.encode("utf-8", "replace")
        headers = {**answer.headers, "content-type": "text/html; charset=utf-8"}
        return replace(answer, body=body[: self._settings.max_body], headers=headers)


class _Visit:
    """Fetches what one page asks for while it is shown."""

    def __init__(self, answer: Fetched, settings: Settings, fetcher: Fetcher, robots: Robots) -> None:
        self._answer = answer
        self._settings = settings
        self._fetcher = fetcher
        self._robots = robots
        self._asked = 0
        self._busy = 0
        self._last = asyncio.get_running_loop().time()

    async def fulfil(self, route: Any) -> None:
        """Answer one request of the page, or refuse it."""
        self._busy += 1
        try:
            answer = await self._fetch(route.request)
            if answer is None:
                await route.abort()
                return
            headers = {name: value for name, value in answer.headers.items() if name not in DROPPED_HEADERS}
            await route.fulfill(status=answer.status, headers=headers, body=answer.body)
        except FetchFailed:
            await route.abort()
        except Exception as error:  # the page was closed meanwhile: nobody waits for the answer
            if type(error).__module__.partition(".")[0] != "playwright":
                raise
        finally:
            self._busy -= 1
            self._last = asyncio.get_running_loop().time()

    async def quiet(self) -> None:
        """Wait until nothing was asked for in a while."""
        while self._busy or asyncio.get_running_loop().time() - self._last < QUIET_S:
            await asyncio.sleep(0.05)

    async def _fetch(self, request: Any) -> Fetched | None:
        """Fetch what a request asks for, wherever redirects lead; a browser takes no redirect from us."""
        if request.method != "GET" or request.resource_type not in PASSED:
            return None
        url = normal(request.url)
        for _ in range(MAX_HOPS + 1):
            if url == self._answer.url and request.is_navigation_request():
                return self._answer  # it was fetched already, and nothing is fetched twice
            self._asked += 1
            if url is None or self._asked > MAX_REQUESTS or (await self._robots.rules(url)).refusal(url):
                return None
            answer = await self._fetcher.get(url, tries=1)
            if answer.target is None:
                return answer
            url = answer.target
        return None


def chromium() -> str | None:
    """The path of an installed Chromium; None to let playwright look for its own."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
