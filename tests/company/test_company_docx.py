import io
import time
import tracemalloc
import zipfile

import pytest

from askworthy.company.extract.docx import read
from askworthy.errors import PageUnreadable


def new_document():
    import docx

    return docx.Document()


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def blocks(document):
    page = read(saved(document), "a.docx")
    return [(block.kind, block.level, page.text[block.start : block.end]) for block in page.blocks]


def fill(table, rows):
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value


def test_headings_lists_and_tables_come_in_order():
    document = new_document()
    document.add_heading("Leave", 1)
    document.add_paragraph("You get:")
    document.add_paragraph("27 days", "List Bullet")
    fill(document.add_table(2, 2), [("Team", "Hours"), ("Hubs", "36")])
    document.add_heading("More", 2)
    assert blocks(document) == [
        ("heading", 1, "Leave"),
        ("paragraph", 0, "You get:"),
        ("item", 0, "27 days"),
        ("row", 0, "Team: Hubs | Hours: 36"),
        ("heading", 2, "More"),
    ]


def test_merged_cells_are_said_once_and_a_column_alone_is_no_table():
    document = new_document()
    table = document.add_table(2, 3)
    fill(table, [("A", "", ""), ("1", "2", "3")])
    table.cell(0, 0).merge(table.cell(0, 2))
    fill(document.add_table(1, 1), [("Boxed text.",)])
    assert [text for _, _, text in blocks(document)] == ["A", "1 | 2 | 3", "Boxed text."]


