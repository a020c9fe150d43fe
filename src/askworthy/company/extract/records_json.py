"""A json or jsonl file of page records in; a page for each good record, and why the others are none, out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import get_args

from askworthy.company.blocks import INVISIBLE, tidy
from askworthy.company.extract.decoding import decode
from askworthy.company.extract.html import read_markup
from askworthy.company.extract.text import read_text
from askworthy.errors import PageUnreadable
from askworthy.records import Block, BlockKind, Page, Skipped

MAX_RECORDS = 50_000
KINDS = frozenset(get_args(BlockKind))


def read(data: bytes, source: str) -> tuple[list[Page], list[Skipped]]:
    """Read every record that holds `text` or `html`; what its collector has `skipped` of it is told with the rest.

    Raises:
        PageUnreadable: No record does.
    """
    text = decode(data)
    pages: list[Page] = []
    skipped: list[Skipped] = []
    records = _lines(text) if source.lower().endswith(".jsonl") else _values(text)
    for number, record in enumerate(records, 1):
        name = f"{source}#{number}"
        if number > MAX_RECORDS:
            skipped.append(Skipped(name, f"past the first {MAX_RECORDS:,} records"))
            break
        page = _page(record, name)
        if isinstance(page, Page):
            pages.append(page)
            skipped += _not_in(record)
        else:
            skipped.append(Skipped(name, page))
    if not pages:
        first = f" ({skipped[0].reason})" if skipped else ""
        raise PageUnreadable(f'no record with "text" or "html" in it{first}')
    return pages, skipped


def _values(text: str) -> Iterator[object]:
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise PageUnreadable(f"not valid JSON ({_first_line(error)})") from error
    if isinstance(found, dict) and isinstance(found.get("pages"), list):
        found = found["pages"]
    yield from found if isinstance(found, list) else [found]


def _lines(text: str) -> Iterator[object]:
    # Only line feeds end a record: a string may hold the other characters that Python takes for line ends.
    for line in text.split("\n"):
        if line.strip():
            try:
                yield json.loads(line, strict=False)
            except (ValueError, RecursionError) as error:
                yield error


def _page(record: object, name: str) -> Page | str:
    if isinstance(record, Exception):
        return f"not valid JSON ({_first_line(record)})"
    if not isinstance(record, dict):
        return f'a {type(record).__name__} where an object with "text" or "html" was expected'
    url, title, fetched_at = (_string(record, key) for key in ("url", "title", "fetched_at"))
    if url and not url.lower().startswith(("http://", "https://")):
        url = None
    html, text = record.get("html"), record.get("text")
    try:
        if isinstance(html, str) and html.strip():
            page = read_markup(html, url or name, title=title, url=url, fetched_at=fetched_at)
        elif isinstance(text, str):
            blocks = _blocks(record.get("blocks"), text)
            if blocks:
                return Page(url or name, text, blocks, title, url, fetched_at)
            plain = read_text(text, url or name, title=title)
            page = Page(plain.source, plain.text, plain.blocks, plain.title, url, fetched_at)
        else:
            return 'neither "text" nor "html" is a string in it'
    except PageUnreadable as reason:
        return str(reason)
    return page if page.blocks else "no text in it"


def _not_in(record: object) -> Iterator[Skipped]:
    rows = record.get("skipped") if isinstance(record, dict) else None
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, list) and len(row) == 2 and all(isinstance(one, str) for one in row):
            yield Skipped(*map(tidy, row))


def _blocks(rows: object, text: str) -> tuple[Block, ...]:
    """The layout of a text that was read before; empty if it does not fit the text."""
    blocks: list[Block] = []
    end = 0
    for row in rows if isinstance(rows, list) else []:
        if not (isinstance(row, list) and len(row) == 4 and row[2] in KINDS):
            return ()
        start, after, kind, level = row
        if not all(type(one) is int for one in (start, after, level)) or not (end <= start < after <= len(text)):
            return ()
        blocks.append(Block(start, after, kind, min(max(level, 0), 6)))
        end = after
    # The text is shown to people: what `tidy` drops from other pages must not come in here.
    return () if INVISIBLE.search(text) else tuple(blocks)


def _string(record: dict[str, object], key: str) -> str | None:
    value = record.get(key)
    return tidy(value) or None if isinstance(value, str) else None


def _first_line(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error).split("\n")[0]
