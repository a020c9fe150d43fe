"""One answer of a server in; its text, links and dates out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from askworthy.company.blocks import tidy
from askworthy.company.collect.failures import FetchFailed
from askworthy.company.collect.fetch import Fetched
from askworthy.company.collect.urls import normal
from askworthy.company.extract import docx, html, markdown, pdf_apart, text
from askworthy.company.extract.decoding import decode
from askworthy.company.extract.job_postings import count_repaired
from askworthy.company.extract.unreadable import Locked, Scanned, TooHeavy
from askworthy.errors import PageUnreadable
from askworthy.records import Page, Skipped

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TYPES: Mapping[str, tuple[str, Callable[[bytes, str], Page | tuple[Page, list[Skipped]]]]] = {
    "application/pdf": ("pdf", pdf_apart.read_with_skips),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", docx.read),
    "text/markdown": ("markdown", markdown.read),
}
SUFFIXES = {".pdf": "application/pdf", ".docx": [*TYPES][1], ".md": "text/markdown", ".txt": "text/plain"}
VAGUE_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/download", "text/plain"})
DOCUMENTS = re.compile(
    r"application/(msword|rtf|epub\+zip|vnd\.(ms-(word|excel|powerpoint)|oasis\.opendocument|openxmlformats))|text/(rtf|csv)"
)
DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:T[\d:.]{4,15}(?:Z|[+-]\d\d:?\d\d)?)?")
PUBLISHED = ("article:published_time", "datepublished", "date", "dc.date.issued", "pubdate")
MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
MAX_ANCHOR = 200  # characters on a link
MAX_ANCHOR_NODES = 50
MAX_ANCHORS = 5_000  # of one page; the links after them go by their addresses
REFRESH = re.compile(r"\s*[\d.]+\s*[;,]\s*url\s*=\s*[\"']?\s*([^\"'\s]+)", re.IGNORECASE)  # a redirect inside a page
SHELL_WORDS = 30  # a page that asks for JavaScript and has fewer is an empty shell
MOUNT_WORDS = 10  # and so is one with fewer that only has a place for a script to fill
MOUNTS = frozenset({"root", "app", "__next", "__nuxt", "___gatsby", "svelte", "main-app", "react-root", "app-root"})
NEEDS_SCRIPT = re.compile(
    r"(enable|requires?|need|turn on|activate)[^.]{0,40}javascript|javascript[^.]{0,40}(enable|required|disabled)", re.I
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a normal address, and the words on it."""

    url: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Document:
    """What one answer holds."""

    page: Page
    kind: str | None = None  # pdf, docx, posting; None for any other page
    links: tuple[Link, ...] = ()  # in the page's order, none twice
    past_links: tuple[str, ...] = ()  # addresses past the limit
    canonical: str | None = None
    language: str | None = None
    published: str | None = None
    modified: str | None = None
    needs_browser: bool = False
    repaired: int = 0  # scripts of linked data that were not quite JSON
    skipped: tuple[Skipped, ...] = ()  # pages of a PDF that are not in it


def is_readable(answer: Fetched) -> bool:
    """Whether an answer is of a kind that is read."""
    return _type(answer) in HTML_TYPES or _type(answer) in TYPES or _type(answer) == "text/plain"


def is_document(answer: Fetched) -> bool:
    """Whether an answer that is not read may hold text that somebody misses, as slides and sheets do."""
    return DOCUMENTS.match(_type(answer)) is not None


def read_document(answer: Fetched, *, max_links: int = 2_000) -> Document:
    """Read a page, a PDF, a DOCX, Markdown or plain text.

    Raises:
        FetchFailed: It is of another kind (`bad_type`), damaged (`damaged`), encrypted (`locked`), made of pictures
            (`scanned`), more than may be taken to read it (`too_large`) or has no text (`empty`).
    """
    media, url = _type(answer), answer.url
    try:
        if media in HTML_TYPES:
            return _read_html(answer, max_links)
        if media in TYPES:
            kind, read = TYPES[media]
            found = read(answer.body, url)
            page, skipped = found if isinstance(found, tuple) else (found, [])
            document = Document(page, kind, modified=_modified(answer), skipped=tuple(skipped))
        elif media == "text/plain":
            document = Document(
                text.read_text(decode(answer.body, charset=answer.charset), url), modified=_modified(answer)
            )
        else:
            raise FetchFailed("bad_type", f"{media or 'no media type'} is not a kind of page that is read")
    except FetchFailed:
        raise
    except PageUnreadable as error:
        codes = {Scanned: "scanned", Locked: "locked", TooHeavy: "too_large"}
        raise FetchFailed(codes.get(type(error), "damaged"), str(error)) from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # parsers' own errors are many, and a panic in Rust code is no Exception
        raise FetchFailed("damaged", f"damaged or not what it says it is ({type(error).__name__})") from error
    if not document.page.blocks:
        raise FetchFailed("empty", "no text in it")
    return document


