import html
import itertools
import json
import re
from collections import Counter, defaultdict

import pytest
from employers import HOST, build
from server import Answer

from askworthy.company import Company
from askworthy.company.collect.frontier import Entry, Frontier
from askworthy.errors import BadCompany

TEXT = (
    "<main><h1>{0}</h1><p>{0} is a page of its own, with a sentence that is long enough to count as text.</p>{1}</main>"
)


def text(name, links=""):
    return TEXT.format(name, links)


def link(*paths):
    return "".join(f'<a href="{path}">{path}</a> ' for path in paths)


def test_a_site_of_hundreds_of_pages_is_read_whole_and_politely(server, run, tmp_path):
    site = build(server, employers=24)
    delay = 0.004
    found = run(host=HOST, max_pages=2_000, delay=delay)
    pages = Company.open(tmp_path / "acme").text().pages
    assert len(site.wanted) > 300
    assert site.wanted <= {page.url for page in pages}
    assert found.complete
    # What the server itself saw.
    asked = Counter((one.host, one.path) for one in server.requests)
    assert not [path for _, path in asked if path.startswith(site.forbidden)]
    assert {path for (_, path), count in asked.items() if count > 1} == {"/broken", "/flaky"}, "errors are tried again"
    by_host = defaultdict(list)
    for one in server.requests:
        by_host[one.host].append(one.at)
    gaps = [after - before for times in by_host.values() for before, after in itertools.pairwise(times)]
    assert min(gaps) >= delay
    assert all("askworthy/" in one.headers["user-agent"] for one in server.requests)
    assert not set(by_host) - {HOST, "boards-api.test"}


def test_a_crawl_delay_longer_than_ours_wins_and_holds_for_robots_txt_too(server, run):
    server.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.2\n", kind="text/plain")
    server.put("/", text("Home", link("/a")))
    server.put("/a", text("A"))
    run()
    times = [one.at for one in server.requests]
    assert len(times) == 4  # robots.txt, sitemap.xml, two pages
    assert min(after - before for before, after in itertools.pairwise(times)) >= 0.2


def test_robots_rules_for_our_name_come_before_those_for_all(server, run, outcomes):
    server.put("/robots.txt", "User-agent: askworthy\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n", kind="text/plain")
    server.put("/", text("Home", link("/a", "/b")))
    server.put("/b", text("B"))
    run()
    assert outcomes()["/a"] == ("robots", "robots")
    assert "/a" not in server.asked() and "/b" in server.asked()


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_that_fails_forbids_everything(server, run, outcomes, status):
    server.put("/robots.txt", "oh", status=status)
    server.put("/", text("Home"))
    with pytest.raises(BadCompany, match="which forbids everything"):
        run(tries=1)
    assert server.asked() == ["/robots.txt"]
    assert outcomes()["/"] == ("robots", "robots_unreachable")


def test_a_site_without_a_server_is_not_said_to_forbid_anything(server, run):
    server.close()
    with pytest.raises(BadCompany, match="no connection"):
        run(tries=1)


def test_a_robots_txt_that_is_not_there_allows_everything(server, run):
    server.put("/", text("Home"))
    assert run().pages == 1


def test_redirects_of_robots_txt_are_followed_and_half_a_rule_past_its_limit_is_not_taken(server, run, outcomes):
    server.redirect("/robots.txt", "/rules.txt")
    filler = "#" + "x" * 99 + "\n"
    body = "User-agent: *\nDisallow: /a\n" + filler * 5_119 + "Disallow: /b\n" * 9_999
    server.put("/rules.txt", body[: 500 * 1024 - 11] + "\nDisallow: /bcd", kind="text/plain")
    server.put("/", text("Home", link("/a", "/b")))
    server.put("/b", text("B"))
    run()
    assert outcomes()["/a"] == ("robots", "robots")
    assert outcomes()["/b"] == ("read", None), "the rule that was cut to /b was dropped"


