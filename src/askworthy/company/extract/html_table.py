"""The cells of a web page's table in; its rows, each readable alone, out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from askworthy.company.blocks import Part, table_parts, tidy

MAX_SPAN = 50
MAX_COLUMNS = 100  # where a row ends for the cells that span columns: tables of facts have fewer
LONG_CELL_CHARACTERS = 1_500  # a table with cells longer than this lays out a page


def is_data_table(table: Any) -> bool:
    """Whether a table holds facts, or only lays out a page."""
    if table.query_selector("table, h1, h2, h3, h4, main, article") is not None:
        return False
    if table.query_selector("td ~ td, th ~ td, td ~ th, th ~ th") is None:  # one column is no table
        return False
    return len(table.text or "") <= LONG_CELL_CHARACTERS or not _has_long_cell(table)


def _has_long_cell(table: Any) -> bool:
    # The cells' mean is enough: rows of facts are short, columns of a page are long and few.
    cells = len(re.findall(r"<t[dh][\s>]", table.html))
    return len(table.text or "") / max(cells, 1) > LONG_CELL_CHARACTERS / 3


class TableText:
    """Takes the cells of one table as they come."""

    def __init__(self) -> None:
        self.caption = ""
        self.rows: list[list[str]] = []
        self.named: list[bool] = []  # for each cell of the first row: is it a header cell
        self.hanging: dict[int, tuple[str, int]] = {}  # by column: a cell that reaches down, and how many rows more

    def enter(self, node: Any, tag: str, words: list[str]) -> Callable[[], None]:
        """Open a row, a cell or the caption; `words` is where its text will be."""
        words.clear()
        if tag == "tr":
            self.rows.append([])
            return self._fill
        down, across = (_span(node, name) for name in ("rowspan", "colspan"))

        def close() -> None:
            text = tidy("".join(words))
            words.clear()
            if tag == "caption":
                self.caption = text
                return
            if not self.rows:
                self.rows.append([])
            self._fill()
            if len(self.rows) == 1 and text:
                self.named.append(tag == "th")
            row = self.rows[-1]
            cells = [text, *[""] * min(across - 1, MAX_COLUMNS - len(row) - 1)]
            if down > 1:
                self.hanging |= {len(row) + n: (cell, down - 1) for n, cell in enumerate(cells)}
            row += cells

        return close

    def parts(self) -> list[Part]:
        """The caption and the rows."""
        header = (all(self.named) and len(self.named) > 1) if any(self.named) else None
        rows = table_parts(self.rows, header=header)
        return [Part("paragraph", self.caption), *rows] if self.caption else rows

    def _fill(self) -> None:
        """Repeat the cells that reach down into this row."""
        row = self.rows[-1]
        while (held := self.hanging.get(len(row))) and held[1] > 0:
            self.hanging[len(row)] = (held[0], held[1] - 1)
            row.append(held[0])


def _span(node: Any, name: str) -> int:
    value = node.getattr(name) or ""
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 1
