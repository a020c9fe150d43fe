"""What a hostile site can try, each against a real server."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
import time
import zlib
from pathlib import Path

import brotli
import pytest
from server import Answer

import askworthy
from askworthy.company import Company
from askworthy.company.collect.decompress import decoder
from askworthy.company.collect.frontier import refused
from askworthy.company.collect.sitemaps import read_sitemap
from askworthy.errors import BadCompany

HERE = Path(__file__).parent
HOME = "<main><h1>Home</h1><p>A page with a sentence that is long enough to be read.</p>{}</main>"


def link(*paths):
    return HOME.format("".join(f'<a href="{path}">{path}</a> ' for path in paths))


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fec0::1", "0.0.0.0"]
)
def test_a_name_that_leads_into_a_private_network_is_not_connected_to(server, run, address):
    async def inside(host, port):
        return [address]

    server.put("/", HOME)
    with pytest.raises(BadCompany, match="leads into a private network"):
        run(resolve=inside, allow_private=False)
    assert server.requests == []


def test_one_private_address_among_public_ones_is_enough(server, run):
    async def mixed(host, port):
        return ["93.184.215.14", "127.0.0.1"]

    with pytest.raises(BadCompany, match="leads into a private network"):
        run(resolve=mixed, allow_private=False)


def test_a_name_is_resolved_once_for_the_check_and_the_connection(server, run, monkeypatch):
    # A rebinding name says a harmless address first and this machine after: only what was checked is connected to.
    answers = []
    checked = []

    async def rebinding(host, port):
        answers.append(host)
        return ["127.0.0.1"] if len(answers) > 1 else ["127.0.0.2"]

    from askworthy.company.collect import addresses

    monkeypatch.setattr(
        addresses, "is_allowed", lambda address, private: checked.append(str(address)) or str(address) == "127.0.0.2"
    )
    server.put("/", HOME)
    with pytest.raises(BadCompany):
        run(resolve=rebinding, timeout=1.0, tries=1)
    assert checked == ["127.0.0.2"] and server.requests == []


def test_a_redirect_into_a_private_network_is_not_followed(server, run, outcomes):
    async def split(host, port):
        return ["127.0.0.1"] if host == "acme.test" else ["10.1.2.3"]

    from askworthy.company.collect import addresses

    allowed = addresses.is_allowed
    server.put("/", link("/out"))
    server.redirect("/out", server.url("/x", "inner.acme.test"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addresses, "is_allowed", lambda one, private: str(one) == "127.0.0.1" or allowed(one))
        run(resolve=split, allow_private=False)
    assert {why for url, why in outcomes().items() if "inner" in url} == {("failed", "private_address")}
    assert {one.host for one in server.requests} == {"acme.test"}


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://acme.test/",
        "javascript:alert(1)",
        "http://",
        "http://a b/",
        "http://u:p@acme.test/",
        "http://acme.test/caf\udce9",
        "http://acme.test/?q=\ud800",
        "http://\udce9.test/",
    ],
)
def test_other_schemes_and_addresses_are_refused(tmp_path, url):
    from askworthy.company.collect import collect

    with pytest.raises(BadCompany, match="is not a web address"):
        collect(url, tmp_path / "x")


def br(data):
    return brotli.compress(data, quality=5)


def raw_deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", raw_deflate), ("br", br)]
)
def test_packed_pages_are_read_and_bombs_are_cut_off(server, run, outcomes, coding, pack):
    server.put("/", pack(link("/bomb").encode()), Content_Encoding=coding)
    server.put("/bomb", pack(b"<p>" + b"0" * 200_000_000), Content_Encoding=coding)
    began = time.monotonic()
    assert run().pages == 1
    assert outcomes()["/bomb"] == ("too_large", "too_large")
    assert time.monotonic() - began < 5


def test_packings_that_were_not_asked_for_and_damaged_ones_are_told(server, run, outcomes):
    server.put("/", link("/twice", "/odd", "/half"))
    server.put("/twice", gzip.compress(gzip.compress(b"x")), Content_Encoding="gzip, gzip")
    server.put("/odd", b"x", Content_Encoding="zstd")
    server.put("/half", b"\x1f\x8bnonsense" * 9, Content_Encoding="gzip")
    run()
    told = outcomes()
    assert told["/twice"] == told["/odd"] == ("failed", "bad_http") and told["/half"] == ("failed", "damaged")


@pytest.mark.parametrize("coding", ["UTF-8", "none", "identity, utf-8", "gzip, none"])
def test_words_that_are_no_packing_say_nothing(server, run, coding):
    server.put("/", gzip.compress(HOME.encode()) if "gzip" in coding else HOME, Content_Encoding=coding)
    assert run().pages == 1


@pytest.mark.parametrize("size", [65_536, 65_541, 200_000])
@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", raw_deflate)]
)
def test_nothing_is_left_inside_at_the_end(server, run, records, coding, pack, size):
    body = ("<p>" + "bread," * 40_000)[:size]
    server.put("/", pack(body.encode()), Content_Encoding=coding)
    run()
    assert records()["/"]["text"] == body.removeprefix("<p>")


def test_a_gzip_file_of_several_members_is_read_to_its_end(server, run, outcomes, records):
    bread = "A page says at length how bread is made. " * 4_000
    parts = ["<p>", bread, bread[:65_536], "It ends with a holiday.</p>"]
    packed = b"".join(gzip.compress(part.encode()) for part in parts)
    rows = [f"<url><loc>{server.url(path)}</loc></url>" for path in ("/a", "/b")]
    server.put("/robots.txt", f"Sitemap: {server.url('/map.xml.gz')}\n", kind="text/plain")
    server.put("/map.xml.gz", b"".join(gzip.compress(part.encode()) for part in ("<urlset>", *rows, "</urlset>")))
    server.put("/", packed + b"\0" * 512, Content_Encoding="gzip")
    run()
    assert records()["/"]["text"].endswith("It ends with a holiday.")
    assert {"/a", "/b"} <= set(outcomes())
    for step in (1, 7, 65_536):  # wherever the network cuts it
        decode = decoder("gzip")
        pieces = (packed[start : start + step] for start in range(0, len(packed), step))
        assert b"".join(b"".join(decode(piece)) for piece in pieces) == "".join(parts).encode()


def test_members_without_number_and_size_are_cut_off(server, run, outcomes):
    flood = gzip.compress(b"") * 100_000
    server.put("/robots.txt", f"Sitemap: {server.url('/map.xml.gz')}\n", kind="text/plain")
    server.put("/map.xml.gz", flood)
    server.put("/", link("/flood", "/large"))
    server.put("/flood", flood, Content_Encoding="gzip")
    server.put("/large", gzip.compress(b"0" * 60_000) * 20, Content_Encoding="gzip")
    began = time.monotonic()
    run()
    told = outcomes()
    assert told["/map.xml.gz"] == told["/flood"] == told["/large"] == ("too_large", "too_large")
    assert time.monotonic() - began < 5


def test_a_body_over_the_limit_is_cut_off_and_reported(server, run, outcomes, tmp_path):
    server.put("/", link("/huge"))
    server.put("/huge", "<p>" + "much " * 400_000)
    run()
    assert outcomes()["/huge"] == ("too_large", "too_large")
    assert [one.reason for one in Company.open(tmp_path / "acme").skipped] == ["larger than the limit"]


def drip(first, piece, times=100):
    def write(out):
        out.write(first)
        out.flush()
        for _ in range(times):
            out.write(piece)
            out.flush()
            time.sleep(0.05)

    return write


def flood(out):
    out.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        out.write(b"X-%d: %s\r\n" % (number, b"y" * 100))


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"a"), "timeout"),
        (drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), "timeout"),
        (flood, "bad_http"),
        (lambda out: out.write(b"GARBAGE\r\n\r\n"), "bad_http"),
        (lambda out: out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"), "bad_http"),
    ],
    ids=["slow body", "slow headers", "header flood", "no http", "cut short"],
)
def test_servers_that_do_not_keep_to_http_cost_little_time(server, run, outcomes, raw, code):
    server.put("/", link("/bad"))
    server.pages["acme.test", "/bad"] = Answer(raw=raw)
    began = time.monotonic()
    assert run(timeout=0.4, tries=1).pages == 1
    assert time.monotonic() - began < 4
    assert outcomes()["/bad"][1] in (code, "connect")


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><urlset><url><loc>{}&b;</loc></url></urlset>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>'


@pytest.mark.parametrize(
    "body", [BOMB, OUTSIDE, gzip.compress(b" " * 80_000_000)], ids=["entities", "files", "gzip bomb"]
)
def test_bombs_in_sitemaps_do_not_go_off(server, run, outcomes, body):
    server.put("/sitemap.xml", body, kind="application/xml")
    server.put("/", HOME)
    assert run().pages == 1
    assert outcomes()["/sitemap.xml"][0] in ("failed", "too_large")
    assert set(outcomes()) == {"/", "/sitemap.xml"}


@pytest.mark.parametrize(
    "body", ["<urlset><url>{}" + "<a/>" * 9_000_000, "<urlset><url>{}</url>" + "<a>" * 9_000_000], ids=["wide", "deep"]
)
def test_a_sitemap_of_elements_without_number_is_read_as_far_as_is_safe(body):
    data = body.format("<loc>http://acme.test/a</loc>").encode()
    began = time.monotonic()
    assert read_sitemap(data, "http://acme.test/sitemap.xml").pages == ("http://acme.test/a",)
    assert time.monotonic() - began < 20  # 40 without a limit


def test_of_a_broken_sitemap_what_comes_before_the_break_is_taken(server, run, outcomes):
    rows = "".join(f"<url><loc>{server.url(path)}</loc></url>" for path in ("/a", "/b"))
    server.put("/sitemap.xml", f"<urlset>{rows}<url><loc>{server.url('/c')}", kind="application/xml")
    server.put("/", HOME)
    run()
    assert {"/a", "/b"} <= set(outcomes()) and "/c" not in outcomes()


def test_sitemaps_that_name_each_other_end(server, run):
    for name in ("a", "b"):
        other = server.url(f"/{'b' if name == 'a' else 'a'}.xml")
        server.put(
            f"/{name}.xml", f"<sitemapindex><sitemap><loc>{other}</loc></sitemap></sitemapindex>", kind="text/xml"
        )
    server.put("/robots.txt", f"Sitemap: {server.url('/a.xml')}\n", kind="text/plain")
    server.put("/", HOME)
    assert run().complete


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Über uns: für Bäcker".encode("latin-1"), "text/html; charset=utf-8"),
        ("Über uns: für Bäcker".encode(), "text/html; charset=iso-8859-1"),
        ("Über uns: für Bäcker".encode("cp1250"), "text/html; charset=windows-1250"),
        ("Über uns: für Bäcker".encode("utf-16"), "text/html"),
        ("Über uns: für Bäcker".encode("latin-1"), "text/html; charset=no-such-thing"),
    ],
)
def test_a_wrong_charset_does_not_garble_the_text(server, run, records, body, kind):
    mark = body[:2] if body[:2] in (b"\xff\xfe", b"\xfe\xff") else b""
    around = ["<p>A sentence of a page: ", "</p>"]
    code = "utf-16-le" if mark else "ascii"
    server.put("/", mark + around[0].encode(code) + body[len(mark) :] + around[1].encode(code), kind=kind)
    run()
    assert "Über uns: für Bäcker" in records()["/"]["text"]


def test_names_from_addresses_reach_no_path_and_no_terminal(server, run, tmp_path, outcomes):
    server.put("/", link("/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fx", "/a%1b[2Jb", "/\x1b]0;owned\x07"))
    server.pages["acme.test", "/*"] = lambda asked: Answer(200, HOME.format(asked.path), {"Content-Type": "text/html"})
    run()
    outside = [path for path in tmp_path.rglob("*") if not path.is_relative_to(tmp_path / "acme")]
    assert outside == []
    names = {path.name for path in (tmp_path / "acme").rglob("*") if path.is_file()}
    assert all(
        name in ("pages.jsonl", "collect.json", "frontier.sqlite", "frontier.sqlite-wal") or name.endswith(".gz")
        for name in names
    )
    written = (tmp_path / "acme" / "collect.json").read_bytes() + (tmp_path / "acme" / "pages.jsonl").read_bytes()
    assert not [byte for byte in written if byte < 32 and byte != 10]


def test_a_folder_with_other_files_or_of_another_site_is_not_touched(server, run, tmp_path):
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "thesis.docx").write_text("x")
    with pytest.raises(BadCompany, match="holds other files"):
        run()
    server.put("/", HOME)
    run(folder="other")
    with pytest.raises(BadCompany, match="holds a collection of"):
        run("/x", folder="other")


@pytest.mark.parametrize("name", [".collect", ".collect/frontier.sqlite", "pages.jsonl", "bodies"])
def test_a_link_in_a_folder_that_came_from_elsewhere_is_not_followed(server, run, tmp_path, name):
    server.put("/", HOME)
    run()
    outside = tmp_path / "outside"
    (tmp_path / "acme" / name).rename(outside)
    (tmp_path / "acme" / name).symlink_to(outside)
    before = {path: path.read_bytes() for path in [outside, *outside.rglob("*")] if path.is_file()}
    with pytest.raises(BadCompany, match=rf"acme/{name} is a link, which is not followed; remove it"):
        run(refresh=True)
    assert {path: path.read_bytes() for path in before} == before
    if name == "pages.jsonl":
        with pytest.raises(BadCompany, match="a link that leads out of the folder"):
            Company.open(tmp_path / "acme")


def test_what_a_link_among_the_bodies_leads_to_is_not_deleted(server, run, tmp_path):
    server.put("/", HOME)
    run()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("x")
    (tmp_path / "acme" / "bodies" / "zz").symlink_to(tmp_path / "mine")
    run()
    assert (tmp_path / "mine" / "thesis.docx").read_text() == "x"


@pytest.mark.parametrize("name", ["x" * 300, "file/acme", "/proc/acme"])
def test_a_folder_that_cannot_be_is_told_in_one_line(server, run, tmp_path, name):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadCompany, match=r"cannot write \S+: .+; name another folder"):
        run(folder=name)


@pytest.mark.parametrize("name", [".collect/frontier.sqlite", "pages.jsonl"])
def test_a_file_of_a_collection_that_cannot_be_opened_is_told_in_one_line(server, run, tmp_path, name):
    (tmp_path / "acme" / ".collect").mkdir(parents=True)
    (tmp_path / "acme" / name).mkdir()
    with pytest.raises(BadCompany, match=rf"cannot write \S+{name}: (unable to open database file|is a directory); "):
        run()


def test_only_a_state_that_is_damaged_is_called_so(server, run, tmp_path):
    state = tmp_path / "acme" / ".collect" / "frontier.sqlite"
    state.parent.mkdir(parents=True)
    state.write_bytes(b"not a database" * 99)
    with pytest.raises(BadCompany, match="is damaged .* delete the folder and collect again"):
        run()
    for reason in ("attempt to write a readonly database", "database or disk is full", "disk I/O error"):
        told = str(refused(state, sqlite3.OperationalError(reason)))
        assert reason in told and "damaged" not in told and "delete" not in told


FULL = """
import resource, sys
sys.path.insert(0, {here!r})
from types import SimpleNamespace
from server import resolve, settings
from askworthy.company.collect import collect
from askworthy.errors import AskworthyError
resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes}, {bytes}))
try:
    collect({url!r}, {folder!r}, settings=settings(SimpleNamespace(port={port})), resolve=resolve)
