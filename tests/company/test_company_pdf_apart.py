"""PDFs are read in a process of their own: what becomes of it is no harm to the program, and no other PDF's fault."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import askworthy
from askworthy.company import Company
from askworthy.company.collect.document import read_document
from askworthy.company.collect.failures import FetchFailed
from askworthy.company.collect.fetch import Fetched
from askworthy.company.extract import pdf, pdf_apart
from askworthy.company.extract.pdf_pipe import receive, send
from askworthy.company.extract.unreadable import Locked, Scanned, TooHeavy
from askworthy.errors import PageUnreadable

ROOT = Path(askworthy.__file__).parents[2]
LIMIT = 200_000_000  # bytes; the process starts with 60 MB
needs_limit = pytest.mark.skipif(sys.platform != "linux", reason="the system does not limit memory")
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc tells what runs")


@pytest.fixture
def reader():
    reader = pdf_apart.Reader(memory=LIMIT, seconds=30)
    yield reader
    reader.close()


@pytest.fixture
def small(write_pdf):
    return write_pdf([(50, 500, 10, "We have 27 days.")])


def letters(count):
    return b"BT /F1 10 Tf 50 500 Td " + b"(a)Tj " * count + b"ET"


def packed_pdf(page, *forms):
    """A PDF of one page; each of the forms can draw the ones before it, and the page all of them."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"",
    ]
    drawn = ""
    for number, content in enumerate((*forms, page)):
        resources = f"/Resources << /Font << /F1 3 0 R >> /XObject << {drawn} >> >>"
        packed = zlib.compress(content, 9)
        form = "" if number == len(forms) else f"/Type /XObject /Subtype /Form /BBox [0 0 400 600] {resources}"
        objects.append(
            f"<< {form} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream"
        )
        drawn += f" /X{number} {len(objects)} 0 R"
    objects[3] = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] {resources} /Contents {len(objects)} 0 R >>".encode()
    )
    data, rows = b"%PDF-1.4\n", b""
    for number, body in enumerate(objects, 1):
        rows += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    return data + b"%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table, len(objects) + 1, len(data),
    )  # fmt: skip


def letter_bomb():
    return packed_pdf(letters(1_000_000))


def nested_bomb():
    return packed_pdf(b"/X2 Do " * 30, letters(1_000), b"/X0 Do " * 30, b"/X1 Do " * 30)


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ends(pid):
    until = time.monotonic() + 10
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_running(pid)


@needs_limit
def test_pdfs_that_swell_are_told_and_the_others_of_the_folder_are_read(tmp_path, small, reader, monkeypatch):
    monkeypatch.setattr(pdf_apart, "_reader", reader)
    for name, data in (("a.pdf", letter_bomb()), ("b.pdf", nested_bomb()), ("c.pdf", small)):
        assert len(data) < 10_000
        (tmp_path / name).write_bytes(data)
    text = Company.open(tmp_path).text()
    assert [page.text for page in text.pages] == ["We have 27 days."]
    reason = "a PDF that takes more than 200 MB of memory to read"
    assert [(one.source, one.reason) for one in text.reading.skipped] == [("a.pdf", reason), ("b.pdf", reason)]


@needs_limit
def test_what_python_itself_has_no_memory_for_is_told_too(reader, small):
    with pytest.raises(TooHeavy, match="more than 200 MB of memory"):
        reader.read_with_skips(small + b"%" * 250_000_000, "a.pdf")
    assert reader.read_with_skips(small, "b.pdf")[0].text == "We have 27 days."


def test_a_pdf_that_takes_too_long_is_told(small):
    reader = pdf_apart.Reader(seconds=0.2)
    with pytest.raises(TooHeavy, match=r"more than 0\.2 seconds"):
        reader.read_with_skips(nested_bomb(), "a.pdf")
    assert reader.read_with_skips(small, "b.pdf")[0].text == "We have 27 days."
    reader.close()


def test_a_process_that_was_ended_is_replaced(reader, small):
    pids = set()
    for number in range(3):
        assert reader.read_with_skips(small, f"{number}.pdf")[0].text == "We have 27 days."
        pids.add(reader.child.pid)
        reader.child.kill()  # and not waited for: it may be still there when it is written to
    assert len(pids) == 3


