"""How politely, how far and how long a collection goes; nothing comes out but these numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from askworthy.company.collect.boards import BOARDS, Board
from askworthy.errors import BadCompany

AGENT = "askworthy"  # the name that robots.txt files are asked about


@dataclass(frozen=True, slots=True)
class Settings:
    """The bounds of one collection. Times are in seconds, sizes in bytes after decompression."""

    max_pages: int = 500
    delay: float = 1.0  # between two requests to one host; a longer Crawl-delay wins
    allow_private: bool = False  # let it read this machine and the local network
    hosts: tuple[str, ...] = ()  # read beside the company's own domain
    contact: str = ""  # an address or page, named in the User-Agent
    max_depth: int = 8  # links from the first page
    max_seconds: float = 3_600.0  # of one run
    max_bytes: int = 1_000_000_000  # of all bodies together
    max_body: int = 10_000_000  # of one body
    max_urls: int = 20_000  # remembered, the most wanted; further ones are counted
    max_links: int = 2_000  # of one page
    hosts_at_once: int = 8
    timeout: float = 30.0  # of one request, from the name's resolution to the body's last byte
    tries: int = 3
    backoff: float = 1.0  # before the second try; twice as long before the third
    longest_wait: float = 120.0  # that a Retry-After may ask for
    browser: bool = False  # render the pages that are empty without one
    boards: tuple[Board, ...] = BOARDS

    def __post_init__(self) -> None:
        for name in ("max_pages", "max_depth", "max_bytes", "max_body", "hosts_at_once", "tries"):
            if getattr(self, name) < 1:
                raise BadCompany(f"{name.replace('_', ' ')} is {getattr(self, name)}; give at least 1")
        for name in ("delay", "max_seconds", "timeout"):
            if not (math.isfinite(getattr(self, name)) and getattr(self, name) >= 0):
                raise BadCompany(f"{name.replace('_', ' ')} is {getattr(self, name)}; give a number of seconds from 0")
        if not self.contact.isascii() or not self.contact.isprintable():
            raise BadCompany("the contact has characters that a request cannot carry; give a mail address or a URL")

    @property
    def user_agent(self) -> str:
        """What the requests call themselves."""
        from askworthy import __version__

        return f"{AGENT}/{__version__} ({self.contact or 'reads public pages for a job candidate'})"
