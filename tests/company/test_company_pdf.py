import pytest

from askworthy.company.extract.pdf import read
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
