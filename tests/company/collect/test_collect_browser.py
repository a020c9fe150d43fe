import importlib.util

import pytest

from askworthy.company.collect.browser import chromium

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("playwright") is None, reason="the extra `browser` is not installed"),
    pytest.mark.skipif(chromium() is None, reason="there is no Chromium on this machine"),
]

SHELL = (
    '<html><head><title>App</title></head><body><div id="root"></div>'
    '<noscript>Enable JavaScript</noscript><script src="/app.js"></script>'
)
SCRIPT = """
const show = data => { document.getElementById("root").innerHTML =
  `<main><h1>Benefits</h1><p>${data.text}</p><ul><li>27 days of holiday</li></ul><a href="/more">More</a></main>`; };
for (const url of ["http://10.0.0.7/secret", "http://169.254.169.254/latest", "/private/x", "http://inner.test/x"])
  fetch(url).catch(() => {});
try { new WebSocket("ws://127.0.0.1:%d/socket"); } catch (error) {}
fetch("/data.json").then(answer => answer.json()).then(show);
"""


def test_a_page_that_needs_a_browser_is_rendered_and_reaches_only_what_we_fetch(server, run, outcomes, records):
    server.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", kind="text/plain")
    server.put("/", SHELL)
    server.put("/app.js", SCRIPT % server.port, kind="text/javascript")
    text = "New parents take sixteen weeks at full pay, and they come back at four days a week if they want to."
    server.put("/data.json", f'{{"text": "{text}"}}', kind="application/json")
    server.put("/more", "<main><h1>More</h1><p>There is more on a page that only the script links to.</p></main>")
    found = run(browser=True)
    assert found.pages == 2, outcomes()
    page = records()["/"]
    assert text in page["text"] and "27 days of holiday" in page["text"]
    asked = server.asked()
    assert "/private/x" not in asked and "/socket" not in asked
    assert asked.count("/") == 1 and "/data.json" in asked
    assert {one.host for one in server.requests} <= {"acme.test", "inner.test"}


def test_a_browser_reads_what_an_earlier_run_could_not(server, run, outcomes):
    server.put(
        "/", "<main><h1>Home</h1><p>A page with a sentence that is long enough to be read.</p><a href=/app>x</a>"
    )
    server.put("/app", SHELL)
    text = "A sentence that only the script puts there, and that is long enough for the text of a page."
    server.put("/app.js", f"document.getElementById('root').innerHTML = '<p>{text}</p>'", kind="text/javascript")
    assert run().pages == run().pages == 1
    assert outcomes()["/app"] == ("needs_browser", "needs_browser")
    assert run(browser=True).pages == 2


def test_redirects_of_scripts_are_followed_with_all_that_is_checked(server, run, records):
    server.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", kind="text/plain")
    server.put("/", SHELL)
    server.redirect("/app.js", "/static/app.js", status=302)
    script = """
    for (const url of ["/to-private", "/round"]) fetch(url).catch(() => {});
    fetch("/data").then(answer => answer.json()).then(data => {
      document.getElementById("root").innerHTML = `<p>${data.text}</p>`; });
    """
    server.put("/static/app.js", script, kind="text/javascript")
    server.redirect("/data", "/v1/data", status=307)
    server.redirect("/v1/data", "/v2/data", status=301)
    text = "A sentence that is long enough to be taken for the text of a page, and then some more words to be sure."
    server.put("/v2/data", f'{{"text": "{text}"}}', kind="application/json")
    server.redirect("/to-private", "/private/x")
    server.redirect("/round", "/round")
    run(browser=True)
    assert text in records()["/"]["text"]
    assert "/private/x" not in server.asked() and server.asked().count("/round") == 11


def test_private_addresses_stay_out_of_reach_of_scripts_too(server, run, outcomes, monkeypatch):
    from askworthy.company.collect import addresses

    async def split(host, port):
        return ["127.0.0.1"] if host in ("acme.test", "inner.test") else ["10.1.2.3"]

    calls = []

    def only_acme(self, host, text):
        calls.append(host)
        if host != "acme.test":
            raise addresses.FetchFailed("private_address", "no")

    monkeypatch.setattr(addresses.Guard, "_check", only_acme)
    server.put("/", SHELL)
    server.put("/app.js", SCRIPT % server.port, kind="text/javascript")
    text = (
        "A sentence that is long enough to be taken for the text of a page, and then some more words to be sure of it."
    )
    server.put("/data.json", f'{{"text": "{text}"}}', kind="application/json")
    run(browser=True, resolve=split)
    assert outcomes()["/"] == ("read", None)
    assert "inner.test" in calls and {one.host for one in server.requests} == {"acme.test"}


def test_a_link_opens_the_page_at_the_quote(server):
    from playwright.sync_api import sync_playwright

    from askworthy.company.collect.document import read_document
    from askworthy.company.collect.fetch import Fetched
    from askworthy.text_fragment import fragment_link

    gap = "<div style='height: 3000px'></div>"
    body = (
        f"<main><h1>Leave</h1><p>Short words at the top.</p>{gap}<p>New parents take <b>16 weeks</b> at full pay, and they "
        "may split them into two parts.</p><table><tr><th>Perk</th><th>What</th></tr><tr><td>Pension</td>"
        "<td>Six per cent of your salary</td></tr></table><dl><dt>Probation</dt><dd>Three months, notice of two weeks</dd></dl>"
        f"<ul><li>27 days of holiday</li><li>A travel card</li></ul>{gap}</main>"
    )
    server.put("/leave", body, host="127.0.0.1")
    url = server.url("/leave", "127.0.0.1")
    text = read_document(Fetched(url, 200, {"content-type": "text/html"}, body.encode())).page.text
    quotes = [line for line in text.split("\n") if line not in ("", "Leave", "Short words at the top.")]
    assert len(quotes) == 5
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for quote in [*quotes, "\n".join(quotes[-2:])]:
            page = browser.new_page()
            page.goto(fragment_link(url, quote))
            page.wait_for_function("window.scrollY > 1000", timeout=5_000)
            page.close()
        browser.close()
