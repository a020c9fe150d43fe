"""A web page in; its main text with headings, lists and tables out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from askworthy.company.blocks import Part, build_page, tidy
from askworthy.company.extract.decoding import decode
from askworthy.company.extract.html_walk import MAX_DEPTH, Stretch, walk
from askworthy.company.extract.job_postings import posting_parts
from askworthy.company.extract.said import Said
from askworthy.errors import PageUnreadable
from askworthy.records import Page

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

INVALID = re.compile("[\x00\ud800-\udfff]")
CARDS = 2  # so many headings in a row with nothing under them are a list


def read(data: bytes, source: str) -> Page:
    """Read a saved web page.

    Raises:
        PageUnreadable: It is not text.
    """
    return read_markup(decode(data, markup=True), source)


def read_markup(
    markup: str, source: str, *, title: str | None = None, url: str | None = None, fetched_at: str | None = None
) -> Page:
    """Read markup that is decoded already; what the caller knows of the page comes before what it says of itself."""
    return read_tree(parse(markup), source, title=title, url=url, fetched_at=fetched_at)


def read_tree(
    tree: HTMLTree,
    source: str,
    *,
    title: str | None = None,
    url: str | None = None,
    fetched_at: str | None = None,
    see: Callable[[Any], None] | None = None,
) -> Page:
    """Read a page that is parsed already; `see` is shown each of its elements once, in order."""
    head = _head(tree, see)
    parts = _main_parts(tree)
    first = next((part.text for part in parts if part.kind == "heading" and part.level == 1), None)
    parts += posting_parts(head.scripts, "\n".join(tidy(part.text) for part in parts), fragment_parts)
    return build_page(
        parts,
        source,
        title=title or tree.title or head.meta.get("og:title") or first,
        url=url or head.url,
        fetched_at=fetched_at,
    )


def fragment_parts(markup: str, level: int = 0) -> list[Part]:
    """Read a piece of markup, all of which is wanted, as it stands under a heading of that level."""
    return [stretch.part for stretch in walk(parse(markup).body, level).stretches]


def parse(markup: str) -> HTMLTree:
    """Parse markup, however bad it is.

    Raises:
        PageUnreadable: The parser gives up.
    """
    from resiliparse.parse.html import HTMLTree

    try:
        return HTMLTree.parse(INVALID.sub(" ", markup))
    except BaseException as error:  # a panic in the parser's Rust code is no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise PageUnreadable("damaged beyond what a web page parser can mend") from error
        raise


def _main_parts(tree: HTMLTree) -> list[Part]:
    found = walk(tree.body)
    stretches = found.stretches
    if found.depth <= MAX_DEPTH and any(one.only_links and not one.in_main for one in stretches):
        main = Said(_main_text(tree))
        # Words that are no links are kept wherever they stand: a lost fact costs more than a leaked menu.
        stretches = [one for one in stretches if not _is_menu(one, main)]
    return _cards_as_items([one.part for one in stretches])


def _main_text(tree: HTMLTree) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return re.sub(r"\W+", "", extract_plain_text(tree, main_content=True, list_bullets=False, alt_texts=False)).lower()


def _is_menu(one: Stretch, main: Said) -> bool:
    if one.in_main or not one.only_links or one.part.kind == "heading":
        return False
    return not main.says(re.sub(r"\W+", "", one.part.text).lower(), unsure=True)


def _cards_as_items(parts: list[Part]) -> list[Part]:
    """Turn rows of small headings with nothing under them into items, as their words would be lost otherwise."""
    result = list(parts)
    after = [*parts[1:], Part("heading", "")]
    for _, run in groupby(range(len(parts)), lambda index: _card_level(parts[index], after[index]) or -index):
        cards = list(run)
        if len(cards) >= CARDS:
            for card in cards:
                result[card] = Part("item", parts[card].text)
    return result


def _card_level(part: Part, after: Part) -> int:
    """The level of a small heading with nothing under it; 0 for any other part."""
    small = part.kind == "heading" and part.level >= 3
    return part.level if small and after.kind == "heading" and after.level <= part.level else 0


@dataclass(frozen=True)
class _Head:
    """What a page says of itself apart from its text."""

    scripts: list[str]  # of linked data
    meta: dict[str, str]
    canonical: str

    @property
    def url(self) -> str | None:
        """The page's address, if it gives one that is safe to show."""
        for url in (self.canonical, self.meta.get("og:url", "")):
            if re.fullmatch(r"https?://[^\s\"'<>]{1,2000}", url := tidy(url), re.IGNORECASE):
                return url
        return None


def _head(tree: HTMLTree, see: Callable[[Any], None] | None = None) -> _Head:
    scripts: list[str] = []
    meta: dict[str, str] = {}
    canonical = ""
    node: Any
    for node in tree.document or ():
        if not hasattr(node, "attrs"):  # texts, comments and the doctype
            continue
        if see:
            see(node)
        match (node.tag or "").lower():
            case "script" if "ld+json" in (node.getattr("type") or "").lower():
                scripts.append(node.text or "")
            case "meta":
                meta.setdefault((node.getattr("property") or "").lower(), node.getattr("content") or "")
            case "link" if "canonical" in (node.getattr("rel") or "").lower().split():
                canonical = canonical or node.getattr("href") or ""
    return _Head(scripts, meta, canonical)
