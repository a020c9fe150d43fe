"""A spreadsheet cell in; the same cell, unable to run, out."""

from __future__ import annotations

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\n")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def inert(cell: object) -> object:
    """Mark as text what a spreadsheet would run, and drop what steers a terminal: a page is not to be trusted."""
    if isinstance(cell, str):
        # Python's csv leaves a lone \r without quotes, and readers take it for the end of the row.
        cell = _CONTROL.sub("", cell.replace("\r\n", "\n").replace("\r", "\n"))
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return "" if cell is None else cell
