"""An address in; whether it belongs to the company's own site out."""

from __future__ import annotations

import ipaddress
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract


class Scope:
    """The hosts that are read: those of the first page's registrable domain, and the ones that were named."""

    def __init__(self, urls: tuple[str, ...], hosts: tuple[str, ...] = ()) -> None:
        self._sites = {site_of(url) for url in urls}
        self._ports = {urlsplit(url).port for url in urls} | {None}
        self._hosts = {host.lower().strip() for host in hosts}

    def holds(self, url: str) -> bool:
        """Whether a normal address is the company's."""
        parts = urlsplit(url)
        if parts.hostname in self._hosts or parts.netloc in self._hosts:
            return True
        return site_of(url) in self._sites and parts.port in self._ports


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    # The list that comes with the package, and nothing from the network or the user's cache.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@cache
def _registrable(host: str) -> str:
    found = _suffixes()(host)
    if not found.suffix:  # a suffix that the list does not know is one label long
        return ".".join(host.split(".")[-2:])
    return f"{found.domain}.{found.suffix}" if found.domain else host


def site_of(url: str) -> str:
    """The registrable domain of an address; the host itself where there is none, as with numbers."""
    host = urlsplit(url).hostname or ""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return _registrable(host)
