import json

import pytest

from askworthy.company.extract.records_json import read
from askworthy.errors import PageUnreadable

GOOD = {"text": "27 days.", "title": "Leave", "fetched_at": "2026-01-02T10:00:00Z"}


def lines(*records):
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in records).encode()


@pytest.mark.parametrize("wrapped", [GOOD, [GOOD], {"pages": [GOOD]}])
def test_an_object_a_list_and_pages_are_read(wrapped):
    [page], skipped = read(json.dumps(wrapped).encode(), "a.json")
    assert (page.source, page.text, page.title, page.fetched_at) == (
        "a.json#1",
        "27 days.",
        "Leave",
        GOOD["fetched_at"],
    )
    assert not skipped


def test_the_address_is_the_source_when_it_is_there():
    [page], _ = read(lines({**GOOD, "url": "https://a.example/leave"}), "a.jsonl")
    assert page.source == page.url == "https://a.example/leave"
    [page], _ = read(lines({**GOOD, "url": "file:///etc/passwd"}), "a.jsonl")
    assert (page.source, page.url) == ("a.jsonl#1", None)


def test_markup_is_read_as_a_web_page():
    [page], _ = read(lines({"html": "<h1>Leave</h1><ul><li>27 days</ul>", "title": 5}), "a.jsonl")
    assert [block.kind for block in page.blocks] == ["heading", "item"]
    assert page.title == "Leave"


def test_a_bad_record_is_told_and_the_others_are_kept():
    pages, skipped = read(lines(GOOD, "{broken", [1], {"text": 5}, {"html": "<p></p>"}, "", GOOD), "a.jsonl")
    assert [page.source for page in pages] == ["a.jsonl#1", "a.jsonl#6"]
    assert [one.source for one in skipped] == [f"a.jsonl#{n}" for n in range(2, 6)]
    assert all("\n" not in one.reason for one in skipped)


def test_a_line_separator_inside_a_string_ends_no_record():
    pages, _ = read('{"text": "one\u2028two"}'.encode(), "a.jsonl")
    assert len(pages) == 1


def test_half_characters_do_not_reach_the_page():
    [page], _ = read(b'{"text": "a\\ud800b", "title": "\\udfff"}', "a.jsonl")
    assert page.text == "ab"
    assert page.title is None


@pytest.mark.parametrize("data", [b"[]", b"5", b"{", b'{"pages": 5}', b"[" * 100_000, b"9" * 10_000, b'[{"text": ""}]'])
def test_a_file_without_any_good_record_is_unreadable(data):
    with pytest.raises(PageUnreadable):
        read(data, "a.json")