def test_redirects_are_folded_and_those_without_end_are_told(server, run, outcomes, records):
    server.put("/", text("Home", link("/old", "/loop", "/same", "/on/1", "/away")))
    server.redirect("/old", "/new")
    server.put("/new", text("New"))
    server.redirect("/loop", "/loop2")
    server.redirect("/loop2", "/loop")
    server.redirect("/same", "/same")
    server.redirect("/away", "http://elsewhere.test/x")
    server.pages["acme.test", "/on/*"] = lambda asked: Answer(302, b"", {"Location": f"{int(asked.path[4:]) + 1}"})
    run()
    told = outcomes()
    assert told["/old"] == ("redirect", None) and told["/new"] == ("read", None)
    assert {told[path] for path in ("/loop", "/loop2", "/same")} == {("failed", "redirect_loop")}
    assert told["/away"] == ("failed", "off_site")
    assert sum(path.startswith("/on/") for path in server.asked()) == 11
    assert set(records()) == {"/", "/new"}
    assert max(Counter(server.asked()).values()) == 1


def test_the_first_page_may_lead_to_the_companys_new_name(server, run, tmp_path):
    server.redirect("/", server.url("/", "www.newname.test"))
    server.put("/", text("Home", link("/jobs")), host="www.newname.test")
    server.put("/jobs", text("Jobs"), host="www.newname.test")
    assert run().pages == 2
    assert Company.open(tmp_path / "acme").name.startswith("www.newname.test")


def test_pages_a_candidate_would_read_come_first(server, run):
    paths = ["/legal/terms", "/product/pricing", "/x", "/careers", "/benefits", "/de/jobs"]
    server.put("/", text("Home", link(*paths) + '<a href="/y">What it is like to work here: our culture</a>'))
    for path in [*paths, "/y"]:
        server.put(path, text(path))
    run()
    asked = [path for path in server.asked() if path in [*paths, "/y"]]
    assert asked == ["/benefits", "/careers", "/y", "/x", "/de/jobs", "/product/pricing", "/legal/terms"]


def test_the_same_text_at_two_addresses_is_kept_once(server, run, outcomes):
    server.put("/", text("Home", link("/print/a", "/a", "/b?utm_source=x", "/b")))
    server.put("/a", text("A"))
    server.put("/print/a", text("A"))
    server.put("/b", text("B"))
    run()
    told = outcomes()
    assert told["/a"] == ("read", None) and told["/print/a"] == ("duplicate", "duplicate")
    assert server.asked().count("/b") == 1


def test_a_page_that_names_another_as_its_own_address_is_folded_only_if_it_says_the_same(server, run, outcomes):
    lines = "".join(f"<p>Line {number} of the page, which is the same on both of them.</p>" for number in range(20))
    canonical = '<head><link rel="canonical" href="/a"></head>'
    server.put("/", text("Home", link("/a", "/a-today", "/b")))
    server.put("/a", canonical + lines)
    server.put("/a-today", canonical + lines + "<p>Today</p>")
    server.put("/b", canonical + text("B, whose makers copied the head of another page"))
    run()
    told = outcomes()
    assert told["/a-today"] == ("duplicate", "duplicate") and told["/b"] == ("read", None)


@pytest.mark.parametrize("names", ["ab", "abc"])
def test_of_pages_that_name_each_other_in_a_circle_the_first_is_kept(server, run, outcomes, names):
    lines = "".join(f"<p>Line {number} of the page, which is the same on all of them.</p>" for number in range(20))
    server.put("/", text("Home", link(*(f"/{name}" for name in names))))
    for name, other in zip(names, names[1:] + names[0], strict=True):
        server.put(f"/{name}", f'<head><link rel="canonical" href="/{other}"></head>{lines}<p>This one is {name}.</p>')
    found = run()
    told = [outcomes()[f"/{name}"] for name in names]
    assert told == [("read", None)] + [("duplicate", "duplicate")] * (len(names) - 1)
    assert found.pages == run().pages == 2