def test_a_crash_is_told_and_the_next_pdf_is_read(reader, small):
    reader.read_with_skips(small, "a.pdf")
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(reader.read_with_skips, packed_pdf(letters(100_000)), "b.pdf")
        time.sleep(0.2)  # it takes a second
        reader.child.send_signal(signal.SIGSEGV if os.name == "posix" else signal.SIGTERM)
        with pytest.raises(PageUnreadable, match="makes its reader crash"):
            reading.result()
    assert reader.read_with_skips(small, "c.pdf")[0].text == "We have 27 days."


@needs_limit
def test_a_process_that_keeps_much_memory_is_not_kept(small):
    reader = pdf_apart.Reader()
    reader.read_with_skips(small, "a.pdf")
    assert reader.child is not None
    with pytest.raises(PageUnreadable, match="more text than fits"):
        reader.read_with_skips(packed_pdf(b"/X1 Do " * 30, letters(1_000), b"/X0 Do " * 30), "b.pdf")
    assert reader.child is None


def test_threads_take_turns_and_each_gets_its_own_text(write_pdf):
    data = [write_pdf([(50, 500, 10, f"Text {n}.")]) for n in range(40)]
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(pdf_apart.read, data, [f"{n}.pdf" for n in range(40)]))
    assert [(page.source, page.text) for page in pages] == [(f"{n}.pdf", f"Text {n}.") for n in range(40)]


def test_the_text_is_the_same_as_within_this_process(write_pdf):
    lines = [(50, 550, 18, "Déjà vu – “Handbuch”"), (50, 500, 10, "• a bike"), (50, 480, 10, "We have 27 days.")]
    broken = write_pdf(lines, lines, lines, title="Staff handbook").replace(b"6 0 R 8 0 R", b"6 0 R 1 0 R")
    found = sorted((ROOT / "corpus").rglob("*.pdf"))
    for data in (broken, *(path.read_bytes() for path in found)):
        page, skipped = pdf_apart.read_with_skips(data, "ä \ud800.pdf")
        assert (page, skipped) == pdf.read_with_skips(data, "ä \ud800.pdf")
        assert page.blocks and (skipped if data is broken else not skipped)
    assert found


def test_each_way_of_being_unreadable_is_told_as_within_this_process(write_pdf, small):
    for data, kind in (
        (write_pdf([(50, 500, 10, "Text.")], encrypted=True), Locked),
        (write_pdf([]), Scanned),
        (b"%PDF-1.4 nothing", PageUnreadable),
    ):
        with pytest.raises(PageUnreadable) as within:
            pdf.read(data, "a.pdf")
        with pytest.raises(PageUnreadable) as apart:
            pdf_apart.read(data, "a.pdf")
        assert str(apart.value) == str(within.value)
        assert type(apart.value) is type(within.value) is kind


