"""The bytes of a sitemap in; the addresses in it out."""

from __future__ import annotations

import io
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from askworthy.company.collect.decompress import gunzip
from askworthy.company.collect.failures import FetchFailed
from askworthy.company.collect.urls import normal

MAX_BYTES = 50_000_000  # unpacked, as the sitemaps' own rules have it
MAX_URLS = 50_000
MAX_ELEMENTS = 1_000_000  # 20 for each address; what comes after them is not read
MAX_DEPTH = 50
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Normal addresses, in the file's order."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]  # of an index


def read_sitemap(data: bytes, url: str) -> Sitemap:
    """Read a sitemap, an index of them, a feed, or lines of addresses; of a broken one, what comes before the break.

    Raises:
        FetchFailed: It declares entities, as only a bomb does, or is too large once unpacked.
    """
    if data.startswith(GZIP):
        data = gunzip(data, MAX_BYTES)
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text.startswith(b"<"):
        lines = text[:MAX_BYTES].decode("utf-8", "replace").split("\n")
        return Sitemap(_normal(lines, url), ())
    pages: list[str] = []
    sitemaps: list[str] = []
    _parse(data, pages, sitemaps)
    return Sitemap(_normal(pages, url), _normal(sitemaps, url))


def _parse(data: bytes, pages: list[str], sitemaps: list[str]) -> None:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        above: list[str] = []
        root = None
        elements = 0
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=False):
            if event == "start":
                root = element if root is None else root
                above.append(_name(element.tag))
                elements += 1
                if elements > MAX_ELEMENTS or len(above) > MAX_DEPTH:
                    return
                continue
            name = above.pop()
            if name == "loc" and above and element.text:
                (sitemaps if above[-1] == "sitemap" else pages).append(element.text)
            elif name == "link" and above and above[-1] in ("item", "entry"):
                pages.append(element.text or element.get("href") or "")
            if len(pages) + len(sitemaps) >= MAX_URLS:
                return
            if len(above) == 1 and root is not None:
                root.clear()  # or the whole tree stays in memory
    except DefusedXmlException as error:
        raise FetchFailed("damaged", "a sitemap that declares entities") from error
    except (ParseError, ValueError, LookupError):
        return


def _name(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


def _normal(found: list[str], url: str) -> tuple[str, ...]:
    urls = (normal(one, url) for one in found[:MAX_URLS] if one.strip())
    return tuple(dict.fromkeys(one for one in urls if one))