def test_spaces_of_links_without_end_are_left(server, run, outcomes):
    def page(asked):
        deeper = asked.path.rstrip("/")
        return Answer(
            200, text(asked.path, link(f"{deeper}/a", f"{deeper}/b{len(deeper)}")), {"Content-Type": "text/html"}
        )

    server.pages["acme.test", "/deep*"] = page
    server.pages["acme.test", "/list*"] = lambda asked: Answer(
        200, text(asked.path, link(*(f"/list?page={n}" for n in range(200)))), {"Content-Type": "text/html"}
    )
    server.put("/", text("Home", link("/deep", "/list", "/calendar/2026/11", "/cal?month=11", "/find?q=x", "/a/a/a/")))
    found = run(max_depth=5, max_pages=300)
    told = outcomes()
    assert found.complete and len(server.requests) < 120
    assert told["/calendar/2026/11"] == told["/cal?month=11"] == ("skipped", "calendar")
    assert told["/find?q=x"] == ("skipped", "query_trap") and told["/a/a/a/"] == ("skipped", "url_trap")
    assert Counter(told.values())["skipped", "query_trap"] > 100 and ("skipped", "depth") in told.values()


def test_a_flood_of_links_is_cut_and_counted(server, run, tmp_path):
    server.put("/", text("Home", link(*(f"/p{number}x" for number in range(5_000)))))
    run(max_links=300, max_urls=150, max_pages=5)
    summary = (tmp_path / "acme" / "collect.json").read_text()
    assert summary.count('"url"') == 150
    assert re.search(r'"dropped_links": (\d+)', summary)[1] == str(5_000 - 300 + 300 - 148)


def test_what_is_wanted_most_has_room_however_many_products_a_sitemap_names(server, run, outcomes, tmp_path):
    def sitemap(*paths):
        return "".join(f"{server.url(path)}\n" for path in paths)

    jobs = [f"/careers/{name}" for name in itertools.islice(map("".join, itertools.permutations("baker")), 40)]
    server.put(
        "/sitemap.xml", sitemap(*(f"/products/{number}x" for number in range(300)), "/benefits"), kind="text/plain"
    )
    server.put("/", text("Home", link("/team", *(f"/calendar/{1800 + number}/11" for number in range(200)))))
    server.put("/team", text("Team", link("/careers")))
    server.put("/careers", text("Careers", link(*jobs)))
    for path in ("/benefits", *jobs):
        server.put(path, text(path))
    found = run(max_urls=100, max_pages=44)
    assert found.pages == 44
    assert {outcomes()[path] for path in ("/team", "/benefits", "/careers", *jobs)} == {("read", None)}
    assert len(outcomes()) == 100
    dropped = 2 + 301 + 1 + 200 + 1 + 40 - 100
    reasons = [one.reason for one in Company.open(tmp_path / "acme").skipped]
    assert reasons[0] == f"{dropped} links past the limits of this collection were not followed"


def test_of_sitemaps_without_number_the_most_wanted_are_read(server, run, monkeypatch, tmp_path):
    monkeypatch.setattr("askworthy.company.collect.offers.MAX_SITEMAPS", 3)
    names = [f"/products-{number}.xml" for number in range(9)] + ["/careers.xml"]
    rows = "".join(f"<sitemap><loc>{server.url(name)}</loc></sitemap>" for name in names)
    server.put("/sitemap.xml", f"<sitemapindex>{rows}</sitemapindex>", kind="application/xml")
    server.put("/careers.xml", server.url("/careers"), kind="text/plain")
    server.put("/", text("Home"))
    server.put("/careers", text("Careers"))
    assert run().pages == 2
    assert sum(path.endswith(".xml") for path in server.asked()) == 3
    assert Company.open(tmp_path / "acme").skipped[0].reason.startswith("8 links past the limits")


def test_an_address_that_is_being_read_is_not_forgotten(tmp_path):
    frontier = Frontier(tmp_path / "frontier.sqlite")
    for number, name in enumerate("abc"):
        frontier.add(Entry(f"http://{name}.test/", f"{name}.test", "page", float(number), 1))
    assert frontier.next("a.test").url == "http://a.test/"
    assert [frontier.forget_one(2.0) for _ in range(2)] == ["http://b.test/", None]
    frontier.close()


def test_limits_are_told_and_a_later_run_goes_on(server, run, tmp_path):
    server.put("/", text("Home", link(*(f"/p{number}x" for number in range(9)))))
    for number in range(9):
        server.put(f"/p{number}x", text(f"Page {number}"))
    first = run(max_pages=4)
    assert (first.pages, first.reached, first.complete) == (4, "pages", False)
    skipped = Company.open(tmp_path / "acme").skipped
    assert {one.reason for one in skipped} == {"past the limits of this collection"}
    assert run(max_pages=50).pages == 10
    assert max(Counter(path for path in server.asked() if path.startswith("/p")).values()) == 1