def test_where_no_process_can_be_started_that_is_the_reason(small, monkeypatch, tmp_path):
    monkeypatch.setattr(pdf_apart, "PROGRAM", "raise SystemExit(5)")
    with pytest.raises(PageUnreadable, match=r"does not start \(it ends with 5\)"):
        pdf_apart.Reader().read_with_skips(small, "a.pdf")
    monkeypatch.setattr(sys, "base_exec_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "server"))  # which would be started a second time
    (tmp_path / "server").write_bytes(b"")
    with pytest.raises(PageUnreadable, match="there is none beside this program"):
        pdf_apart.Reader().read_with_skips(small, "a.pdf")


PARENT = """
import sys, time
from pathlib import Path
from askworthy.company.extract import pdf_apart
print(pdf_apart.read(Path(sys.argv[1]).read_bytes(), "a.pdf").text, pdf_apart._reader.child.pid, flush=True)
"""


def parent(tmp_path, small, more="", **settings):
    (tmp_path / "a.pdf").write_bytes(small)
    (tmp_path / "b.pdf").write_bytes(packed_pdf(letters(1_000_000)))
    return subprocess.Popen(
        [sys.executable, "-c", PARENT + more, tmp_path / "a.pdf", tmp_path / "b.pdf"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **settings,
    )  # fmt: skip


BUSY = "pdf_apart.read(Path(sys.argv[2]).read_bytes(), 'b.pdf')"


@needs_proc
@pytest.mark.parametrize("more", ["", "time.sleep(60)", BUSY])
def test_the_process_ends_with_its_parent_at_rest_and_at_work(tmp_path, small, more):
    with parent(tmp_path, small, more) as started:
        said = started.stdout.readline()
        assert said.startswith("We have 27 days. ")
        if more:
            time.sleep(0.2)
            assert is_running(int(said.split()[-1]))
            started.kill()
        assert started.wait(20) == (-signal.SIGKILL if more else 0)
        assert ends(int(said.split()[-1]))


@needs_proc
def test_ctrl_c_ends_both_and_only_the_parent_speaks(tmp_path, small):
    with parent(tmp_path, small, BUSY, start_new_session=True) as started:
        pid = int(started.stdout.readline().split()[-1])
        time.sleep(0.2)
        os.killpg(started.pid, signal.SIGINT)
        began = time.monotonic()
        assert started.wait(20) == -signal.SIGINT and time.monotonic() - began < 2
        assert started.stderr.read().count("Traceback") == 1
        assert ends(pid)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not fork")
def test_a_fork_has_a_process_of_its_own_and_leaves_its_parents_alone(small):
    pdf_apart.read(small, "a.pdf")
    before, (heard, told) = pdf_apart._reader.child, os.pipe()
    forked = os.fork()
    if forked == 0:
        try:
            text = pdf_apart.read(small, "b.pdf").text
            send(told, json.dumps([text, pdf_apart._reader.child.pid]).encode())
            pdf_apart._reader.close()
        finally:
            os._exit(0)
    os.close(told)
    text, pid = json.loads(receive(heard))
    os.close(heard)
    os.waitpid(forked, 0)
    assert text == "We have 27 days." and pid != before.pid
    assert pdf_apart.read(small, "c.pdf").text == text and pdf_apart._reader.child is before


@pytest.mark.parametrize("way", ["isolated", "path", "folder"])
def test_the_process_is_of_the_same_package_as_its_parent(tmp_path, way):
    """Not of the one that is installed, nor of what lies about in the folder where it was called."""
    shutil.copytree(
        ROOT / "src" / "askworthy", tmp_path / "other" / "askworthy", ignore=shutil.ignore_patterns("models")
    )
    copied = tmp_path / "other" / "askworthy" / "company" / "extract" / "pdf.py"
    copied.write_text(copied.read_text(encoding="utf-8").replace("a damaged PDF", "the copy's PDF"), encoding="utf-8")
    (tmp_path / "called").mkdir()
    (tmp_path / "called" / "pypdfium2.py").write_text("raise SystemExit(9)")
    flags = {"isolated": ["-I"], "path": ["-P"], "folder": []}[way]
    environment = os.environ | ({"PYTHONPATH": str(tmp_path / "other")} if way == "path" else {})
    script = (
        ("import sys; sys.path.insert(0, sys.argv[1])\n" if way == "isolated" else "")
        + "from askworthy.company.extract import pdf_apart\nimport os; os.chdir('/')\n"
        + "try: pdf_apart.read(b'%PDF-1.4 nothing', 'a.pdf')\nexcept Exception as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, *flags, "-c", script, str(tmp_path / "other")],
        cwd=tmp_path / ("other" if way == "folder" else "called"), env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("the copy's PDF\n", "")


def test_the_process_loads_little():
    script = (
        "import sys, askworthy.company.extract.pdf_child, pypdfium2\n"
        "names = 'numpy spacy onnxruntime sklearn httpx resiliparse docx'.split()\n"
        "print([name for name in names if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@needs_limit
def test_a_collection_says_that_such_a_pdf_is_too_large(reader, monkeypatch):
    monkeypatch.setattr(pdf_apart, "_reader", reader)
    with pytest.raises(FetchFailed, match="more than 200 MB of memory") as failed:
        read_document(Fetched("https://acme.test/a.pdf", 200, {"content-type": "application/pdf"}, nested_bomb()))
    assert failed.value.code == "too_large"
