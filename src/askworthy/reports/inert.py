"""A spreadsheet cell in; the same cell, unable to run, out."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(cell: object) -> object:
    """Mark as text what a spreadsheet would run as a formula: a scraped page is not to be trusted."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
