"""The numbers that a collection tells of what it left: right once, and right again after a stop or a refresh."""

import json

import pytest
from server import Answer

from askworthy.company import Company
from askworthy.company.collect.frontier import Frontier, Outcome
from askworthy.company.collect.offers import Offers
from askworthy.company.collect.priorities import NEVER
from askworthy.company.collect.scope import Scope
from askworthy.company.collect.settings import Settings
from askworthy.company.collect.traps import NUMBERED, QUERY_VARIANTS

HOME = "http://acme.test/"
TEXT = "<main><h1>{0}</h1><p>{0} is a page of its own, with a sentence that is long enough to be read.</p>{1}</main>"


def link(*paths):
    return "".join(f'<a href="{path}">{path}</a> ' for path in paths)


@pytest.fixture
def frontier(tmp_path):
    frontier = Frontier(tmp_path / "frontier.sqlite")
    yield frontier
    frontier.close()


@pytest.fixture
def offers(frontier):
    """Take addresses into the frontier, by their paths; with how many there is room for."""

    def offers(**limits):
        return Offers(Settings(**limits), frontier, Scope((HOME,)))

    return offers


def offer(offers, path, wanted, depth=1):
    offers.page(HOME + path, wanted, depth=depth, found_on=HOME)


def waiting(frontier):
    return {row["url"].removeprefix(HOME) for row in frontier.rows("waiting = 1")}


def test_an_address_that_was_not_remembered_is_counted_once_and_not_at_all_once_it_is(offers, frontier):
    taken = offers(max_urls=2)
    for name, wanted in (("a", 1.0), ("b", 2.0), ("c", 3.0), ("a", 1.0), ("a", 1.5)):
        offer(taken, name, wanted)
    assert (waiting(frontier), frontier.passed("limit")) == ({"b", "c"}, 1)
    offer(taken, "a", 9.0)  # a better link to it; b goes for it
    assert (waiting(frontier), frontier.passed("limit")) == ({"a", "c"}, 1)
    offer(offers(max_urls=2), "b", 1.0)  # a later run
    assert frontier.passed("limit") == 1


def test_past_a_number_that_says_enough_there_is_no_counting(frontier, monkeypatch):
    monkeypatch.setattr("askworthy.company.collect.frontier.MAX_PASSED", 3)
    for number in range(9):
        frontier.pass_by(f"{HOME}{number}", "limit")
    assert (frontier.passed("limit"), frontier.passed("off_site")) == (3, 0)


def test_a_variant_that_comes_back_is_counted_once(offers, frontier):
    taken = offers(max_urls=2)
    offer(taken, "best", 50.0)
    for wanted in range(QUERY_VARIANTS):  # two that push each other out
        offer(taken, "list?page=1", 1.0 + wanted)
        offer(taken, "other", 1.5 + wanted)
    offer(taken, "list?page=1", 40.0)
    assert waiting(frontier) == {"best", "list?page=1"}
    assert [row["reason"] for row in frontier.rows()] == [None, None]


def test_a_run_that_goes_on_sees_the_same_traps_as_one_that_was_not_stopped(offers, frontier):
    first = offers()
    for number in range(QUERY_VARIANTS + 5):
        offer(first, f"jobs?sort={number}", 1.0)  # traps by their looks
        offer(first, f"far/{number}", 1.0, depth=99)
    for number in range(NUMBERED):
        offer(first, f"far/x/{number}.jpg", 1.0)
    again = offers()
    offer(again, "jobs?id=7", 1.0)
    offer(again, "far/x/7", 1.0)
    assert waiting(frontier) == {"jobs?id=7", "far/x/7"}


def test_a_page_that_seemed_too_far_away_is_read_once_it_is_met_nearer(offers, frontier):
    far = offers(max_depth=3)
    offer(far, "pension", 5.0, depth=4)
    assert [(row["reason"], row["priority"]) for row in frontier.rows()] == [("depth", NEVER)]
    offer(far, "pension", 1.0, depth=3)
    assert [(row["reason"], row["priority"], row["depth"]) for row in frontier.rows("waiting = 1")] == [(None, 1.0, 3)]


def test_what_a_board_told_is_not_unskipped_by_a_link_to_it(offers, frontier):
    taken = offers(max_depth=3)
    offer(taken, "job", 5.0, depth=4)
    taken.posting(f"{HOME}job", depth=1, found_on="http://boards.test/")
    frontier.settle(f"{HOME}job", Outcome("read", status=200))
    offer(taken, "job", 9.0, depth=1)
    assert [row["role"] for row in frontier.rows()] == ["posting"] and not waiting(frontier)


def test_links_that_are_not_followed_are_told_once_over_pages_and_runs(server, run, tmp_path):
    many = link(*(f"/p{number}x" for number in range(30)), "http://elsewhere.test/")
    server.pages["acme.test", "/*"] = lambda asked: Answer(
        200, TEXT.format(asked.path, many + f"<p>{len(server.requests)}</p>"), {"Content-Type": "text/html"}
    )
    for refresh in (False, True, True):
        run(max_links=20, max_urls=12, max_pages=12, refresh=refresh)
        summary = json.loads((tmp_path / "acme" / "collect.json").read_bytes())
        met = {one["url"] for one in summary["urls"]}
        left = {server.url(f"/p{number}x") for number in range(30)} - met
        assert (summary["dropped_links"], summary["off_site_links"]) == (len(left), 0), (
            "the last link is past the limit"
        )
    reasons = [one.reason for one in Company.open(tmp_path / "acme").skipped]
    assert f"{len(left)} links past the limits of this collection were not followed" in reasons
    summary["dropped_links"] = 100_000
    (tmp_path / "acme" / "collect.json").write_text(json.dumps(summary))
    assert Company.open(tmp_path / "acme").skipped[0].reason.startswith("100,000 or more links")