def test_time_is_a_limit_too(server, run):
    server.put("/", text("Home", link("/slow")))
    server.put("/slow", text("Slow"), wait=5.0)
    assert run(max_seconds=0.5).reached == "seconds"


def test_other_hosts_are_read_only_if_they_are_the_companys_or_named(server, run):
    hosts = ("careers.acme.test", "acme-jobs.test", "other.test")
    server.put("/", text("Home", link(*(server.url("/", host) for host in hosts))))
    for host in hosts:
        server.put("/", text(host), host=host)
    run(hosts=("acme-jobs.test",))
    assert {one.host for one in server.requests} == {"acme.test", "careers.acme.test", "acme-jobs.test"}


def test_a_server_that_is_busy_is_asked_again_when_it_says(server, run):
    answers = [Answer(503, b"", {"Retry-After": "1"}), Answer(200, text("Home"), {"Content-Type": "text/html"})]
    server.pages["acme.test", "/"] = lambda asked: answers.pop(0)
    assert run().pages == 1
    first, second = [one.at for one in server.requests if one.path == "/"]
    assert second - first >= 1.0


def test_a_server_that_asks_to_wait_for_an_hour_is_let_be(server, run, outcomes):
    server.put("/", text("Home", link("/a")))
    server.put("/a", b"", status=429, Retry_After="3600")
    run()
    assert outcomes()["/a"] == ("failed", "retry_after")


def test_an_empty_shell_is_told_and_not_counted_as_read(server, run, outcomes):
    shell = '<div id="root"></div><noscript>You need to enable JavaScript</noscript><script src="/a.js"></script>'
    server.put("/", text("Home", link("/app")))
    server.put("/app", shell)
    assert run().pages == 1
    assert outcomes()["/app"] == ("needs_browser", "needs_browser")


def test_a_board_of_postings_is_read_through_its_json(server, run, tmp_path):
    build(server, employers=1)
    run(host=HOST, max_depth=1)
    pages = {page.url: page for page in Company.open(tmp_path / "acme").text().pages}
    job = pages["http://boards.test/group/jobs/3"]
    assert (job.title, "30 days of holiday" in job.text) == ("Baker, shift 3", True)
    assert [block.kind for block in job.blocks][:2] == ["heading", "item"]
    assert not [one for one in server.requests if one.host == "boards.test"], "only its JSON is asked for"


def test_postings_of_a_board_stay_when_pages_link_to_them(server, run, outcomes, records):
    paths = [*(f"/job?gh_jid={number}" for number in range(30)), "/jobs/apply/30"]
    body = html.escape("<p>You bake bread at night, and you are home when the others get up.</p>")
    jobs = [{"title": f"Baker {path}", "absolute_url": server.url(path), "content": body} for path in paths]
    feed = json.dumps({"jobs": jobs})
    server.put("/v1/boards/acme/jobs?content=true", feed, host="boards-api.test", kind="application/json")
    server.put("/", text("Home", link("http://boards.test/acme", "/careers")))
    server.put("/careers", text("Careers", link(*paths)), wait=0.5)  # after the board
    for _ in range(2):
        run()
        assert {outcomes()[path] for path in paths} == {("read", None)}
        assert all("You bake bread at night" in records()[path]["text"] for path in paths)
    assert not [path for path in server.asked() if "/job" in path]


def test_a_posting_is_read_from_its_board_though_its_link_looked_like_a_trap(server, run, outcomes):
    jobs = [{"title": "Baker", "absolute_url": server.url("/jobs/apply/1"), "content": "You bake bread at night."}]
    feed = json.dumps({"jobs": jobs})
    server.put("/v1/boards/acme/jobs?content=true", feed, host="boards-api.test", kind="application/json")
    server.put("/", text("Home", link("/jobs/apply/1", "http://boards.test/acme")))
    run()
    assert outcomes()["/jobs/apply/1"] == ("read", None)


