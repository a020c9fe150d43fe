import html
import json

import pytest

from askworthy.company.collect.boards import BOARDS, read_postings

GREENHOUSE, LEVER, ASHBY = BOARDS


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        (
            "https://boards.greenhouse.io/acme/jobs/12",
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
        ),
        ("https://job-boards.greenhouse.io/acme", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"),
        (
            "https://boards.greenhouse.io/embed/job_board/js?for=acme",
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
        ),
        ("https://jobs.lever.co/acme/5ac21", "https://api.lever.co/v0/postings/acme?mode=json"),
        (
            "https://jobs.ashbyhq.com/acme",
            "https://api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true",
        ),
        ("https://www.greenhouse.io/", None),
        ("https://boards.greenhouse.io/embed/job_board", None),
        ("https://jobs.lever.co.evil.example/acme", None),
        ("https://evil.example/https://jobs.lever.co/acme", None),
    ],
)
def test_links_to_boards_are_recognised_and_others_are_not(url, feed):
    found = [one for one in (board.feed(url) for board in BOARDS) if one]
    assert found == ([feed] if feed else [])
    assert all(any(board.owns(one) for board in BOARDS) for one in found)


def test_a_lever_posting_keeps_its_lists_its_place_and_its_pay():
    body = [{
        "text": "Baker", "hostedUrl": "https://jobs.lever.co/acme/1", "createdAt": 1767225600000, "workplaceType": "on-site",
        "categories": {"location": "Ghent", "team": "Bread", "commitment": "Full time"},
        "salaryRange": {"min": 40000, "max": 52000, "currency": "EUR", "interval": "per-year-salary"},
        "description": "<p>You bake.</p>", "additional": "<p>Come by.</p>",
        "lists": [{"text": "You get", "content": "<li>30 days of holiday</li><li>A bicycle</li>"}],
    }]  # fmt: skip
    [posting] = read_postings(LEVER, json.dumps(body).encode())
    assert (posting.url, posting.title, posting.published) == ("https://jobs.lever.co/acme/1", "Baker", "2026-01-01")
    for part in ("Location: Ghent", "Salary: EUR 40000 to 52000", "<li>30 days of holiday</li>", "You get", "Come by."):
        assert part in posting.markup


def test_an_ashby_posting_keeps_its_pay_and_unlisted_ones_are_passed_over():
    job = {
        "title": "Baker", "jobUrl": "https://jobs.ashbyhq.com/acme/1", "isRemote": True, "employmentType": "FullTime",
        "descriptionHtml": "<p>You bake.</p>", "publishedAt": "2026-02-03T00:00:00Z",
        "compensation": {"compensationTierSummary": "€40K – €52K"},
    }  # fmt: skip
    [posting] = read_postings(ASHBY, json.dumps({"jobs": [job, {**job, "isListed": False}]}).encode())
    for part in ("Employment type: Full Time", "Remote: yes", "Compensation: €40K – €52K", "You bake."):
        assert part in posting.markup


def test_a_greenhouse_description_is_unescaped_once():
    job = {
        "title": "Baker",
        "absolute_url": "https://a.example/1",
        "content": html.escape("<ul><li>Flour &amp; water</li></ul>"),
    }
    [posting] = read_postings(GREENHOUSE, json.dumps({"jobs": [job]}).encode())
    assert "<li>Flour &amp; water</li>" in posting.markup


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
@pytest.mark.parametrize(
    "body",
    [
        b"null", b"[]", b"{}", b'{"jobs": 3}', b'{"jobs": [null, 1, "x", [], {}]}', b'[{"text": {}, "hostedUrl": []}]',
        b'{"jobs": [{"title": "x", "absolute_url": "javascript:x", "jobUrl": "file:///x"}]}',
        b'[{"text": "x", "hostedUrl": "https://a.example", "createdAt": 1e999, "lists": {"a": 1}, "categories": []}]',
    ],
)  # fmt: skip
def test_whatever_a_board_says_the_reading_goes_on(board, body):
    assert len(read_postings(board, body)) <= 1
    with pytest.raises(ValueError):
        read_postings(board, b"[" * 100_000)
