"""Hosts and their delays in; one request at a time to each host, never sooner than its delay allows, out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Gate:
    """Lets requests through to each host, one after the other.

    The delay runs from a request's answer, not from its start: a request that was long under way may reach the
    server just before the next one, which would be too fast for it.
    """

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._delays: dict[str, float] = {}
        self._answered: dict[str, float] = {}
        self._next: dict[str, float] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    def slow_down(self, host: str, delay: float) -> None:
        """Take a delay that the host asks for, if it is longer; it counts from the last answer on."""
        self._delays[host] = max(delay, self._delay)
        if host in self._answered:
            self._next[host] = max(self._next.get(host, 0.0), self._answered[host] + self._delays[host])

    def hold(self, host: str, seconds: float) -> None:
        """Let nothing through to the host for that long."""
        self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + seconds)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[Callable[[], None]]:
        """Wait for the host's turn; call what it gives when the answer begins."""
        async with self._locks.setdefault(host, asyncio.Lock()):
            wait = self._next.get(host, 0.0) - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            answered = False

            def answer() -> None:
                nonlocal answered
                answered = True
                self._answered[host] = time.monotonic()
                self.hold(host, self._delays.get(host, self._delay))

            try:
                yield answer
            finally:
                if not answered:
                    answer()