def _type(answer: Fetched) -> str:
    media = answer.content_type
    if media in VAGUE_TYPES:
        suffix = re.search(r"\.\w{1,5}$", urlsplit(answer.url).path.lower())
        media = SUFFIXES.get(suffix[0], media) if suffix else media
        if not media and answer.body[:1000].lstrip().startswith(b"<"):
            media = "text/html"
    return media


def _read_html(answer: Fetched, max_links: int) -> Document:
    tree = html.parse(decode(answer.body, markup=True, charset=answer.charset))
    facts = _Facts(answer.url)
    page = html.read_tree(tree, answer.url, see=facts.see)
    links = dict.fromkeys(facts.links)
    kept = tuple(islice(links, max_links))
    words = len(page.text.split())
    shell = facts.scripts > 0 and words < (SHELL_WORDS if facts.asks_for_script else MOUNT_WORDS if facts.mount else 0)
    published = _first_date(facts.meta, PUBLISHED) or _linked_date(facts.linked, "datePublished", "datePosted")
    modified = _first_date(facts.meta, MODIFIED) or _linked_date(facts.linked, "dateModified") or _modified(answer)
    return Document(
        page=page,
        kind="posting" if any("JobPosting" in script for script in facts.linked) else None,
        links=kept,
        past_links=tuple(link.url for link in islice(links, max_links, None)),
        canonical=facts.canonical,
        language=facts.language,
        published=published,
        modified=modified,
        needs_browser=shell,
        repaired=count_repaired(facts.linked),
    )


@dataclass
class _Facts:
    """What is seen on a walk over a page's elements."""

    base: str
    links: list[Link] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)  # scripts of linked data
    canonical: str | None = None
    language: str | None = None
    scripts: int = 0
    asks_for_script: bool = False
    mount: bool = False  # an element that a script fills

    def see(self, node: Any) -> None:
        match node.tag.lower():
            case "a" | "area":
                self._link(node.getattr("href"), node)
            case "iframe" | "frame":
                self._link(node.getattr("src"), node)
            case "script" if "ld+json" in (node.getattr("type") or "").lower():
                self.linked.append(node.text or "")
            case "script":
                self.scripts += 1
                if "greenhouse.io" in (node.getattr("src") or ""):  # how a page embeds its job board
                    self._link(node.getattr("src"), node)
            case "base" if node.getattr("href"):
                self.base = normal(node.getattr("href"), self.base) or self.base
            case "html":
                self.language = (node.getattr("lang") or "").strip()[:35].lower() or None
            case "meta":
                name = (node.getattr("property") or node.getattr("name") or node.getattr("itemprop") or "").lower()
                content = node.getattr("content") or ""
                self.meta.setdefault(name, content[:200])
                if (node.getattr("http-equiv") or "").lower() == "refresh" and (found := REFRESH.match(content)):
                    self._link(found[1], node)
            case "link" if "canonical" in (node.getattr("rel") or "").lower().split():
                self.canonical = self.canonical or normal(node.getattr("href") or "", self.base)
            case "noscript":
                self.asks_for_script = self.asks_for_script or bool(NEEDS_SCRIPT.search((node.text or "")[:2000]))
            case "div" | "main" | "app-root" | "section":
                self.mount = self.mount or (node.id or node.tag).lower() in MOUNTS

    def _link(self, href: str | None, node: Any) -> None:
        if href and not href.startswith("#") and (url := normal(href, self.base)):
            self.links.append(Link(url, _words_on(node) if len(self.links) < MAX_ANCHORS else ""))


def _words_on(link: Any) -> str:
    # Links can stand in links, by way of an object; the text of each, whole, would take the square of the page's size.
    inside = islice(link, MAX_ANCHOR_NODES)
    return tidy("".join(node.node_value or "" for node in inside if node.node_name == "#text"))[:MAX_ANCHOR]


def _first_date(meta: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    found = (DATE.search(meta.get(name, "")) for name in names)
    return next((one[0] for one in found if one), None)


def _linked_date(scripts: list[str], *names: str) -> str | None:
    for script in scripts:
        for name in names:
            if found := re.search(rf'"{name}"\s*:\s*"({DATE.pattern})', script):
                return found[1]
    return None


def _modified(answer: Fetched) -> str | None:
    import email.utils

    try:
        return email.utils.parsedate_to_datetime(answer.headers.get("last-modified", "")).date().isoformat()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
