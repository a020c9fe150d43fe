import time

import hard_pages
import pytest

from askworthy.company.collect.document import read_document
from askworthy.company.collect.fetch import Fetched


def read(markup, url="http://acme.test/page"):
    return read_document(Fetched(url, 200, {"content-type": "text/html"}, markup.encode()))


@pytest.mark.parametrize("hard", hard_pages.pages(), ids=lambda one: one.name)
def test_hard_pages_keep_their_facts_and_lose_their_furniture(hard):
    text = read(hard.markup).page.text
    assert [item for item in hard.items if item not in text] == []
    for furniture in ("cookies", "Privacy policy", "Terms of use", "Products", "©"):
        assert furniture not in text


def test_a_page_tells_its_language_its_dates_and_its_own_address():
    head = (
        '<head><link rel="canonical" href="/own"><meta property="article:published_time" content="2026-02-03T09:00:00Z">'
        '<script type="application/ld+json">{"dateModified": "2026-03-04", "datePublished": "2020-01-01"}</script></head>'
    )
    found = read(f'<html lang="en-GB">{head}<body><p>Text of the page.</p></body></html>')
    assert (found.language, found.published, found.modified) == ("en-gb", "2026-02-03T09:00:00Z", "2026-03-04")
    assert found.canonical == "http://acme.test/own"


def test_links_are_taken_from_the_base_and_none_twice():
    found = read(
        '<base href="/deep/"><a href="a">A</a><a href="../b">B</a><a href="a#x">A</a><a href="mailto:x@y.z">M</a>'
    )
    assert [(link.url, link.anchor) for link in found.links] == [
        ("http://acme.test/deep/a", "A"),
        ("http://acme.test/b", "B"),
    ]


def test_links_in_links_take_seconds_and_each_has_its_first_words():
    began = time.monotonic()
    found = read("<p>Text.</p>" + "<a href=x>Join <object>" * 20_000)
    assert time.monotonic() - began < 15  # 100, if each were asked for all of its text
    assert found.links[0].anchor.startswith("Join Join") and len(found.links[0].anchor) <= 200
    assert read("<a href=a><b>What it</b> is <i>like</i></a> here").links[0].anchor == "What it is like"


def test_a_short_page_with_a_script_is_a_page_and_no_shell():
    assert not read(
        '<div id="__next"><p>We are hiring again in spring, so come back then please, all of you.</p></div><script src=a></script>'
    ).needs_browser
    assert read('<div id="__next"></div><script src=a></script>').needs_browser
