"""A Word file in; a page with its headings, lists and tables out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from askworthy.company.blocks import Part, build_page, looks_like_header, table_parts, tidy
from askworthy.company.extract.docx_styles import Style, Styles
from askworthy.company.extract.unreadable import Locked
from askworthy.errors import PageUnreadable
from askworthy.records import Page

if TYPE_CHECKING:
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

MAX_UNPACKED = 100_000_000
MAX_MEMBERS = 5_000
MAX_TAGS = 3_000_000  # in all files of a package; a book has some 100,000
MAX_RATIO = 200  # of text to its packed form; real documents stay below 50
SMALL = 5_000_000  # bytes that are harmless however well they are packed
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a box holds is there twice: as today's Word draws it, and for older ones.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What wraps text without changing it: form fields, tracked insertions, smart tags.
WRAPPERS = tuple(WORD + name for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"))
CELL_PARAGRAPH_WORDS = 80  # a table with cells longer than this lays out a page
MAX_TABLE_DEPTH = 20
MAX_COLUMNS = 63  # as many as Word makes: where a row ends for the cells that span columns
MAX_REPEATED = 200  # characters of a cell that reaches over rows and is said in each of them


def read(data: bytes, source: str) -> Page:
    """Read a Word document (docx).

    Raises:
        PageUnreadable: It is encrypted, damaged, or would unpack to more than is safe.
    """
    _refuse_bombs(data)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        _unwrap(document.element.body)
        parts = list(_parts(document, Styles(document.styles.element)))
        title = tidy(document.core_properties.title or "")
    except Exception as error:  # whatever a broken package makes python-docx and lxml raise
        raise PageUnreadable("a damaged Word file") from error
    first = next((part.text for part in parts if part.kind == "heading" and part.level == 1), None)
    return build_page(parts, source, title=title or first)


def _refuse_bombs(data: bytes) -> None:
    if data.startswith(OLE_MAGIC):
        raise Locked("an encrypted or old (.doc) Word file; save it as docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _refuse_members(members, len(data))
            tags = sum(_count_tags(package, one) for one in members)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise PageUnreadable("a damaged Word file (not a whole zip archive)") from error
    if tags > MAX_TAGS:
        raise PageUnreadable(f"it has {tags:,} XML tags, more than the {MAX_TAGS:,} that are safe to read")


def _refuse_members(members: list[zipfile.ZipInfo], size: int) -> None:
    unpacked, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > SMALL + MAX_RATIO * min(packed, size):
        raise PageUnreadable(f"it would unpack to {unpacked / 1e6:.0f} MB in {len(members)} files, which is not safe")
    if any(one.flag_bits & 1 for one in members):
        raise Locked("an encrypted Word file; save it without a password")


def _count_tags(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """The tags that a file has if it is XML, whatever its name is: each costs memory and time."""
    with package.open(member) as stream:
        return sum(piece.count(b"<") for piece in iter(lambda: stream.read(1 << 20), b""))


def _unwrap(body: Any) -> None:
    for wrapper in list(body.iter(*WRAPPERS)):
        for child in list(wrapper):
            if isinstance(child.tag, str) and not child.tag.endswith(("}sdtPr", "}sdtEndPr")):
                wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)


def _parts(container: Any, styles: Styles, depth: int = 0) -> Iterator[Part]:
    from docx.table import Table

    for block in container.iter_inner_content():
        if isinstance(block, Table):
            if depth < MAX_TABLE_DEPTH:
                yield from _table(block, styles, depth)
        else:
            for paragraph in (block, *_in_boxes(block)):
                if text := _text(paragraph):
                    yield _paragraph(paragraph, text, styles)


def _in_boxes(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraphs in the text boxes that are anchored in one."""
    from docx.text.paragraph import Paragraph

    for inner in islice(paragraph._p.iter(WORD + "p"), 1, None):
        if not any(above.tag == FALLBACK for above in inner.iterancestors()):
            yield Paragraph(inner, paragraph._parent)


def _paragraph(paragraph: Paragraph, text: str, styles: Styles) -> Part:
    style = styles.of(paragraph._p.style)
    name = style.name
    if heading := re.match(r"heading (\d)", name, re.IGNORECASE):
        return Part("heading", text, min(max(int(heading[1]), 1), 6))
    if name.lower() == "title":
        return Part("heading", text, 1)
    level = _outline_level(paragraph, style)
    if level is not None:
        return Part("heading", text, level)
    nesting = _nesting(paragraph)
    if nesting is not None or name.lower().startswith("list"):
        return Part("item", re.sub(r"^\s*[•·▪◦-]\s+", "", text), nesting or 0)
    return Part("paragraph", text)


def _text(paragraph: Paragraph) -> str:
    # Line breaks and tabs stand for spaces; text in links counts, struck-out revisions do not.
    return paragraph.text


def _outline_level(paragraph: Paragraph, style: Style) -> int | None:
    """The heading level that a style of another name stands for."""
    levels = paragraph._p.xpath("./w:pPr/w:outlineLvl/@w:val")
    level = levels[0] if levels else style.level
    return int(level) + 1 if level and level in "012345" else None


def _nesting(paragraph: Paragraph) -> int | None:
    numbered = paragraph._p.xpath("./w:pPr/w:numPr[w:numId[not(@w:val='0')]]")
    if not numbered:
        return None
    levels = paragraph._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
    return min(int(levels[0]), 6) if levels and re.fullmatch(r"\d{1,3}", levels[0]) else 0


def _table(table: Table, styles: Styles, depth: int) -> Iterator[Part]:
    rows = _rows(table)
    cells = dict.fromkeys(cell for row in rows for cell in row if cell)  # each once, those that reach over rows too
    if all(len(row) - row.count(None) < 2 for row in rows) or any(map(_is_layout, cells)):
        for cell in cells:
            yield from _parts(cell, styles, depth + 1)
        return
    texts = [[tidy(_cell_text(cell)) if cell else None for cell in row] for row in rows]
    first = next((row for row in texts if any(row)), [])
    header = looks_like_header([text for text in first if text is not None])
    yield from table_parts([[text or "" for text in row] for row in texts], header=header)


def _rows(table: Table) -> list[list[_Cell | None]]:
    """The cells of each row by column: one that reaches down in every row, None where one reaches across."""
    from docx.table import _Cell

    rows: list[list[_Cell | None]] = []
    hanging: dict[int, _Cell] = {}  # by column
    for row in table.rows:
        cells: list[_Cell | None] = [None] * min(row.grid_cols_before, MAX_COLUMNS)
        above, hanging = hanging, {}
        for tc in row._tr.tc_lst:
            # Not row.cells, which gives a cell for each column spanned, and raises where none is above to go on from.
            column = len(cells)
            cell = (above.get(column) if tc.vMerge == "continue" else None) or _Cell(tc, table)
            if tc.vMerge and len(_cell_text(cell)) <= MAX_REPEATED:
                hanging[column] = cell
            cells += [cell, *[None] * min(tc.grid_span - 1, MAX_COLUMNS - column - 1)]
        rows.append(cells)
    return rows


def _is_layout(cell: _Cell) -> bool:
    if cell.tables:
        return True
    return len(cell.paragraphs) > 1 and len(_cell_text(cell).split()) > CELL_PARAGRAPH_WORDS


def _cell_text(cell: _Cell) -> str:
    return " ".join(paragraph.text for paragraph in cell.paragraphs)
