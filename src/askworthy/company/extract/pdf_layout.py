"""The lines on a PDF's pages in; paragraphs, items and headings out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from askworthy.company.blocks import Part, tidy

HYPHEN = "\ufffe"
ITEM = re.compile(r"\s*(?:[•▪◦‣●○■□–*·\uf0b7-]|\(?\d{1,2}\)|\(?[a-z]\))\s+(?=\S)")
NUMBERED = re.compile(r"\s*\d{1,2}\.\s+\S")
PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|página|pagina)\s*)?\d{1,4}(?:\s*(?:/|of|von|de)\s*\d{1,4})?\W*", re.I
)
SENTENCE_END = re.compile(r"[.!?:;]['\"”’)]*\s*$")
HEADING_WORDS = 14
BROKEN_WORD = re.compile(rf"\w[{HYPHEN}-]$")
COMPOUND = frozenset(
    """
    full part half self well long short high low non cross first second third one two three four five six seven
    eight nine ten twenty thirty forty fifty sixty seventy eighty ninety face day week year time end state family
    """.split()  # noqa: SIM905 - as a list it would take a line a word
)
EDGE = 0.12  # of the page's height: where running heads and feet stand
MIN_PAGES = 3  # fewer cannot tell a running head from a line said twice
WIDE_GAP = 1.35  # times the usual distance of two lines: a paragraph ends


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; places in points from the page's lower left corner."""

    text: str
    size: float
    bold: bool
    left: float
    right: float
    base: float
    height: float  # of the page

    @property
    def at_edge(self) -> bool:
        """Whether it stands where running heads and feet do."""
        return self.base < EDGE * self.height or self.base > (1 - EDGE) * self.height


def layout_parts(pages: Sequence[Sequence[Line]]) -> list[Part]:
    """Join the lines of all pages; a paragraph may run over the end of one."""
    lines = _without_running(pages)
    if not lines:
        return []
    body, body_bold = _body(lines)
    leading = _leading(lines)
    margin = _margin(lines)
    heading_sizes = sorted({line.size for line in lines if line.size > body * 1.1}, reverse=True)
    ranks = {size: rank for rank, size in enumerate(heading_sizes, 1)}
    parts: list[Part] = []
    for group in _groups(lines, leading, margin):
        text = _joined(group)
        if not _is_heading(group, body, body_bold):
            mark = ITEM.match(text)
            parts.append(Part("item" if mark else "paragraph", text[mark.end() :] if mark else text))
        else:
            parts.append(Part("heading", text, min(ranks.get(group[0].size, len(ranks) + 1), 6)))
    return parts


def _without_running(pages: Sequence[Sequence[Line]]) -> list[Line]:
    seen = Counter(key for page in pages for key in {_key(line) for line in page if line.at_edge})
    often = max(MIN_PAGES, len(pages) / 2 + 0.5) if len(pages) >= MIN_PAGES else len(pages) if len(pages) == 2 else 0
    return [
        line
        for page in pages
        for line in page
        if not (line.at_edge and (PAGE_NUMBER.fullmatch(line.text) or (often and seen[_key(line)] >= often)))
    ]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", tidy(line.text)).casefold()


def _body(lines: Sequence[Line]) -> tuple[float, bool]:
    sizes: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        sizes[line.size, line.bold] += len(line.text)
    return sizes.most_common(1)[0][0]


def _leading(lines: Sequence[Line]) -> float:
    gaps = Counter(
        round(above.base - below.base)
        for above, below in pairwise(lines)
        if 0.8 * below.size < above.base - below.base < 3 * below.size
    )
    return float(gaps.most_common(1)[0][0]) if gaps else 0.0


def _margin(lines: Sequence[Line]) -> float:
    """Where full lines end."""
    return sorted(line.right for line in lines)[int(0.85 * (len(lines) - 1))]


def _groups(lines: Sequence[Line], leading: float, margin: float) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _begins(line, group, leading, margin):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(line: Line, group: Sequence[Line], leading: float, margin: float) -> bool:
    """Whether a line begins a new paragraph."""
    above = group[-1]
    if abs(line.size - above.size) > 0.5 or (above.bold and not line.bold):
        return True
    if line.bold and not above.bold and SENTENCE_END.search(above.text):  # else a bold word in a running sentence
        return True
    if ITEM.match(line.text) or (NUMBERED.match(line.text) and SENTENCE_END.search(above.text)):
        return True
    if above.text.rstrip().endswith(HYPHEN):
        return False
    gap = above.base - line.base
    if gap < 0 or gap > 0.5 * line.height:  # the next page or column
        return bool(SENTENCE_END.search(above.text))
    if leading and gap > WIDE_GAP * leading:
        return True
    # Same distance throughout: a paragraph's last line ends a sentence well before the margin.
    return bool(SENTENCE_END.search(above.text)) and above.right < 0.8 * margin


def _is_heading(group: Sequence[Line], body: float, body_bold: bool) -> bool:
    text = _joined(group)
    words = text.split()
    if not 1 <= len(words) <= HEADING_WORDS or len(group) > 2 or ITEM.match(text) or not re.search(r"[^\W\d]", text):
        return False
    if re.search(r"[.,;:]\s*$", text):
        return False
    larger = group[0].size > body * 1.1
    bolder = all(line.bold for line in group) and not body_bold
    shouts = text.isupper() and len(words) > 1
    return larger or bolder or (shouts and len(group) == 1)


def _joined(group: Sequence[Line]) -> str:
    pieces: list[str] = []
    for line in group:
        piece = line.text.strip()
        # Only the last piece is looked at: a group may have as many lines as the file.
        if pieces and BROKEN_WORD.search(pieces[-1]):
            broken = pieces[-1] = pieces[-1][:-1]
            pieces.append("-" if _keeps_hyphen(broken, piece) else "")
        elif pieces:
            pieces.append(" ")
        pieces.append(piece)
    return "".join(pieces).replace(HYPHEN, "-")


def _keeps_hyphen(before: str, after: str) -> bool:
    """Whether a hyphen at a line's end belongs to the word, as in "part-time", and did not come of the break."""
    word = re.split(r"[\W_]+", before)[-1].casefold()
    return not after[:1].islower() or word in COMPOUND or word.isdigit()
