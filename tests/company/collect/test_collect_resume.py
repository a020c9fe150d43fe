import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from employers import HOST, build
from server import resolve, settings

import askworthy
from askworthy.company import Company
from askworthy.company.collect import collect
from askworthy.company.collect.cache import finished_days_ago, has_more
from askworthy.company.collect.closing import NAME
from askworthy.company.collect.frontier import Frontier
from askworthy.errors import BadCompany

HERE = Path(__file__).parent
RUN = """
import sys
sys.path.insert(0, {here!r})
from types import SimpleNamespace
from server import resolve, settings
from askworthy.company.collect import collect
collect({url!r}, {folder!r}, settings=settings(SimpleNamespace(port={port}), max_pages=2000), resolve=resolve)
"""


def start(url, folder, port):
    code = RUN.format(here=str(HERE), url=url, folder=str(folder), port=port)
    env = os.environ | {"PYTHONPATH": str(Path(askworthy.__file__).parents[1])}
    return subprocess.Popen([sys.executable, "-c", code], env=env)


def final_pages(folder):
    """The bytes of pages.jsonl without its times."""
    lines = [json.loads(line) for line in (folder / "pages.jsonl").read_bytes().splitlines()]
    return [json.dumps({**line, "fetched_at": None}) for line in lines]


def test_killed_at_any_moment_it_goes_on_and_ends_with_the_same_pages(server, tmp_path):
    site = build(server, employers=3)
    whole = start(site.start, tmp_path / "whole", server.port)
    began = time.monotonic()
    assert whole.wait(300) == 0
    took = time.monotonic() - began
    expected = final_pages(tmp_path / "whole")
    assert len(expected) > 40
    moments = random.Random(5)
    killed = 0
    for _ in range(4):
        process = start(site.start, tmp_path / "broken", server.port)
        time.sleep(moments.uniform(0.3, 0.9) * took)
        process.send_signal(signal.SIGKILL)
        killed += process.wait(60) == -signal.SIGKILL
    assert start(site.start, tmp_path / "broken", server.port).wait(300) == 0
    assert killed >= 1
    assert final_pages(tmp_path / "broken") == expected
    bodies = [sorted(path.name for path in (tmp_path / name / "bodies").rglob("*.gz")) for name in ("whole", "broken")]
    assert bodies[0] == bodies[1]


def page(name, links=""):
    return f"<main><h1>{name}</h1><p>{name} is a page with a sentence that is long enough to be read.</p>{links}</main>"


@pytest.fixture
def small(server):
    server.put("/", page("Home", '<a href="/a">a</a><a href="/b">b</a><a href="/c">c</a>'))
    for name in "abc":
        server.put(f"/{name}", page(name.upper()))
    return server


def test_a_second_run_of_a_finished_collection_asks_for_nothing(small, run):
    run()
    asked = len(small.requests)
    assert run().pages == 4
    assert len(small.requests) == asked


def test_a_site_that_could_not_be_reached_is_tried_again(small, run):
    home = small.pages.pop(("acme.test", "/"))
    with pytest.raises(BadCompany, match="the server answers 404"):
        run()
    small.pages["acme.test", "/"] = home
    assert run().pages == 4


def test_half_a_line_that_a_crash_left_is_dropped(small, run, tmp_path, records):
    run()
    whole = (tmp_path / "acme" / "pages.jsonl").read_bytes()
    with (tmp_path / "acme" / "pages.jsonl").open("ab") as file:
        file.write(b'{"url": "http://acme.test/half", "te')
    assert len(Company.open(tmp_path / "acme").text().pages) == 4
    run()
    assert (tmp_path / "acme" / "pages.jsonl").read_bytes() == whole