def table_of(*rows):
    """A document with one table; a row is the XML of its cells, or pairs of a cell's properties and its text."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    xml = "".join(f"<w:tr>{''.join(cell.format(*one) for one in row)}</w:tr>" for row in rows)
    document = new_document()
    document.element.body.insert(0, parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{xml}</w:tbl>"))
    return document


ACROSS, DOWN, ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_cell_that_reaches_over_rows_and_columns_leaves_the_others_in_theirs():
    document = table_of(
        [("", "Level"), ("", "Base"), ("", "Bonus")],
        [(ACROSS + DOWN, "Junior and mid"), ("", "5%")],
        [(ACROSS + ON, ""), ("", "7%")],
    )
    assert [text for _, _, text in blocks(document)] == [
        "Level: Junior and mid | Bonus: 5%",
        "Level: Junior and mid | Bonus: 7%",
    ]


def test_a_name_may_stand_over_two_columns():
    document = table_of([("", "Benefit"), (ACROSS, "Details")], [("", "Pension"), ("", "6%"), ("", "after a month")])
    assert [text for _, _, text in blocks(document)] == ["Benefit: Pension | Details: 6% | after a month"]


def test_a_merged_cell_with_none_above_it_is_read_as_it_stands():
    document = table_of([(ACROSS, "Pay"), ("", "Days")], [("", "50k"), (ON, "yearly"), ("", "27")])
    assert [text for _, _, text in blocks(document)] == ["Pay: 50k | yearly | Days: 27"]


def test_a_cell_that_says_it_spans_millions_of_columns_costs_no_memory():
    document = saved(table_of([('<w:gridSpan w:val="10000000"/>', "Wide"), ("", "Next")]))
    read(document, "a.docx")  # imports
    tracemalloc.start()
    page = read(document, "a.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert page.text == "Wide | Next"
    assert peak < 20_000_000


def test_a_long_cell_is_not_said_in_every_row_it_reaches_over():
    long = "27 days. " * 30
    document = table_of([(DOWN, long), ("", "a")], *([(ON, ""), ("", str(row))] for row in range(100)))
    assert read(saved(document), "a.docx").text.count(long.strip()) == 1


def test_tables_in_tables_are_read():
    document = new_document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Outside"
    fill(outer.cell(0, 1).add_table(2, 2), [("Team", "Hours"), ("Hubs", "36")])
    assert [text for _, _, text in blocks(document)] == ["Outside", "Team: Hubs | Hours: 36"]


def test_text_in_form_fields_and_insertions_is_read():
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = new_document()
    body = document.element.body
    paragraph = "<w:p><w:r><w:t>Field text.</w:t></w:r><w:ins><w:r><w:t> Inserted.</w:t></w:r></w:ins></w:p>"
    body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"))
    assert blocks(document) == [("paragraph", 0, "Field text. Inserted.")]


def test_text_boxes_are_read_where_they_are_anchored_and_once():
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = new_document()
    spaces = f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>27 days of holiday.</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    runs = f"<w:r><w:t>We offer</w:t></w:r><w:r>{both}</w:r>"
    document.element.body.insert(0, parse_xml(f"<w:p {spaces}>{runs}</w:p>"))
    document.add_paragraph("And more.")
    assert [text for *_, text in blocks(document)] == ["We offer", "27 days of holiday.", "And more."]


def test_tens_of_thousands_of_insertions_in_a_paragraph_take_seconds():
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = new_document()
    runs = "<w:ins><w:r><w:t>a </w:t></w:r></w:ins>" * 100_000
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"))
    data = saved(document)
    began = time.monotonic()
    assert read(data, "a.docx").text == ("a " * 100_000).strip()
    assert time.monotonic() - began < 15


def test_the_title_comes_from_the_properties_or_the_first_heading():
    document = new_document()
    document.add_heading("Leave", 0)
    assert read(saved(document), "a.docx").title == "Leave"
    document.core_properties.title = "Leave policy"
    assert read(saved(document), "a.docx").title == "Leave policy"


def zipped(name="word/document.xml", content=b""):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return stream.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(PageUnreadable, match="not safe"):
        read(zipped(content=b"0" * 110_000_000), "a.docx")


def test_a_bomb_that_lies_in_its_table_of_contents_is_refused_too():
    bomb = bytearray(zipped(content=b"0" * 6_000_000))
    size = (6_000_000).to_bytes(4, "little")
    found = bomb.find(size, bomb.rfind(b"PK\x01\x02"))
    bomb[found : found + 4] = (100).to_bytes(4, "little")
    with pytest.raises(PageUnreadable):
        read(bytes(bomb), "a.docx")


def test_each_way_of_being_unreadable_has_its_own_reason():
    whole = saved(new_document())
    flagged = bytearray(whole)
    flagged[flagged.rfind(b"PK\x01\x02") + 8] |= 1
    for data, reason in (
        (whole[: len(whole) // 2], "damaged"),
        (zipped("other.xml"), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "encrypted or old"),
        (bytes(flagged), "encrypted"),
    ):
        with pytest.raises(PageUnreadable, match=reason):
            read(data, "a.docx")


def test_styles_are_looked_up_once_however_many_paragraphs_there_are():
    document = new_document()
    for number in range(3_000):
        document.add_paragraph(f"Line {number} of a long book.", "List Bullet" if number % 2 else None)
    data = saved(document)
    began = time.monotonic()
    assert len(read(data, "a.docx").blocks) == 3_000
    assert time.monotonic() - began < 3  # 8 when python-docx does it


def test_a_style_says_what_the_styles_it_is_based_on_say():
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = new_document()
    made = [document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) for name in ("House", "Inner", "Other")]
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "1")
    made[0].element.get_or_add_pPr().append(level)
    made[1].base_style, made[2].base_style = made[0], made[2]  # the last one on itself
    for style in made:
        document.add_paragraph(f"In {style.name}", style)
    document.add_paragraph("In none that is there")._p.style = "Gone"
    assert [block[:2] for block in blocks(document)] == [("heading", 2)] * 2 + [("paragraph", 0)] * 2


def test_a_document_of_tags_without_number_is_refused(monkeypatch):
    document = new_document()
    for _ in range(2_000):
        document.add_paragraph()
    monkeypatch.setattr("askworthy.company.extract.docx.MAX_TAGS", 20_000)
    with pytest.raises(PageUnreadable, match=r"it has \d\d,\d{3} XML tags, more than the 20,000 that are safe"):
        read(saved(document), "a.docx")
