from hypothesis import given, settings
from hypothesis import strategies as st

from askworthy.company.blocks import Part, build_page, looks_like_header, table_parts, tidy

KINDS = st.sampled_from(["heading", "paragraph", "item", "row"])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.builds(Part, KINDS, st.text())))
def test_every_block_points_at_its_part(parts):
    page = build_page(parts, "a.md")
    texts = [page.text[block.start : block.end] for block in page.blocks]
    assert texts == [text for part in parts if (text := tidy(part.text))]
    assert page.text.encode("utf-8").decode("utf-8") == page.text
    assert all(above.end < below.start for above, below in zip(page.blocks, page.blocks[1:], strict=False))


def test_what_cannot_be_seen_is_dropped_and_white_space_made_one():
    assert tidy(" em\u00adploy\u200bment\x00 \n\t of\u00a0two \ud800") == "employment of two"


def test_an_empty_line_stands_above_a_heading():
    page = build_page([Part("paragraph", "a"), Part("item", ""), Part("heading", "B", 2), Part("item", "c")], "a.md")
    assert page.text == "a\n\nB\nc"
    assert [block.level for block in page.blocks] == [0, 2, 0]


def test_a_row_reads_alone_when_the_table_names_its_columns():
    rows = [["Benefit", "Share"], ["Pension", "6 %"], ["", "none"], []]
    assert [part.text for part in table_parts(rows)] == ["Benefit: Pension | Share: 6 %", "Share: none"]


def test_a_table_without_column_names_keeps_its_first_row():
    assert [part.text for part in table_parts([["Holiday", "27 days"], ["Hours", "36"]])] == [
        "Holiday | 27 days",
        "Hours | 36",
    ]


def test_figures_and_sentences_are_no_column_names():
    assert looks_like_header(["Team", "Days on site"])
    assert not looks_like_header(["Team", "3 days"])
    assert not looks_like_header(["Team", "We meet."])
    assert not looks_like_header(["Team", ""])
