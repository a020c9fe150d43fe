from askworthy.company.extract.text import read


def blocks(text):
    page = read(text.encode(), "a.txt")
    return [(block.kind, block.level, page.text[block.start : block.end]) for block in page.blocks]


def test_wrapped_lines_are_one_paragraph_and_empty_lines_part_them():
    assert blocks("We have\n27 days.\n\nYou too.") == [
        ("paragraph", 0, "We have 27 days."),
        ("paragraph", 0, "You too."),
    ]


def test_underlined_lines_are_headings_and_the_first_is_the_title():
    text = "Benefits\n========\nText.\n\nLeave\n-----\nMore."
    assert blocks(text) == [
        ("heading", 1, "Benefits"),
        ("paragraph", 0, "Text."),
        ("heading", 2, "Leave"),
        ("paragraph", 0, "More."),
    ]
    assert read(text.encode(), "a.txt").title == "Benefits"


def test_lines_with_marks_are_items_and_their_wrapped_lines_belong_to_them():
    assert blocks("You get:\n- a bike\n  for free\n* boots\n  • laces\n1. tea\n2) cake") == [
        ("paragraph", 0, "You get:"),
        ("item", 0, "a bike for free"),
        ("item", 0, "boots"),
        ("item", 1, "laces"),
        ("item", 0, "tea"),
        ("item", 0, "cake"),
    ]


def test_windows_line_ends_are_line_ends():
    assert blocks("One.\r\n\r\nTwo.") == [("paragraph", 0, "One."), ("paragraph", 0, "Two.")]


def test_a_line_in_capitals_above_its_text_is_a_heading():
    assert blocks("ABOUT US\nWe build bikes.")[0] == ("heading", 2, "ABOUT US")


def test_a_year_at_the_start_of_a_line_is_no_list():
    assert blocks("It began in\n2013. Then it grew.") == [("paragraph", 0, "It began in 2013. Then it grew.")]
