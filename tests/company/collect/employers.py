"""A website of hundreds of pages, made from the corpus of employers, with all that a crawler trips over."""

from __future__ import annotations

import gzip
import html
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from server import Answer, Server

CORPUS = Path(__file__).parents[3] / "corpus" / "employers" / "companies"
HOST = "www.group.test"
COOKIES = (
    '<div id="cookie-banner" class="cookie-consent"><p>We use cookies to make this site work and to understand how it is'
    " used. You can accept all cookies or choose which ones you allow.</p><button>Accept all</button>"
    "<button>Settings</button></div>"
)


@dataclass
class Site:
    server: Server
    start: str
    wanted: set[str] = field(default_factory=set)  # addresses that must be read
    markdown: dict[str, str] = field(default_factory=dict)  # by address, what a page was made of
    forbidden: tuple[str, ...] = ("/private/",)


def page(title: str, body: str, head: str = "", host: str = HOST) -> str:
    """A page as companies' sites look: a menu, a cookie banner, the text, and a footer."""
    menu = "".join(
        f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("about", "careers", "products", "press")
    )
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} | Group</title>
<meta property="article:modified_time" content="2026-03-04T10:00:00Z"><link rel="stylesheet" href="/s.css">{head}</head>
<body>{COOKIES}<a class="skip" href="#main">Skip to content</a>
<header><div class="logo"><a href="/">Group</a></div><nav><ul>{menu}<li><a href="/login">Log in</a></li></ul></nav></header>
<main id="main">{body}</main>
<footer><ul><li><a href="/legal/privacy">Privacy</a></li><li><a href="/legal/imprint">Imprint</a></li></ul>
<p>© 2026 Group. All rights reserved. Follow us on the usual networks.</p></footer></body></html>"""


def build(server: Server, employers: int = 52, *, traps: bool = True) -> Site:
    """Put a site into a server: a group of so many employers, each with its pages."""
    site = Site(server, server.url("/", HOST))
    md = MarkdownIt("commonmark").enable("table")
    index = []
    chosen = sorted(path for path in CORPUS.iterdir() if path.is_dir())[:employers]
    mapped: list[str] = []
    tracked = "?utm_source=home" if traps else ""
    for employer in chosen:
        files = sorted(employer.rglob("*.md"))
        links = []
        for number, file in enumerate(files):
            path = f"/{employer.name}/{file.relative_to(employer).with_suffix('').as_posix()}"
            text = file.read_text(encoding="utf-8")
            put(site, path, text, md.render(text).replace('.md"', '"'))
            if traps and number % 3 == 2:
                mapped.append(server.url(path, HOST))  # only a sitemap leads there
            else:
                links.append(f'<li><a href="{path}">{file.stem.replace("-", " ")}</a></li>')
        listing = f"# {employer.name}\n\nThese are the public pages of {employer.name}, one of the group's employers.\n"
        put(site, f"/{employer.name}/", listing, md.render(listing) + f"<ul>{''.join(links)}</ul>")
        index.append(f'<li><a href="/{employer.name}/{tracked}">{employer.name}</a></li>')
    put_maps(site, mapped)
    if traps:
        put_traps(site, md)
        put_board(site)
    trapped = "".join(f'<a href="{path}">{path}</a> ' for path in TRAPS if traps)
    home = "# Group\n\nThe group holds many employers, and each of them says here how it works and whom it looks for.\n"
    put(site, "/", home, f"{md.render(home)}<ul>{''.join(index)}</ul><p>{trapped}</p>")
    return site


def put(site: Site, path: str, markdown: str, body: str, head: str = "") -> None:
    url = site.server.url(path, HOST)
    site.server.put(path, page(markdown.split("\n")[0].lstrip("# "), body, head), host=HOST)
    site.wanted.add(url)
    site.markdown[url] = markdown


def put_maps(site: Site, mapped: list[str]) -> None:
    half = len(mapped) // 2
    server = site.server
    for name, urls in (("one.xml", mapped[:half]), ("two.xml.gz", mapped[half:])):
        rows = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
        body = (
            f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()
        )
        server.put(
            f"/maps/{name}", gzip.compress(body) if name.endswith("gz") else body, host=HOST, kind="application/xml"
        )
    rows = "".join(
        f"<sitemap><loc>{server.url(f'/maps/{name}', HOST)}</loc></sitemap>" for name in ("one.xml", "two.xml.gz")
    )
    server.put("/maps/index.xml", f"<sitemapindex>{rows}</sitemapindex>", host=HOST, kind="application/xml")
    robots = f"User-agent: *\nDisallow: /private/\n\nUser-agent: askworthy\nDisallow: /private/\nSitemap: {server.url('/maps/index.xml', HOST)}\n"
    server.put("/robots.txt", robots, host=HOST, kind="text/plain")


TRAPS = (
    "/private/board-minutes", "/old/careers", "/loop/a", "/chain/1", "/away", "/app/", "/calendar/2026/11", "/maze/",
    "/spin/", "/print/about", "/about?sessionid=abc123", "/broken", "/missing", "/flaky", "/slow", "/huge", "/photo.jpg",
    "/latin", "/list?sort=asc", "/files/perks.pdf", "http://boards.test/group", "/login", "/thin/1",
)  # fmt: skip


def put_traps(site: Site, md: MarkdownIt) -> None:
    server = site.server
    server.put("/private/board-minutes", page("Minutes", "<p>Not for robots.</p>"), host=HOST)
    careers = "# Careers\n\nWe hire in every employer of the group, and we answer every application within ten days.\n"
    put(site, "/careers", careers, md.render(careers))
    about = (
        "# About\n\nThe group was founded in 1911 by two bakers. It has fifty-two employers on five continents now.\n"
    )
    put(site, "/about", about, md.render(about), f'<link rel="canonical" href="{server.url("/about", HOST)}">')
    server.put("/print/about", server.pages[HOST, "/about"].body, host=HOST)
    server.pages[HOST, "/about?*"] = server.pages[HOST, "/about"]
    for path, target in (("/old/careers", "/careers"), ("/loop/a", "/loop/b"), ("/loop/b", "/loop/a")):
        server.redirect(path, target, host=HOST)
    server.pages[HOST, "/chain/*"] = lambda asked: Answer(
        302, b"", {"Location": f"/chain/{int(asked.path.split('/')[-1]) + 1}"}
    )
    server.redirect("/away", "http://elsewhere.test/", host=HOST)
    shell = (
        '<html><head><title>App</title></head><body><div id="root"></div><noscript>Please enable JavaScript.</noscript>'
    )
    server.put("/app/", shell + '<script src="/app.js"></script></body></html>', host=HOST)
    server.pages[HOST, "/calendar/*"] = lambda asked: Answer(
        200,
        page("Calendar", f'<p>Events.</p><a href="/calendar/2027/{random.randint(1, 12)}">next</a>'),
        {"Content-Type": "text/html"},
    )
    # Links that lead ever deeper, to pages that all say the same.
    server.pages[HOST, "/maze/*"] = Answer(
        200,
        page("Maze", "<p>" + "A maze. " * 40 + '</p><a href="x/">on</a><a href="y/">on</a>'),
        {"Content-Type": "text/html"},
    )
    site.wanted.add(server.url("/maze/", HOST))
    # And to pages that all differ, as deep as they are let.
    server.pages[HOST, "/spin/*"] = lambda asked: Answer(
        200,
        page("Spin", f'<p>Turn {asked.path}</p><a href="{asked.path}{len(asked.path)}z/">on</a>'),
        {"Content-Type": "text/html"},
    )
    server.put("/broken", page("Broken", "<p>Oh.</p>"), host=HOST, status=500)
    tries = []
    flaky = "# Flaky\n\nThis page is there at the second attempt, and says that lunch is free on Fridays.\n"

    def answer_flaky(asked):
        tries.append(asked)
        if len(tries) == 1:
            return Answer(503, b"", {"Retry-After": "0"})
        return Answer(200, page("Flaky", md.render(flaky)), {"Content-Type": "text/html"})

    server.pages[HOST, "/flaky"] = answer_flaky
    site.wanted.add(server.url("/flaky", HOST))
    server.put(
        "/slow",
        page("Slow", "<p>This page takes its time, as good bread does, and then it is there.</p>"),
        host=HOST,
        wait=0.3,
    )
    site.wanted.add(server.url("/slow", HOST))
    server.put("/huge", page("Huge", "<p>" + "far too much " * 100_000 + "</p>"), host=HOST)
    server.put("/photo.jpg", b"\xff\xd8\xff", host=HOST, kind="image/jpeg")
    latin = page("Latin", "<p>Der Bäcker hört früh auf, und wer müde ist, geht über die Straße nach Hause.</p>")
    server.put(
        "/latin",
        latin.replace('<meta charset="utf-8">', "").encode("latin-1"),
        host=HOST,
        kind="text/html; charset=utf-8",
    )
    site.wanted.add(server.url("/latin", HOST))
    thin = "# Thin\n\nOne line of text, but a line that says that everybody works four days a week.\n"
    put(site, "/thin/1", thin, md.render(thin))
    for path in ("/products", "/press", "/legal/privacy", "/legal/imprint"):
        text = f"# {path}\n\nThe page at {path} says something of its own, which is short but not nothing.\n"
        put(site, path, text, md.render(text))


def put_board(site: Site) -> None:
    jobs = [
        {
            "id": number, "title": f"Baker, shift {number}", "absolute_url": f"http://boards.test/group/jobs/{number}",
            "location": {"name": "Ghent"}, "updated_at": "2026-05-01T08:00:00-04:00",
            "content": html.escape(f"<p>You bake bread on shift {number}.</p><ul><li>Start at {number} o'clock</li><li>30 days of holiday</li></ul>"),
        }
        for number in range(1, 6)
    ]  # fmt: skip
    site.server.put(
        "/v1/boards/group/jobs?content=true",
        json.dumps({"jobs": jobs}),
        host="boards-api.test",
        kind="application/json",
    )
    site.wanted |= {job["absolute_url"] for job in jobs}
