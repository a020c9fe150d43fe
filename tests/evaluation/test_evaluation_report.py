import json
import os
import shutil
from pathlib import Path

import numpy
import pytest

from askworthy.errors import BadCorpus
from askworthy.evaluation.compare import compare
from askworthy.evaluation.report import write_report
from askworthy.evaluation.rows import Row, Shown
from askworthy.evaluation.run import load_rows, make_run
from askworthy.evaluation.threshold import find_threshold
from askworthy.records import Evidence, Finding, Form, Label, Question, Reading, Report, Skipped
from askworthy.reports import Format, render

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)> $\\frac{1}"
AXE = os.environ.get("AXE_CORE", "")
CHROMIUM = shutil.which("chromium")


@pytest.fixture
def folder(tmp_path):
    rows = []
    for n in range(40):
        gold, said = ("published", "partly", "open")[n % 3], ("published", "open")[n % 2]
        shown = (Shown("a.md", f"the quote {HOSTILE}", "before ", " after"),)
        rows.append(Row(f"acme/{n}", "acme", f"Question {n}? {HOSTILE}", gold, said, n / 40, HOSTILE, evidence=shown))
    run = make_run("published", rows, model="m", corpus=HOSTILE, facts={"corpus_hash": "x"}, count=100)
    write_report(
        tmp_path / "out", run, [compare("published", rows, rows, name="itself", count=100)], find_threshold(rows, 0.2)
    )
    return tmp_path / "out"


@pytest.fixture
def check_page(tmp_path):
    evidence = Evidence("a.md", f"Ten weeks. {HOSTILE}", 0, 5, 0.9, url="https://example.com/a?b=1&c", title=HOSTILE)
    finding = Finding(
        Question(f"Leave? {HOSTILE}", "q1"), Label("organisation", 0.9, "rewards", 0.9),
        Form("wh", ("Leave?",), False, False), "published", 0.9, (evidence,),
    )  # fmt: skip
    report = Report((finding,), "acme", Reading(1, 2, 3, (Skipped("logo.png", HOSTILE),)))
    path = tmp_path / "check.html"
    path.write_text(render(report, Format.html), encoding="utf-8")
    return path


def test_the_folder_holds_numbers_page_and_plots(folder):
    names = {path.name for path in folder.iterdir()}
    plots = ("confusion", "precision-recall", "reliability", "risk-coverage", "threshold", "topics")
    assert names == {"metrics.json", "report.html"} | {f"{name}.{kind}" for name in plots for kind in ("svg", "png")}
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    assert sum(map(sum, metrics["confusion"]["counts"])) == 40
    assert metrics["resamples"] == 100
    assert metrics["versions"]["numpy"] == numpy.__version__


def test_a_saved_run_is_read_again_whole(folder):
    name, rows = load_rows(folder / "metrics.json", "published")
    assert (name, len(rows), rows[3].evidence[0].before) == ("m", 40, "before ")


def test_the_text_of_strangers_is_only_text(folder, check_page):
    for path in (folder / "report.html", check_page):
        page = path.read_text(encoding="utf-8")
        assert "<img" not in page
        assert "<script>alert" not in page


def test_a_quote_links_to_its_place_on_the_page(check_page):
    page = check_page.read_text(encoding="utf-8")
    assert 'href="https://example.com/a?b=1&amp;c#:~:text=Ten%20weeks.' in page
    assert "<mark>Ten weeks." in page


@pytest.fixture
def browser():
    if not CHROMIUM:
        pytest.skip("no chromium on this machine")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"])
        yield found
        found.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_reports_work_in_a_browser_and_ask_nothing_of_the_network(browser, folder, check_page, width):
    for path in (folder / "report.html", check_page):
        page = browser.new_page(viewport={"width": width, "height": 800})
        troubles, asked = [], []
        page.on("console", lambda message, troubles=troubles: troubles.append(message.text))
        page.on("pageerror", lambda error, troubles=troubles: troubles.append(str(error)))
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        if path.name == "report.html":
            _drive(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it is wider than the screen"
        assert troubles == []
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        page.close()


def _drive(page):
    rows = page.locator("details[data-kind]:visible")
    assert rows.count() == 40
    page.select_option("#kind", "open called published")
    assert 0 < rows.count() < 40
    assert page.text_content("#count") == f"{rows.count()} of 40 questions"
    page.select_option("#kind", "")
    page.fill("#words", "question 17?")
    assert rows.count() == 1
    rows.locator("summary").focus()
    page.keyboard.press("Enter")
    assert rows.locator("mark").is_visible()


def test_a_dark_page_prints_dark_on_white(browser, folder, check_page):
    for path in (folder / "report.html", check_page):
        page = browser.new_page()
        page.emulate_media(media="print", color_scheme="dark")
        page.goto(path.as_uri())
        ink, paper = (page.evaluate(f"getComputedStyle(document.body).{name}") for name in ("color", "backgroundColor"))
        assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reports_pass_the_accessibility_rules(browser, folder, check_page, scheme):
    if not Path(AXE).is_file():
        pytest.skip("name axe.min.js of axe-core in AXE_CORE")
    for path in (folder / "report.html", check_page):
        page = browser.new_page(color_scheme=scheme, bypass_csp=True)
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run()")
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
        page.close()


@pytest.mark.parametrize(
    ("name", "value"), [("probability", float("nan")), ("probability", 3.0), ("hit", "x"), ("rank", None)]
)
def test_a_saved_row_that_means_nothing_is_refused(folder, name, value):
    saved = json.loads((folder / "metrics.json").read_bytes())
    saved["rows"][3][name] = value
    (folder / "metrics.json").write_text(json.dumps(saved))
    with pytest.raises(BadCorpus, match="is no saved run"):
        load_rows(folder / "metrics.json", "published")
