"""The whole job, from a web address to findings, against a real server on this machine."""

import functools
import http.server
import json
import os
import re
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

import askworthy

DEMO = Path(__file__).parents[2] / "corpus" / "demo" / "company"


class Silent(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path != "/sitemap.xml":
            return super().do_GET()
        host = self.headers["Host"]
        files = sorted(path.relative_to(DEMO).as_posix() for path in DEMO.rglob("*.*"))
        body = "".join(f"http://{host}/{name}\n" for name in files).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=DEMO))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_from_a_web_address_to_findings_in_one_command(run, site, questions, tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = ("check", questions, "--company", site, "--allow-private", "--delay", "0", "-f", "json")
    ran = run(*command, env=env)
    assert ran.code == 0, ran.err
    report = json.loads(ran.out)
    assert report["company"] == site.split("/")[2]
    assert report["reading"]["pages"] >= 12 and report["reading"]["fetched"][0][:2] == "20"
    best = report["findings"][0]["evidence"][0]
    assert best["url"].startswith(site) and best["fetched_at"].endswith("Z")
    assert best["link"].startswith(f"{best['url']}#:~:text=")
    assert "22 weeks" in json.dumps(report["findings"][0]["evidence"])
    assert "collecting" in ran.err and "read " in ran.err and "\x1b" not in ran.err, "no live line without a terminal"
    again = run(*command, env=env)
    assert (again.code, again.err) == (0, ""), "what was collected a moment ago is not collected again"
    assert again.out == ran.out


def test_a_higher_limit_of_pages_goes_on_where_a_lower_one_stopped(run, site, questions, tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = ("check", questions, "--company", site, "--allow-private", "--delay", "0", "-f", "json", "--max-pages")
    few, more, again = (run(*command, str(pages), env=env) for pages in (3, 100, 100))
    assert "raise it and run the same command" in few.err and "read " in more.err and not again.err
    pages = [json.loads(ran.out)["reading"]["pages"] for ran in (few, more, again)]
    assert pages[0] <= 3 < pages[1] == pages[2]


def test_collect_makes_a_folder_that_check_reads_offline(call, site, tmp_path):
    ran = call("collect", site, "-o", tmp_path / "acme", "--allow-private", "--delay", "0")
    assert (ran.code, ran.out) == (0, "")
    assert "read " in ran.err and "pages" in ran.err
    from askworthy import Company

    text = Company.open(tmp_path / "acme").text()
    assert {"html", "pdf", "docx"} <= {page.url.rsplit(".")[-1] for page in text.pages}
    refreshed = call("collect", site, "-o", tmp_path / "acme", "--allow-private", "--delay", "0", "--refresh")
    assert "appeared: 0\nchanged: 0\nwent: 0\n" in refreshed.err


def test_a_private_address_is_refused_in_one_line(call, site, questions, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for ran in (call("collect", site, "-o", tmp_path / "acme"), call("check", questions, "-c", site)):
        assert ran.code == 2
        assert ran.err.splitlines()[-1].startswith("askworthy: no page could be read at http://127.0.0.1")
        assert "leads into a private network" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ftp://acme.example", "-o", "x"), "is not a web address"),
        (("https://acme.example", "-o", "x", "--contact", "é"), "characters that a request cannot carry"),
        (("https://acme.example", "-o", "x", "--delay", "-1"), "delay"),
        (("https://acme.example",), "Missing option"),
    ],
)
def test_bad_input_is_one_line(call, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    ran = call("collect", *arguments)
    assert ran.code == 2
    assert message in ran.err and ran.err.count("\n") == 1


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no pseudo-terminals here")
def test_a_terminal_sees_one_line_that_tells_how_far_it_has_come(site, tmp_path):
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "askworthy", "collect", site, "-o", str(tmp_path / "acme"), "--allow-private"]
    env = os.environ | {"PYTHONPATH": str(Path(askworthy.__file__).parents[1]), "TERM": "xterm", "COLUMNS": "120"}
    process = subprocess.Popen([*command, "--delay", "0.05"], stderr=theirs, stdout=subprocess.PIPE, env=env)
    os.close(theirs)
    seen = b""
    with suppress(OSError):  # how Linux says that the other side has closed
        while piece := os.read(ours, 65536):
            seen += piece
    assert process.wait(30) == 0
    assert re.search(rb"\d+ pages, [\d.]+ MB, 127\.0\.0\.1:\d+, \d+ to go", seen)
    assert b"\r\n" not in seen.split(b"to go")[1], "it stays one line"
