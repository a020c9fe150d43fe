"""A PDF file in; a page with its lines joined to paragraphs again out.

A hostile one may take all memory and end the process: `pdf_apart` has another process call this.
"""

from __future__ import annotations

from contextlib import closing
from itertools import accumulate
from threading import Lock
from typing import TYPE_CHECKING, Any

from askworthy.company.blocks import build_page, tidy
from askworthy.company.extract.pdf_layout import HYPHEN, Line, layout_parts
from askworthy.company.extract.unreadable import Locked, Scanned
from askworthy.errors import PageUnreadable
from askworthy.records import Page, Skipped

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 500
MAX_CHARACTERS = 5_000_000
MAX_PAGE_CHARACTERS = 500_000  # a full page has 5,000
BOLD = 600  # font weight
# All of pdfium is one state without locks: threads that are in it together mix up each other's text, or crash.
PDFIUM = Lock()


def read(data: bytes, source: str) -> Page:
    """Read the text of a PDF, and pass over pages of it that cannot be read.

    Raises:
        PageUnreadable: It is damaged, encrypted, or holds pictures of text only.
    """
    return read_with_skips(data, source)[0]


def read_with_skips(data: bytes, source: str) -> tuple[Page, list[Skipped]]:
    """Read the text of a PDF.

    Returns:
        One page for all of them, and the pages of the file that are not in it.

    Raises:
        PageUnreadable: It is damaged, encrypted, or holds pictures of text only.
    """
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                raise Locked("an encrypted PDF; save it without a password") from error
            raise PageUnreadable("a damaged PDF") from error
        with closing(document):
            title = _title(document)
            pages, skipped = _pages(document, source)
    parts = layout_parts(pages)
    if not any(tidy(part.text) for part in parts):
        if skipped:
            raise PageUnreadable(f"a PDF without text in the pages that can be read ({skipped[0].reason})")
        raise Scanned("a PDF without text (scanned pages?); run text recognition on it first")
    first = parts[0].text if parts[0].kind == "heading" else None
    return build_page(parts, source, title=title or first), skipped


def _title(document: PdfDocument) -> str | None:
    try:
        title = tidy(document.get_metadata_value("Title"))
    except UnicodeDecodeError:  # half a character
        return None
    # Programs fill the field with file names when people leave it empty.
    return title if len(title.split()) > 1 or (title.isalpha() and title.lower() not in ("untitled", "title")) else None


def _pages(document: PdfDocument, source: str) -> tuple[list[list[Line]], list[Skipped]]:
    from pypdfium2 import PdfiumError

    pages: list[list[Line]] = []
    skipped: list[Skipped] = []
    characters = 0
    for number in range(len(document)):
        name = f"{source}#page={number + 1}"  # as links into PDFs are written
        if number >= MAX_PAGES or characters >= MAX_CHARACTERS:
            skipped.append(Skipped(name, _past()))
            break
        try:
            with closing(document[number]) as page:
                if _is_bomb(page):
                    skipped.append(Skipped(name, "more text than fits on a page"))
                    continue
                with closing(page.get_textpage()) as text:
                    lines = _lines(text, page.get_height(), MAX_CHARACTERS - characters)
                    is_cut = text.count_chars() > MAX_CHARACTERS - characters
        except PdfiumError:
            skipped.append(Skipped(name, "a damaged page"))
            continue
        characters += sum(len(line.text) for line in lines)
        pages.append(lines)
        if is_cut:
            skipped.append(Skipped(name, _past()))
            break
    return pages, skipped


def _past() -> str:
    return f"past the first {MAX_PAGES} pages or {MAX_CHARACTERS:,} characters of a PDF"


def _is_bomb(page: PdfPage) -> bool:
    """Whether a page has room for more text than is safe; pdfium takes 200 bytes of memory a character to find it."""
    from pypdfium2 import raw

    boxes = (text.get_bounds() for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    # A line has room for two letters in each stretch as long as it is high, whichever way it is written.
    sides = (sorted((right - left, top - bottom)) for left, bottom, right, top in boxes)
    return any(room > MAX_PAGE_CHARACTERS for room in accumulate(1 + 2 * long / max(short, 1) for short, long in sides))


def _lines(textpage: Any, height: float, limit: int) -> list[Line]:
    import ctypes

    from pypdfium2 import raw

    lines: list[Line] = []
    letters: list[str] = []
    first = 0
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))

    def end_line(last: int) -> None:
        text = "".join(letters)
        if text.strip():
            # The line's first and last visible letters tell its place and size.
            start = first + len(text) - len(text.lstrip())
            raw.FPDFText_GetCharBox(textpage.raw, min(last, start + len(text.strip()) - 1), left, right, bottom, top)
            edge = right.value
            raw.FPDFText_GetCharBox(textpage.raw, start, left, right, bottom, top)
            lines.append(
                Line(
                    text=text,
                    size=round(raw.FPDFText_GetFontSize(textpage.raw, start), 1),
                    bold=raw.FPDFText_GetFontWeight(textpage.raw, start) >= BOLD,
                    left=left.value,
                    right=edge,
                    base=bottom.value,
                    height=height,
                )
            )
        letters.clear()

    count = min(raw.FPDFText_CountChars(textpage.raw), max(limit, 0))
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage.raw, index)
        if code in (10, 13):
            end_line(index - 1)
            first = index + 1
        else:
            # pdfium marks a hyphen that breaks a word at the line's end with a code that is no character.
            broken = code in (2, 0xFFFE)
            letters.append(HYPHEN if broken else chr(code) if 0 < code < 0x110000 else " ")
            if broken:
                end_line(index)
                first = index + 1
    end_line(count - 1)
    return lines
