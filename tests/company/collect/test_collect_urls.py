import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askworthy.company.collect.addresses import is_allowed
from askworthy.company.collect.priorities import kind_of, priority
from askworthy.company.collect.scope import Scope
from askworthy.company.collect.traps import trap
from askworthy.company.collect.urls import normal

BASE = "https://acme.example/jobs/list?page=2"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("HTTPS://ACME.example:443/a/../b/./c?b=2&a=1#x", "https://acme.example/b/c?a=1&b=2"),
        ("../x", "https://acme.example/x"),
        ("/../../x", "https://acme.example/x"),
        ("?page=3", "https://acme.example/jobs/list?page=3"),
        ("//other.example", "https://other.example/"),
        ("/a;jsessionid=1F?PHPSESSID=2&utm_campaign=x&id=7", "https://acme.example/a?id=7"),
        ("/%7eann/%2f%c3%a9 é", "https://acme.example/~ann/%2F%C3%A9%20%C3%A9"),
        ("/100%", "https://acme.example/100%25"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("mailto:a@b.example", None),
        ("javascript:void(0)", None),
        ("data:text/html,x", None),
        ("http://a:b@acme.example/", None),
        ("http://acme.example:99999/", None),
        ("http://ac\x00me.example/", None),
        ("https://[bad", None),
        ("/" + "x" * 3_000, None),
    ],
)
def test_an_address_has_one_form(link, url):
    assert normal(link, BASE) == url


@given(st.text(max_size=60))
def test_the_form_of_a_form_is_itself_and_can_be_printed(link):
    url = normal(link, BASE)
    if url is not None:
        assert normal(url) == url
        assert url.isascii() and url.isprintable() and " " not in url


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False), ("10.0.0.1", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False), ("192.0.2.1", False),
        ("::1", False), ("::", False), ("fe80::1", False), ("fd00::1", False), ("ff02::1", False), ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("2001:0:53aa:64c:0:7a2:80ff:fffe", False),
        ("::ffff:93.184.215.14", True),
    ],
)  # fmt: skip
def test_only_public_addresses_are_allowed(address, public):
    assert is_allowed(ipaddress.ip_address(address)) == public


def test_the_scope_is_the_registrable_domain_and_its_port():
    scope = Scope(("https://www.acme.co.uk/",), ("jobs.example",))
    for url in ("https://careers.acme.co.uk/x", "http://acme.co.uk/", "https://jobs.example/"):
        assert scope.holds(url), url
    for url in (
        "https://other.co.uk/",
        "https://acme.co.uk.evil.example/",
        "https://acme.co.uk:8443/",
        "https://evil.example/",
    ):
        assert not scope.holds(url), url
    assert not Scope(("https://ann.github.io/",)).holds("https://bob.github.io/"), "hosts of other people"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/2026/11/24/we-moved-house", None), ("/jobs/12345", None), ("/events/summer-party", None), ("/list?page=2", None),
        ("/a/photo.JPG", "bad_type"), ("/login", "account"), ("/events/2026/11", "calendar"), ("/2026/11/", "calendar"),
        ("/x?year=2026", "calendar"), ("/a/b/a/b/a/b", "url_trap"), ("/a/b/c/d/e/f/g/h/i/j/k", "url_trap"),
        ("/jobs?sort=date", "query_trap"), ("/x?a=1&b=2&c=3&d=4&e=5", "query_trap"),
    ],
)  # fmt: skip
def test_traps_are_seen_by_their_looks(path, code):
    assert trap(f"https://acme.example{path}") == code


def test_words_of_addresses_and_links_say_what_a_candidate_would_read():
    order = ["/benefits", "/careers/jobs", "/about", "/blog", "/x", "/products", "/privacy"]
    assert sorted(order, key=lambda path: -priority(f"https://acme.example{path}")) == order
    assert priority("https://acme.example/x", "Life at Acme") > priority("https://acme.example/x", "Pricing")
    assert [kind_of(f"https://acme.example{path}") for path in order] == [
        "benefits",
        "careers",
        "about",
        "press",
        "other",
        "product",
        "legal",
    ]
