"""A PDF file in; a page with its lines joined to paragraphs again out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askworthy.company.blocks import build_page, tidy
from askworthy.company.extract.pdf_layout import HYPHEN, Line, layout_parts
from askworthy.errors import PageUnreadable
from askworthy.records import Page

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PAGES = 500
MAX_CHARACTERS = 5_000_000
BOLD = 600  # font weight


def read(data: bytes, source: str) -> Page:
    """Read the text of a PDF, page by page.

    Raises:
        PageUnreadable: It is damaged, encrypted, or holds pictures of text only.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise PageUnreadable("an encrypted PDF; save it without a password") from error
        raise PageUnreadable("a damaged PDF") from error
    try:
        pages = _pages(document)
        title = tidy(document.get_metadata_dict().get("Title", ""))
    except pypdfium2.PdfiumError as error:
        raise PageUnreadable("a damaged PDF") from error
    finally:
        document.close()
    parts = layout_parts(pages)
    if not any(tidy(part.text) for part in parts):
        raise PageUnreadable("a PDF without text (scanned pages?); run text recognition on it first")
    first = parts[0].text if parts[0].kind == "heading" else None
    return build_page(parts, source, title=_real_title(title) or first)


def _real_title(title: str) -> str | None:
    # Programs fill the field with file names when people leave it empty.
    return title if len(title.split()) > 1 or (title.isalpha() and title.lower() not in ("untitled", "title")) else None


def _pages(document: PdfDocument) -> list[list[Line]]:
    pages: list[list[Line]] = []
    characters = 0
    for number in range(min(len(document), MAX_PAGES)):
        page = document[number]
        text = page.get_textpage()
        try:
            lines = _lines(text, page.get_height(), MAX_CHARACTERS - characters)
        finally:
            text.close()
            page.close()
        characters += sum(len(line.text) for line in lines)
        pages.append(lines)
        if characters >= MAX_CHARACTERS:
            break
    return pages


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
