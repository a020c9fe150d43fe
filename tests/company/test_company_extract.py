"""Every reader at once: whatever bytes a file holds, it is read or it is PageUnreadable."""

import io
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askworthy.company.extract import extract, extract_with_skips
from askworthy.company.files import SUFFIXES, SourceFile
from askworthy.company.passages import split_passages
from askworthy.company.sentences import sentence_spans
from askworthy.errors import PageUnreadable

MARKUP = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<div hidden>",
                "<ul>",
                "<li>",
                "</ul>",
                "<table>",
                "<tr>",
                "<td rowspan=9>",
                "<th>",
                "<br>",
            ),
            *(
                "</table>",
                "<h1>",
                "</h1>",
                "<dl><dt>",
                "<dd>",
                "<details><summary>",
                "<a href=#>",
                "</a>",
                "<nav>",
                "<b>",
            ),
            *(
                "# ",
                "\n\n",
                "- ",
                "  1. ",
                "| a | b |\n|---|---|\n",
                "```\n",
                "> ",
                "**",
                "[x](y)",
                "<!--",
                "-->",
                "---\n",
            ),
            *(
                "{% x %}",
                "[^1]",
                "words of text. ",
                "27 days",
                "\x00",
                "\u00ad",
                "é",
                '{"text": "a"}\n',
                '{"html": "<p>"}',
            ),
            *(
                "<script type='application/ld+json'>",
                '{"@type": "JobPosting", "description": "x',
                "</script>",
                "&lt;",
                ",",
            ),
        ]
    ),
    max_size=40,
).map(lambda pieces: "".join(pieces).encode())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("readers")


def check_offsets(folder, suffix, data):
    path = folder / f"page{suffix}"
    path.write_bytes(data)
    try:
        pages, skipped = extract_with_skips(SourceFile(path.name, path, ""))
    except PageUnreadable as reason:
        assert str(reason) and "\n" not in str(reason)
        return
    assert pages and all("\n" not in one.reason for one in skipped)
    for page in pages:
        end = 0
        for block in page.blocks:
            assert end <= block.start < block.end <= len(page.text)
            text = page.text[block.start : block.end]
            assert text == " ".join(text.split()) != ""
            end = block.end
        for passage in split_passages(page, sentence_spans):
            assert passage.text == page.text[passage.start : passage.end] != ""


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suffix=st.sampled_from(sorted(SUFFIXES)), data=st.binary(max_size=2_000))
def test_any_bytes_are_read_or_unreadable(folder, suffix, data):
    check_offsets(folder, suffix, data)


@settings(max_examples=50, deadline=None)
@given(suffix=st.sampled_from([".md", ".html", ".txt", ".jsonl", ".json"]), data=MARKUP)
def test_any_markup_is_read_or_unreadable(folder, suffix, data):
    check_offsets(folder, suffix, data)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_documents_are_read_or_unreadable(folder, write_pdf, data):
    import docx

    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Some text.")
    document.save(stream)
    suffix, whole = data.draw(
        st.sampled_from([(".docx", stream.getvalue()), (".pdf", write_pdf([(50, 500, 10, "Some text.")]))])
    )
    damaged = bytearray(whole)
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=20)
    ):
        damaged[place] = value
    check_offsets(folder, suffix, bytes(damaged[: data.draw(st.integers(0, len(whole)))]))


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("piece", [b"word and ", b"x", b"[.", b"<b "])
def test_ten_megabytes_on_one_line_take_seconds(source_file, suffix, piece):
    began = time.monotonic()
    file = source_file(f"a{suffix}", piece * (10_000_000 // len(piece)))
    try:
        assert len(extract(file)) == 1
    except PageUnreadable:
        assert piece == b"<b " and suffix == ".html"  # a tag that never ends has no text
    assert time.monotonic() - began < 30


def test_empty_missing_and_foreign_files_are_unreadable(source_file):
    missing = SourceFile("a.md", Path("no") / "such" / "file.md", "")
    for file, reason in (
        (source_file("a.txt", " \n"), "empty"),
        (source_file("a.html", "<script>x</script>"), "no text"),
        (source_file("a.png", "x"), "kind of file"),
        (missing, "cannot be read"),
    ):
        with pytest.raises(PageUnreadable, match=reason):
            extract(file)


def test_a_suffix_in_capitals_is_the_same(source_file):
    assert extract(source_file("A.MD", "# Leave\n\n27 days."))[0].title == "Leave"


def test_records_that_hold_no_page_are_told(source_file):
    pages, skipped = extract_with_skips(source_file("a.jsonl", '{"text": "27 days."}\n5'))
    assert [page.source for page in pages] == ["a.jsonl#1"]
    assert [one.source for one in skipped] == ["a.jsonl#2"]


def test_pages_of_a_pdf_that_cannot_be_read_are_told(source_file, write_pdf):
    data = write_pdf([(50, 500, 10, "27 days.")], [(50, 500, 10, "Lost.")]).replace(b"6 0 R 8 0 R", b"6 0 R 1 0 R")
    pages, skipped = extract_with_skips(source_file("a.pdf", data))
    assert [page.text for page in pages] == ["27 days."]
    assert [one.source for one in skipped] == ["a.pdf#page=2"]
