"""A page's address and a quote in; a link that opens the page at the quote out."""

from __future__ import annotations

import re
from urllib.parse import quote as escape

WHOLE_WORDS = 8  # up to so many the quote stands in the link whole; of a longer one, its ends
END_WORDS = 4
NAMED = re.compile(r"^[^:|]{1,60}: ")  # "Benefit: Pension": a table's column, which stands elsewhere on the page


def fragment_link(url: str, quote: str) -> str:
    """Add a text fragment (`#:~:text=`) to an address.

    A browser that finds the quote scrolls to it and marks it; any other just opens the page.
    """
    start, end = _ends(quote)
    if not start:
        return url
    base, _, anchor = url.partition("#")
    anchor = anchor.partition(":~:")[0]
    return f"{base}#{anchor}:~:text={_escaped(start)}{',' + _escaped(end) if end else ''}"


def _ends(quote: str) -> tuple[str, str]:
    """The words that a quote begins with and, of a long one, those it ends with."""
    lines = [line for line in (_on_page(line) for line in quote.split("\n")) if line]
    if not lines:
        return "", ""
    first, last = lines[0].split(), lines[-1].split()
    term = re.match(r"([^:]{1,60}):\s+\S", lines[0])
    if len(lines) == 1 and len(first) <= WHOLE_WORDS and not term:
        return " ".join(first), ""
    # A term and its definition are two elements of the page, and the colon between them is ours.
    start = term[1].split()[:END_WORDS] if term else first[:END_WORDS]
    rest = last if len(lines) > 1 else first[len(start) :]
    return " ".join(start), " ".join(rest[-END_WORDS:])


def _on_page(line: str) -> str:
    """What stands on the page for a line of text: of a table's row, its longest cell."""
    if " | " not in line:
        return line.strip()
    return max((NAMED.sub("", cell).strip() for cell in line.split(" | ")), key=len)


def _escaped(text: str) -> str:
    # A dash would begin a prefix or end a suffix, and `quote` leaves it.
    return escape(text, safe="").replace("-", "%2D")