def test_pages_that_a_power_cut_took_are_read_again(small, run, tmp_path, records):
    run()
    before = records()
    lines = (tmp_path / "acme" / "pages.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "acme" / "pages.jsonl").write_bytes(b"".join(lines[:2]) + lines[2][:40])
    asked = len(small.requests)
    run()
    assert {path: one["text"] for path, one in records().items()} == {path: one["text"] for path, one in before.items()}
    assert 0 < len(small.requests) - asked <= 4


def test_two_runs_into_one_folder_do_not_mix(small, run, tmp_path):
    run()
    held = Frontier(tmp_path / "acme" / ".collect" / "frontier.sqlite")
    held.keep_fact("held", True)
    with pytest.raises(BadCompany, match="is being collected by another run"):
        run()
    held.close()


def test_it_runs_where_a_loop_runs_already_as_in_a_notebook(small, tmp_path):
    import asyncio

    async def notebook():
        return collect(small.url(), tmp_path / "n", settings=settings(small), resolve=resolve)

    assert asyncio.run(notebook()).pages == 4


def test_a_refresh_fetches_what_changed_and_says_what_did(small, run, tmp_path, records):
    run()
    first = records()
    small.put("/a", page("A, rewritten", '<a href="/new">new</a>'))
    small.put("/b", b"", status=404)
    small.put("/new", page("New"))
    small.requests.clear()
    found = run(refresh=True)
    changes = found.changes
    assert changes.appeared == (small.url("/new"),)
    assert changes.changed == (small.url("/a"),)
    assert changes.went == (small.url("/b"),)
    sent = {one.path: one.headers.get("if-none-match") for one in small.requests}
    assert sent["/"] and sent["/c"] and sent["/a"]
    assert records()["/c"]["text"] == first["/c"]["text"]
    assert set(records()) == {"/", "/a", "/c", "/new"}
    assert json.loads((tmp_path / "acme" / "collect.json").read_bytes())["changes"]["went"] == [small.url("/b")]
    nothing = run(refresh=True).changes
    assert nothing.appeared == nothing.changed == nothing.went == ()


def test_a_server_that_is_down_on_a_refresh_costs_no_page(small, run, outcomes):
    run()
    small.put("/a", b"", status=500)
    assert run(refresh=True, tries=1).changes.went == ()
    assert outcomes()["/a"] == ("read", "http_500")


def test_jobs_that_left_the_board_have_gone(server, run, records):
    build(server, employers=1)
    run(host=HOST)
    feed = next(key for key in server.pages if key[0] == "boards-api.test")
    jobs = json.loads(server.pages[feed].body)
    jobs["jobs"] = jobs["jobs"][1:]
    server.pages[feed].body = json.dumps(jobs)
    assert run(host=HOST, refresh=True).changes.went == ("http://boards.test/group/jobs/1",)


def test_postings_whose_lines_a_power_cut_took_are_read_again_once_the_board_answers(server, run, outcomes, tmp_path):
    build(server, employers=1)
    path = tmp_path / "acme" / "pages.jsonl"
    run(host=HOST)
    whole = final_pages(tmp_path / "acme")
    feed = next(key for key in server.pages if key[0] == "boards-api.test")
    answer = server.pages.pop(feed)
    path.write_bytes(b"".join(line for line in path.open("rb") if b'"http://boards.test' not in line))
    for _ in range(2):
        run(host=HOST)
        assert outcomes()["http://boards.test/group/jobs/1"] == ("failed", "lost")
    server.pages[feed] = answer
    run(host=HOST)
    assert final_pages(tmp_path / "acme") == whole
    asked = len(server.requests)
    run(host=HOST)
    assert len(server.requests) == asked


def test_what_was_empty_or_of_another_kind_is_asked_for_again_on_a_refresh(server, run, outcomes):
    server.put("/", page("Home", '<a href="/a">a</a><a href="/b">b</a><a href="/photo.jpg">c</a>'))
    server.put("/a", "<main></main>")
    server.put("/b", b"x", kind="image/png")
    server.put("/photo.jpg", b"x", kind="image/jpeg")
    run()
    told = outcomes()
    assert told["/a"] == ("skipped", "empty") and told["/b"] == ("skipped", "bad_type")
    server.put("/a", page("A"))
    server.put("/b", page("B"))
    assert run(refresh=True).changes.appeared == (server.url("/a"), server.url("/b"))
    assert "/photo.jpg" not in server.asked(), "its name alone says that it is no page"


def test_a_collection_that_reached_its_limit_is_finished_for_that_limit(server, run, tmp_path):
    server.put("/", page("Home", "".join(f'<a href="/{name}">{name}</a>' for name in "abcd")))
    lines = "".join(f"<p>Line {number} of the page, which is the same on both of them.</p>" for number in range(20))
    for name in "abcd":
        head = '<head><link rel="canonical" href="/a"></head>'
        server.put(f"/{name}", f"{head}{lines}<p>{name}</p>" if name in "ab" else page(name))
    found = run(max_pages=4)
    assert (found.reached, found.pages) == ("pages", 3), "one was a copy"
    folder, summary = tmp_path / "acme", tmp_path / "acme" / "collect.json"
    assert finished_days_ago(folder) is not None
    assert [has_more(folder, pages) for pages in (3, 4, 5)] == [False, False, True]
    of_before = json.loads(summary.read_bytes())
    del of_before["max_pages"]
    summary.write_text(json.dumps(of_before))
    assert [has_more(folder, pages) for pages in (3, 4)] == [False, True]
    run(max_pages=50)
    assert not has_more(folder, 500), "there are no more pages"


@pytest.mark.parametrize(("had_one", "more"), [(None, True), (False, True), (True, False)])
def test_what_needs_a_browser_is_left_for_the_first_that_there_is(tmp_path, had_one, more):
    counts = {"read": 2, "needs_browser": 1}
    found = {"complete": True, "limit_reached": None, "counts": counts, "written_at": "2026-01-01T00:00:00Z"}
    (tmp_path / NAME).write_text(json.dumps(found | {"browser": had_one}))
    assert finished_days_ago(tmp_path) is not None
    assert (has_more(tmp_path, 500), has_more(tmp_path, 500, browser=True)) == (False, more)
