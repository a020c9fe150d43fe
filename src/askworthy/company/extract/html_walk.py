"""A parsed web page in; its stretches of text, in reading order, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from askworthy.company.blocks import Part, tidy
from askworthy.company.extract.html_chrome import is_chrome, is_fold
from askworthy.company.extract.html_table import TableText, is_data_table
from askworthy.records import BlockKind

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big button cite code data dfn em font i ins kbd label mark math q rb rp rt ruby samp
    small span strong sub sup time tt u var wbr
    """.split()  # noqa: SIM905 - as a list it would take a line a word
)
APART = frozenset({"a", "button", "label", "span", "time"})  # style sheets set these apart where no space does
MAX_NESTING = 6
MAX_DEPTH = 400  # deeper than any page that people wrote; below it, nothing is done that looks ahead
MAX_FOLD_WORDS = 30
MAX_FOLD_CHARACTERS = 5_000  # with the white space of the markup


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the page, and what tells a menu from text."""

    part: Part
    in_main: bool  # inside <main> or <article>
    only_links: bool


@dataclass
class Walked:
    """What a walk over a page found."""

    stretches: list[Stretch] = field(default_factory=list)
    depth: int = 0


def walk(root: Any, level: int = 0) -> Walked:
    """Go over an element once, without recursion, however deep it is nested.

    Args:
        root: The element; None is an empty page.
        level: Of the heading it stands under.
    """
    walker = _Walker(level)
    stack: list[tuple[Any, int] | Callable[[], None]] = [(root, 0)] if root is not None else []
    while stack:
        top = stack.pop()
        if callable(top):
            top()
            continue
        node, depth = top
        if node.node_name == "#text":
            walker.add(node.node_value or "")
            continue
        # Comments have no attributes, and a tag or none, depending on the parser's version.
        tag = (node.tag or "").lower() if hasattr(node, "attrs") else ""
        deep = depth > MAX_DEPTH
        if not tag or is_chrome(node, tag, in_main=walker.mains > 0, deep=deep):
            continue
        walker.found.depth = max(walker.found.depth, depth)
        stack.append(walker.enter(node, tag, deep=deep))
        stack.extend(reversed([(child, depth + 1) for child in children(node)]))
    walker.flush()
    return walker.found


def children(node: Any) -> Iterator[Any]:
    """The children of a node; its own collection takes time with the square of their number."""
    child = node.first_child
    while child is not None:
        yield child
        child = child.next_sibling


class _Walker:
    """Keeps what is open at one point of the page."""

    def __init__(self, level: int) -> None:
        self.found = Walked()
        self.words: list[str] = []
        self.linked = 0  # visible characters of `words` that stand in links
        self.seam = False  # whether an element that is set apart began or ended just now
        self.links = self.mains = self.lists = self.solid = 0  # how many of each are open
        self.level = level  # of the heading last seen, under which folded panels stand
        self.opens: tuple[BlockKind, int] = ("paragraph", 0)  # what the next text is
        self.term = ""  # a <dt> that waits for its <dd>
        self.table: TableText | None = None

    def add(self, text: str) -> None:
        if self.seam and text and self.words and _run_together(self.words[-1], text):
            self.words.append(" ")
        self.seam = self.seam and not text
        if text:
            self.words.append(text)
            if self.links:
                self.linked += len("".join(text.split()))

    def enter(self, node: Any, tag: str, *, deep: bool) -> Callable[[], None]:
        """Open an element; what comes back closes it."""
        if tag == "br":
            self._break()
            return _nothing
        if self.table or self.solid:
            return self._enter_solid(node, tag)
        if tag in HEADINGS:
            self.level = HEADINGS[tag]
            return self._heading(self.level)
        if not deep and self._heads_panel(node, tag):
            return self._heading(min(self.level + 1, 6))
        if not deep and tag == "table" and is_data_table(node):
            return self._table()
        if tag in INLINE:
            return self._inline(tag)
        return self._block(node, tag)

    def flush(self) -> None:
        """End the text gathered so far."""
        text = tidy("".join(self.words))
        only_links = bool(text) and self.linked >= 0.9 * len(text.replace(" ", ""))
        self.words, self.linked, self.seam = [], 0, False
        if not text:
            return
        kind, level = self.opens
        if self.term:
            kind, level, text = "item", 0, f"{self.term.rstrip(':')}: {text}"
            self.term = ""
        self.found.stretches.append(Stretch(Part(kind, text, level), self.mains > 0, only_links))
        self.opens = ("paragraph", 0)

    def _heads_panel(self, node: Any, tag: str) -> bool:
        """Whether it unfolds a panel and so is the panel's heading; not where a heading stands inside it."""
        if tag != "summary" and not (self.level and is_fold(node)):
            return False
        text = node.text or ""
        return len(text) <= MAX_FOLD_CHARACTERS and len(text.split()) <= MAX_FOLD_WORDS and not _has_heading(node)

    def _heading(self, level: int) -> Callable[[], None]:
        self.flush()
        self.opens = ("heading", level)
        self.solid += 1

        def close() -> None:
            self.solid -= 1
            self.flush()
            self.opens = ("paragraph", 0)

        return close

    def _table(self) -> Callable[[], None]:
        self.flush()
        table = self.table = TableText()

        def close() -> None:
            self.table = None
            for part in table.parts():
                self.found.stretches.append(Stretch(part, self.mains > 0, False))
            self.words, self.linked = [], 0

        return close

    def _enter_solid(self, node: Any, tag: str) -> Callable[[], None]:
        """Inside a heading, a term or a cell everything is one text."""
        if self.table and tag in ("tr", "td", "th", "caption"):
            return self.table.enter(node, tag, self.words)
        if tag in INLINE:
            return self._inline(tag)
        self.words.append(" ")
        return lambda: self.words.append(" ")

    def _inline(self, tag: str) -> Callable[[], None]:
        self.seam = self.seam or tag in APART
        self.links += tag == "a"

        def close() -> None:
            self.seam = self.seam or tag in APART
            self.links -= tag == "a"

        return close

    def _block(self, node: Any, tag: str) -> Callable[[], None]:
        self.flush()
        if tag == "dt":
            return self._term()
        is_list = tag in ("ul", "ol", "menu")
        is_main = tag in ("main", "article") or (node.getattr("role") or "").lower() == "main"
        self.lists += is_list
        self.mains += is_main
        if tag in ("li", "dd"):
            self.opens = ("item", min(max(self.lists - 1, 0), MAX_NESTING))

        def close() -> None:
            self.flush()
            self.lists -= is_list
            self.mains -= is_main
            if tag in ("li", "dd"):
                self.opens = ("paragraph", 0)
            if tag == "dl" and self.term:
                self.words, self.term = [self.term], ""
                self.flush()

        return close

    def _term(self) -> Callable[[], None]:
        self.solid += 1

        def close() -> None:
            self.solid -= 1
            text = tidy("".join(self.words))
            if text.endswith("?"):
                self.opens = ("heading", min(self.level + 1, 6))
                self.flush()
            else:
                self.term = f"{self.term} / {text}" if self.term and text else self.term or text
                self.words, self.linked = [], 0

        return close

    def _break(self) -> None:
        # Two line breaks are how old pages end a paragraph.
        if self.words and self.words[-1] == "\n" and not (self.table or self.solid):
            self.flush()
        else:
            self.words.append("\n")


def _nothing() -> None:
    """Close an element that has no inside."""


def _has_heading(node: Any) -> bool:
    return node.query_selector("h1, h2, h3, h4, h5, h6") is not None


def _run_together(before: str, after: str) -> bool:
    """Whether two words would run together that are set apart on the screen: "Salary" and "£50,000"."""
    last, first = before[-1], after[0]
    if last.isspace() or first.isspace():
        return False
    return (last.islower() or last.isdigit() or last in ".!?:)") and (
        first.isupper() or first in "£$€" or (first.isdigit() and last.isalpha())
    )
