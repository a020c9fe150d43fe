"""A company's pages in; the same without what repeats from page to page out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from askworthy.records import Block, Page

MIN_PAGES = 4  # fewer cannot tell a menu from a fact said twice
REPEAT_SHARE = 0.3
RUN_SHARE = 0.5
FACT_WORDS = 5


@dataclass(frozen=True)
class Cleaned:
    """The pages that are left, and how much was dropped."""

    pages: tuple[Page, ...]
    duplicate_pages: int
    boilerplate_blocks: int


def clean(pages: Iterable[Page]) -> Cleaned:
    """Drop copies of pages, and the menus, footers and slogans that stand on many of them.

    A page's text stays as it is, as offsets point into it; only its blocks are dropped. What repeats but may be a
    fact ("25 days of holiday") is kept on the first page that has it.
    """
    given = list(pages)
    first: dict[str, Page] = {}
    for page in given:
        first.setdefault(_page_key(page), page)
    unique = list(first.values())
    repeated = _repeated(unique)
    met: set[str] = set()
    dropped = 0
    kept_pages: list[Page] = []
    for page in unique:
        kept = []
        for block in page.blocks:
            key = _key(page, block)
            boilerplate = block.kind != "heading" and key in repeated
            if not boilerplate or (key not in met and may_be_fact(page.text[block.start : block.end])):
                kept.append(block)
            else:
                dropped += 1
            met.add(key)
        kept_pages.append(page if len(kept) == len(page.blocks) else replace(page, blocks=tuple(kept)))
    return Cleaned(tuple(kept_pages), len(given) - len(unique), dropped)


def may_be_fact(text: str) -> bool:
    """Whether a block that repeats could still answer a question: it has a figure, or is no mere label."""
    words = len(text.split())
    ends = re.search(r"[.!?]['\"”’)]*$", text)
    return words >= FACT_WORDS or (words > 1 and bool(ends or re.search(r"\d", text)))


def _repeated(pages: Sequence[Page]) -> set[str]:
    if len(pages) < MIN_PAGES:
        return set()
    keys = [[_key(page, block) for block in page.blocks] for page in pages]
    counts = Counter(key for page in keys for key in set(page))
    often = {key for key, count in counts.items() if count >= MIN_PAGES and count >= REPEAT_SHARE * len(pages)}
    return often | _run(keys, lambda page: page) | _run(keys, lambda page: page[::-1])


def _run(keys: list[list[str]], direction: Callable[[list[str]], list[str]]) -> set[str]:
    """What at least half of the pages begin with, as far as they do so together."""
    run: set[str] = set()
    left = [direction(page) for page in keys]
    for depth in range(max(map(len, left), default=0)):
        deep = [page for page in left if len(page) > depth]
        if not deep:
            break
        key, count = Counter(page[depth] for page in deep).most_common(1)[0]
        # Two of four pages may well begin with the same fact; three do so because their site does.
        if count < max(MIN_PAGES - 1, RUN_SHARE * len(keys)):
            break
        run.add(key)
        left = [page for page in deep if page[depth] == key]
    return run


def _key(page: Page, block: Block) -> str:
    return page.text[block.start : block.end].casefold()


def _page_key(page: Page) -> str:
    return re.sub(r"\s+", " ", page.text).casefold()
