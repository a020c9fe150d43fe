import re

from hypothesis import given, settings
from hypothesis import strategies as st

from askworthy.company.blocks import Part, build_page
from askworthy.company.passages import split_passages
from askworthy.records import Page


def by_full_stop(text):
    return [match.span() for match in re.finditer(r"[^.\s][^.]*\.?|\.", text)]


def texts(*parts, title=None):
    return [one.text for one in split_passages(build_page(parts, "a.md", title=title), by_full_stop)]


def headings(*parts, title=None):
    return [one.heading for one in split_passages(build_page(parts, "a.md", title=title), by_full_stop)]


def paragraph(words, sentence=10):
    return Part("paragraph", " ".join(f"w{n}." if (n + 1) % sentence == 0 else f"w{n}" for n in range(words)))


H1, H2, TEXT = Part("heading", "Leave", 1), Part("heading", "Pay", 2), Part("paragraph", "Full pay.")
WORDS = st.text(alphabet="ab .,:\n", max_size=60)
PARTS = st.lists(
    st.builds(Part, st.sampled_from(["heading", "paragraph", "item", "row"]), WORDS, st.integers(0, 6))
    | st.builds(paragraph, st.integers(1, 300), st.integers(2, 200))
)


@settings(max_examples=50, deadline=None)
@given(PARTS, st.sets(st.integers(0, 10)), st.sampled_from([by_full_stop, lambda text: [], lambda text: [(0, 1)]]))
def test_every_block_is_covered_once_and_none_that_was_dropped(parts, dropped, sentences):
    whole = build_page(parts, "a.md")
    blocks = tuple(block for number, block in enumerate(whole.blocks) if number not in dropped)
    page = Page(whole.source, whole.text, blocks)
    passages = split_passages(page, sentences)
    covered = sorted(n for one in passages for n in range(one.start, one.end) if not page.text[n].isspace())
    wanted = [
        n
        for block in blocks
        if block.kind != "heading"
        for n in range(block.start, block.end)
        if not page.text[n].isspace()
    ]
    assert covered == wanted
    assert all(one.text == one.text.strip() != "" for one in passages)
    assert all(len(one.text.split()) <= 120 for one in passages)


def test_the_heading_path_follows_the_levels():
    last = (Part("heading", "Sick days", 1), TEXT)
    assert headings(TEXT, H1, TEXT, H2, TEXT, *last) == ["", "Leave", "Leave > Pay", "Sick days"]


def test_the_title_is_the_root_unless_the_first_heading_says_it():
    assert headings(H1, TEXT, title="Handbook") == ["Handbook > Leave"]
    assert headings(H1, TEXT, title="Leave | Acme") == ["Leave"]
    assert headings(H1, TEXT, Part("heading", "Pay", 1), TEXT, title="Leave") == ["Leave", "Leave > Pay"]
    assert headings(TEXT, title="Handbook") == ["Handbook"]


def test_no_passage_crosses_a_heading_and_a_heading_alone_makes_none():
    assert texts(H1, H2, TEXT, Part("heading", "End", 1)) == ["Full pay."]
    assert texts(TEXT, H1, TEXT) == ["Full pay.", "Full pay."]


def test_a_long_paragraph_is_cut_at_sentences():
    found = texts(paragraph(130))
    assert [len(one.split()) for one in found] == [40, 40, 40, 10]
    assert all(one.endswith(".") for one in found)


def test_short_paragraphs_are_gathered():
    assert texts(Part("paragraph", "By Ann."), Part("paragraph", "We plan.")) == ["By Ann.\nWe plan."]


def test_items_stay_with_the_line_that_leads_in():
    lead = Part("paragraph", "You get:")
    assert texts(paragraph(70), lead, Part("item", "a bike"), Part("item", "boots"))[-1] == "You get:\na bike\nboots"


def test_a_list_too_long_for_its_lead_in_is_cut_between_items():
    items = [Part("item", f"{n} " + "word " * 29) for n in range(4)]
    found = texts(Part("paragraph", "You get:"), *items)
    assert [len(one.split()) for one in found] == [62, 60]


def test_rows_are_grouped_by_four_at_most():
    found = texts(*(Part("row", f"Level: {n} | Pay: {n}0k") for n in range(6)))
    assert [len(one.split("\n")) for one in found] == [4, 2]


def test_a_sentence_too_long_is_cut_at_a_clause():
    words = ["word"] * 200
    words[59] = "word,"
    found = texts(Part("paragraph", " ".join(words)))
    assert found[0].endswith(",")
    assert all(len(one.split()) <= 120 for one in found)


def test_a_word_of_a_million_letters_is_cut():
    assert max(map(len, texts(Part("paragraph", "x" * 1_000_000)))) < 30_000