except AskworthyError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits for files")
@pytest.mark.parametrize("room", [10_000, 60_000, 150_000])
def test_a_disk_that_is_full_is_told_in_one_line_and_nothing_is_to_be_deleted(server, run, tmp_path, room):
    server.put("/", link(*(f"/{number}x" for number in range(40))))
    server.pages["acme.test", "/*"] = lambda asked: Answer(
        200, f"<p>{asked.path} {'is a page of many words. ' * 900}</p>", {"Content-Type": "text/html"}
    )
    folder = tmp_path / "acme"
    code = FULL.format(here=str(HERE), bytes=room, url=server.url(), folder=str(folder), port=server.port)
    env = os.environ | {"PYTHONPATH": str(Path(askworthy.__file__).parents[1])}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith(f"cannot write {folder}") and ran.stdout.count("\n") == 1
    assert "damaged" not in ran.stdout and "delete" not in ran.stdout
    assert run().pages == 41, "with room again, it goes on"


def test_a_summary_that_somebody_changed_is_refused_in_one_line(server, run, tmp_path):
    server.put("/", HOME)
    run()
    for damage in (
        b"{",
        b"[]",
        json.dumps({"site": 1, "urls": 2}).encode(),
        b'{"site": "a", "urls": [1], "complete": true}',
        b'{"site": "a", "urls": [], "complete": true, "dropped_links": Infinity}',
    ):
        (tmp_path / "acme" / "collect.json").write_bytes(damage)
        with pytest.raises(BadCompany, match="is not what `askworthy collect` writes"):
            Company.open(tmp_path / "acme")