@pytest.mark.parametrize("late", ["", "<div id='root'></div><script src='/a.js'></script>", text("Apply here")])
def test_a_posting_that_its_board_tells_while_its_page_is_asked_for_is_the_boards(server, run, outcomes, records, late):
    jobs = [{"title": "Baker", "absolute_url": server.url("/jobs/1"), "content": "You bake bread at night."}]
    feed = json.dumps({"jobs": jobs})
    server.put("/v1/boards/acme/jobs?content=true", feed, host="boards-api.test", kind="application/json")
    server.put("/", text("Home", link("/jobs/1", "http://boards.test/acme")))
    server.put("/jobs/1", late, status=200 if late else 500, wait=0.5)
    run(tries=1)
    assert outcomes()["/jobs/1"] == ("read", None)
    assert "You bake bread at night." in records()["/jobs/1"]["text"]
    server.pages.pop(("boards-api.test", "/v1/boards/acme/jobs?content=true"))
    run(refresh=True)
    assert "You bake bread at night." in records()["/jobs/1"]["text"]
    assert server.asked().count("/jobs/1") == 1


def test_documents_of_kinds_that_are_not_read_are_told_and_pictures_are_not(server, run, outcomes, tmp_path):
    server.put("/", text("Home", link("/benefits.pptx", "/pay.doc", "/photo.jpg", "/photo")))
    server.put("/pay.doc", b"\xd0\xcf\x11\xe0", kind="application/msword")
    server.put("/photo", b"x", kind="image/jpeg")
    run()
    told = {(one.source, one.reason) for one in Company.open(tmp_path / "acme").skipped}
    why = "a kind of document that is not read"
    assert told == {(server.url("/benefits.pptx"), why), (server.url("/pay.doc"), why)}
    assert outcomes()["/photo"] == outcomes()["/photo.jpg"] == ("skipped", "bad_type")


def test_postings_past_the_limit_of_a_board_are_told(server, run, monkeypatch, tmp_path):
    monkeypatch.setattr("askworthy.company.collect.visit.MAX_POSTINGS", 2)
    jobs = [
        {
            "title": f"Baker {number}",
            "absolute_url": f"http://boards.test/acme/{number}",
            "content": f"You bake {number}.",
        }
        for number in range(5)
    ]
    feed = json.dumps({"jobs": jobs})
    server.put("/v1/boards/acme/jobs?content=true", feed, host="boards-api.test", kind="application/json")
    server.put("/", text("Home", link("http://boards.test/acme")))
    assert run().pages == 3
    run(refresh=True)
    assert Company.open(tmp_path / "acme").skipped[0].reason.startswith("3 links past the limits")


@pytest.mark.parametrize("content", ["0; url=/en/", "0;URL='/en/'", '5, url = "/en/"', " 0.5 ;url=/en/ "])
def test_a_redirect_that_stands_in_the_page_is_followed(server, run, outcomes, content):
    server.put("/", f"<meta http-equiv='Refresh' content='{html.escape(content)}'>")
    server.put("/en/", text("Home"))
    assert run().pages == 1
    assert outcomes()["/en/"] == ("read", None)


def test_of_two_content_types_the_last_counts(server, run):
    server.put("/", text("Home"), kind="text/plain, text/html; charset=utf-8")
    assert run().pages == 1


def test_why_nothing_could_be_read_is_said_of_where_the_first_page_leads_to(server, run):
    server.redirect("/", server.url("/", "www.acme.test"))
    server.put("/", b"", host="www.acme.test", status=403)
    with pytest.raises(BadCompany, match=r"the server answers 403: http://www\.acme\.test:\d+/\)"):
        run()


def test_what_had_to_be_repaired_in_linked_data_is_counted(server, run, tmp_path):
    posting = '{"@type": "JobPosting", "title": "Baker", "description": "You bake bread at night.",}'
    server.put("/", f'<script type="application/ld+json">{posting}</script>{text("Home")}')
    run()
    assert '"repaired_json_ld": 1' in (tmp_path / "acme" / "collect.json").read_text()
    assert "You bake bread at night." in (tmp_path / "acme" / "pages.jsonl").read_text()
