import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from askworthy.company.extract.pdf import read, read_with_skips
from askworthy.company.extract.pdf_layout import Line, layout_parts
from askworthy.errors import PageUnreadable


def column(*lines, top=500, size=10, leading=13):
    return [(50, top - leading * n, size, line) for n, line in enumerate(lines)]


def blocks(data):
    page = read(data, "a.pdf")
    return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]


def test_wrapped_lines_are_one_paragraph_and_broken_words_are_whole(write_pdf):
    data = write_pdf(
        column(
            "During this time either side may end the em-", "ployment with one week's notice, and part-", "time too."
        )
    )
    assert blocks(data) == [
        ("paragraph", "During this time either side may end the employment with one week's notice, and part-time too.")
    ]


def test_a_gap_or_a_mark_begins_a_new_block(write_pdf):
    lines = column("We have 27 days.", "You too.") + column("Later more.", "• a bike", "• boots", top=440)
    assert blocks(write_pdf(lines)) == [
        ("paragraph", "We have 27 days. You too."),
        ("paragraph", "Later more."),
        ("item", "a bike"),
        ("item", "boots"),
    ]


def test_large_or_bold_short_lines_are_headings(write_pdf):
    lines = [
        (50, 550, 18, "Staff handbook"),
        (50, 500, 12, "Time away", True),
        *column("Holiday is booked in the calendar, and leads answer", "within two days, as they should.", top=480),
    ]
    assert blocks(write_pdf(lines)) == [
        ("heading", "Staff handbook"),
        ("heading", "Time away"),
        ("paragraph", "Holiday is booked in the calendar, and leads answer within two days, as they should."),
    ]


def test_running_heads_and_page_numbers_are_left_out_and_facts_are_not(write_pdf):
    pages = [
        [(50, 580, 8, "Acme handbook"), *column(f"Fact {n} is here.", "We all agree."), (50, 20, 8, f"Page {n}")]
        for n in range(1, 5)
    ]
    text = read(write_pdf(*pages), "a.pdf").text
    assert "Acme handbook" not in text and "Page" not in text
    assert all(f"Fact {n} is here." in text for n in range(1, 5))
    assert text.count("We all agree.") == 4


def test_a_paragraph_goes_on_over_the_page_end(write_pdf):
    data = write_pdf(column("The notice period is", top=60), column("two months for all."))
    assert blocks(data) == [("paragraph", "The notice period is two months for all.")]


def test_the_title_comes_from_the_file_or_its_first_heading(write_pdf):
    assert read(write_pdf(column("Text here."), title="Staff handbook"), "a.pdf").title == "Staff handbook"
    assert read(write_pdf(column("Text here."), title="scan_0042.docx"), "a.pdf").title is None
    halved = write_pdf(column("Text here."), title="?").replace(b"(?)", b"<FEFFD800>")
    assert read(halved, "a.pdf").title is None


def test_each_way_of_being_unreadable_has_its_own_reason(write_pdf):
    whole = write_pdf(column("Text."))
    for data, reason in (
        (write_pdf(column("Text."), encrypted=True), "encrypted"),
        (whole[: len(whole) // 3], "damaged"),
        (b"%PDF-1.4 nothing", "damaged"),
        (write_pdf([]), "without text"),
    ):
        with pytest.raises(PageUnreadable, match=reason):
            read(data, "a.pdf")


def test_a_page_that_cannot_be_loaded_is_skipped_and_the_others_are_kept(write_pdf):
    data = write_pdf(column("Page one."), column("Page two."), column("Page three.", top=520))
    page, skipped = read_with_skips(data.replace(b"6 0 R 8 0 R", b"6 0 R 1 0 R"), "a.pdf")
    assert page.text == "Page one.\nPage three."
    assert [(one.source, one.reason) for one in skipped] == [("a.pdf#page=2", "a damaged page")]


def test_a_page_with_more_text_than_is_safe_is_skipped_before_pdfium_looks_for_it(write_pdf):
    bomb = [(50, 500, 10, "word " * 6_500) for _ in range(20)]
    page, skipped = read_with_skips(write_pdf(bomb, column("27 days.")), "a.pdf")
    assert page.text == "27 days."
    assert [one.source for one in skipped] == ["a.pdf#page=1"]
    with pytest.raises(PageUnreadable, match="more text than fits"):
        read(write_pdf(bomb), "a.pdf")


def test_pages_past_the_limit_are_told(write_pdf, monkeypatch):
    monkeypatch.setattr("askworthy.company.extract.pdf.MAX_PAGES", 1)
    page, skipped = read_with_skips(write_pdf(column("One."), column("Two."), column("Three.")), "a.pdf")
    assert page.text == "One."
    assert [one.source for one in skipped] == ["a.pdf#page=2"]


def test_a_page_that_is_cut_off_is_told_though_it_is_the_last(write_pdf, monkeypatch):
    monkeypatch.setattr("askworthy.company.extract.pdf.MAX_CHARACTERS", 12)
    page, skipped = read_with_skips(write_pdf(column("Page one."), column("Page two.")), "a.pdf")
    assert page.text == "Page one. Pag"
    assert [one.source for one in skipped] == ["a.pdf#page=2"]


def test_one_thread_at_a_time_is_in_pdfium(write_pdf, monkeypatch):
    import pypdfium2

    inside: list[int] = []
    most: list[int] = []

    class Watched(pypdfium2.PdfDocument):
        def __init__(self, data):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.05)
            super().__init__(data)

        def close(self):
            super().close()
            inside.pop()

    monkeypatch.setattr(pypdfium2, "PdfDocument", Watched)
    data = [write_pdf(column(f"Text {n}.")) for n in range(4)]
    with ThreadPoolExecutor(4) as threads:
        assert [page.text for page in threads.map(read, data, data)] == [f"Text {n}." for n in range(4)]
    assert max(most) == 1


def test_twenty_thousand_even_lines_without_a_full_stop_take_seconds():
    words = "as many words on each line as there are in a book"
    lines = [Line(words, 10, False, 50, 350, 500 - n % 40 * 12, 600) for n in range(20_000)]
    began = time.monotonic()
    [part] = layout_parts([lines])
    assert part.text == " ".join([words] * 20_000)
    assert time.monotonic() - began < 30
