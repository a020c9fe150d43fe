"""A host name in; addresses that may be connected to out, every one of them checked."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from collections.abc import Awaitable, Callable, Sequence

from askworthy.company.collect.failures import FetchFailed

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

REMEMBERED_S = 60.0
MAX_ADDRESSES = 16
NAT64 = ipaddress.ip_network("64:ff9b::/96")


async def system_addresses(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


class Guard:
    """Resolves names, and refuses those that lead into a private network.

    What it returns is what must be connected to: a name that is resolved again may lead elsewhere by then.
    """

    def __init__(self, *, allow_private: bool = False, resolve: Resolve = system_addresses) -> None:
        self.allow_private = allow_private
        self._resolve = resolve
        self._known: dict[tuple[str, int], tuple[float, list[str]]] = {}

    async def addresses(self, host: str, port: int) -> list[str]:
        """At least one address, in the resolver's order.

        Raises:
            FetchFailed: There is none (`dns`), or one of them is not public (`private_address`).
        """
        known = self._known.get((host, port))
        if known and known[0] > time.monotonic():
            return known[1]
        found = await self._look_up(host, port)
        for one in found:
            self._check(host, one)
        self._known[host, port] = (time.monotonic() + REMEMBERED_S, found)
        return found

    async def _look_up(self, host: str, port: int) -> list[str]:
        try:
            return [str(ipaddress.ip_address(host.strip("[]")))]
        except ValueError:
            pass
        try:
            found = list(dict.fromkeys(await self._resolve(host, port)))[:MAX_ADDRESSES]
        except (OSError, UnicodeError) as error:
            raise FetchFailed("dns", f"the name {host} cannot be resolved", again=True) from error
        if not found:
            raise FetchFailed("dns", f"the name {host} has no address")
        return found

    def _check(self, host: str, text: str) -> None:
        address = ipaddress.ip_address(text.partition("%")[0])
        if not is_allowed(address, private=self.allow_private):
            raise FetchFailed(
                "private_address", f"{host} leads to {address}, which is not public; --allow-private reads it"
            )


def is_allowed(address: Address, *, private: bool = False) -> bool:
    """Whether an address is out on the internet, or, where private ones are allowed, a single machine at all."""
    inner = _inner(address)
    if inner is not None and not is_allowed(inner, private=private):
        return False
    if address.is_multicast or address.is_unspecified:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:  # Python takes these for global
        return private
    return private or (address.is_global and not address.is_reserved) or inner is not None


def _inner(address: Address) -> Address | None:
    """The IPv4 address that an IPv6 one stands for; a gateway would go there."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None
