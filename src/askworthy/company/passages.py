"""A page in; its passages, each under its path of headings, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from askworthy.records import Block, Page, Passage

Spans = list[tuple[int, int]]

MAX_WORDS = 80
ENOUGH_WORDS = 25  # a passage that has these ends where its paragraph ends
MAX_SENTENCES = 4
LONG_SENTENCE = 120  # words
SHORT_ITEM = 10  # words; two of these weigh as much as a sentence
SEPARATOR = " > "
WORD = re.compile(r"\S{1,200}")  # a longer one, if it is one at all, may be cut


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is not cut again: a sentence, an item, a row, or a lead-in with its list."""

    start: int
    end: int
    words: int
    weight: float  # in sentences
    kind: str
    first: bool  # it begins its block


def split_passages(page: Page, sentences: Callable[[str], Spans]) -> list[Passage]:
    """Cut a page into stretches of one to four sentences that never cross a heading.

    Args:
        page: Text that no block covers any more is left out, and no passage reaches over it.
        sentences: Finds the sentences of a paragraph; the spans are ordered and do not overlap.

    Returns:
        Passages in reading order; together they cover every block that is no heading, and none twice.
    """
    passages: list[Passage] = []
    for heading, blocks in _sections(page):
        units = _with_lead_ins([unit for block in blocks for unit in _units(page.text, block, sentences)], page.text)
        passages += (Passage(page, start, end, heading) for start, end in _gather(units))
    return passages


def _sections(page: Page) -> Iterator[tuple[str, list[Block]]]:
    """Runs of blocks with nothing but white space between them, and the headings they stand under."""
    title = page.title or ""
    path: list[tuple[int, str]] = []
    section: list[Block] = []
    for block in page.blocks:
        broken = section and page.text[section[-1].end : block.start].strip()
        if section and (block.kind == "heading" or broken):
            yield _heading(title, path), section
            section = []
        if block.kind == "heading":
            while path and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, page.text[block.start : block.end]))
        else:
            section.append(block)
    if section:
        yield _heading(title, path), section


def _heading(title: str, path: Sequence[tuple[int, str]]) -> str:
    """The path of headings, from the page's title on unless the first of them says it already."""
    headings = [text for _, text in path]
    if not title or (headings and _says_title(headings[0], title)):
        return SEPARATOR.join(headings)
    return SEPARATOR.join([title, *headings])


def _says_title(heading: str, title: str) -> bool:
    # A web page's title is often its heading and the site's name, with a bar or a dash between them.
    said = [_squeeze(piece) for piece in (title, *re.split(r"\s[|·–—:-]+\s|\s?[|»›]\s?", title))]
    return _squeeze(heading) in said or (bool(said[0]) and said[0] in _squeeze(heading))


def _squeeze(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _units(text: str, block: Block, sentences: Callable[[str], Spans]) -> Iterator[_Unit]:
    body = text[block.start : block.end]
    words = len(body.split())
    if block.kind in ("item", "row") and words <= MAX_WORDS and len(body) <= MAX_WORDS * 20:
        weight = 0.5 if block.kind == "item" and words < SHORT_ITEM else 1.0
        yield _Unit(block.start, block.end, words, weight, block.kind, True)
        return
    for number, (start, end) in enumerate(_pieces(text, block, sentences(body))):
        yield _Unit(start, end, len(WORD.findall(text, start, end)), 1.0, block.kind, number == 0)


def _pieces(text: str, block: Block, spans: Spans) -> Iterator[tuple[int, int]]:
    """The sentences of a block, widened so that nothing between them is lost, and cut where they are too long."""
    starts = [block.start, *(block.start + start for start, _ in spans[1:])]
    for start, end in zip(starts, [*starts[1:], block.end], strict=True):
        words = [match.span() for match in WORD.finditer(text, start, end)]
        while len(words) > LONG_SENTENCE:
            cut = _cut(text, words)
            yield words[0][0], words[cut - 1][1]
            words = words[cut:]
        if words:
            yield words[0][0], words[-1][1]


def _cut(text: str, words: Sequence[tuple[int, int]]) -> int:
    """How many words to cut off: up to the last clause that fits, or as many as fit."""
    for cut in range(MAX_WORDS, ENOUGH_WORDS, -1):
        if text[words[cut - 1][1] - 1] in ",;:)–—":
            return cut
    return MAX_WORDS


def _with_lead_ins(units: Sequence[_Unit], text: str) -> list[_Unit]:
    """Join "You get:" with the items under it: all of them if they fit, or else those that do."""
    joined: list[_Unit] = []
    index = 0
    while index < len(units):
        unit, after = units[index], index + 1
        if unit.kind == "paragraph" and text[unit.end - 1] == ":":
            words = unit.words
            while after < len(units) and units[after].kind == "item" and words + units[after].words <= MAX_WORDS:
                words += units[after].words
                after += 1
            last = units[after - 1]
            if last is not unit:
                weight = MAX_SENTENCES if words >= ENOUGH_WORDS else 2.0
                unit = replace(unit, end=last.end, words=words, weight=weight, kind="item")
        joined.append(unit)
        index = after
    return joined


def _gather(units: Sequence[_Unit]) -> Iterator[tuple[int, int]]:
    group: list[_Unit] = []
    for unit in units:
        if group and not _fits(unit, group):
            yield group[0].start, group[-1].end
            group = []
        group.append(unit)
    if group:
        yield group[0].start, group[-1].end


def _fits(unit: _Unit, group: Sequence[_Unit]) -> bool:
    words = sum(one.words for one in group)
    if words + unit.words > MAX_WORDS or sum(one.weight for one in group) + unit.weight > MAX_SENTENCES:
        return False
    same = unit.kind == group[-1].kind
    # Items and rows go on together; a new paragraph, or a list after one, opens a new passage once there is enough.
    return not unit.first or (same and unit.kind != "paragraph") or words < ENOUGH_WORDS
