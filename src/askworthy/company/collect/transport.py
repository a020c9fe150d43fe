"""A request in; a response from an address that was checked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askworthy.company.collect.addresses import Guard

if TYPE_CHECKING:
    import ssl

    import httpx

ADDRESSES_TRIED = 3


class CheckedTransport:
    """Resolves a name, checks its addresses, and connects to those alone; Host and SNI stay the name's.

    Each host has connections of its own, since two names on one address need two certificates.
    """

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner: dict[str, httpx.AsyncHTTPTransport] = {}
        self._tls: ssl.SSLContext | None = None

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request. The caller closes the response.

        Raises:
            FetchFailed: The address is not allowed, or there is none.
            httpx.HTTPError: Whatever else goes wrong on the way.
        """
        import httpx

        url = request.url
        port = url.port or (443 if url.scheme == "https" else 80)
        addresses = await self._guard.addresses(url.raw_host.decode("ascii"), port)
        request.headers.setdefault("Host", url.netloc.decode("ascii"))
        request.extensions = {**request.extensions, "sni_hostname": url.raw_host.decode("ascii")}
        inner = self._for(f"{url.scheme}://{url.netloc.decode('ascii')}")
        for address in addresses[:ADDRESSES_TRIED]:
            request.url = url.copy_with(host=address)
            try:
                return await inner.handle_async_request(request)
            except httpx.ConnectError as error:
                failed = error
            finally:
                request.url = url
        raise failed

    async def close(self) -> None:
        """Close every connection."""
        for one in self._inner.values():
            await one.aclose()

    def _for(self, origin: str) -> httpx.AsyncHTTPTransport:
        import httpx

        if origin not in self._inner:
            limits = httpx.Limits(max_connections=2, max_keepalive_connections=1, keepalive_expiry=20.0)
            self._inner[origin] = httpx.AsyncHTTPTransport(verify=self._context(origin), limits=limits, trust_env=False)
        return self._inner[origin]

    def _context(self, origin: str) -> ssl.SSLContext:
        import ssl

        import httpx

        if not origin.startswith("https:"):
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used, and made in no time
        if self._tls is None:
            self._tls = httpx.create_ssl_context(trust_env=False)
        return self._tls
