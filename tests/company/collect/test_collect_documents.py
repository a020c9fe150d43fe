"""PDFs and other files that a site links to: what is not in their text is told, and reading them holds nothing up."""

import threading
import time

import pytest

from askworthy.company import Company
from askworthy.company.collect import document
from askworthy.company.extract import pdf
from askworthy.records import Page

HOME = "<main><h1>Home</h1><p>A page with a sentence that is long enough to be read.</p>{}</main>"
PDF = "application/pdf"
LINES = [[(50, 500, 10, f"Fact {number} is here.")] for number in range(3)]


def put_home(server, *urls):
    server.put("/", HOME.format("".join(f'<a href="{url}">x</a>' for url in urls)))


def told(tmp_path):
    return [(one.source, one.reason) for one in Company.open(tmp_path / "acme").text().reading.skipped]


def test_pages_of_a_pdf_that_are_not_read_are_told_as_those_of_a_folder_are(server, run, tmp_path, write_pdf):
    data = write_pdf(*LINES).replace(b"6 0 R 8 0 R", b"6 0 R 1 0 R")
    put_home(server, "/handbook.pdf")
    server.put("/handbook.pdf", data, kind=PDF)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "handbook.pdf").write_bytes(data)
    [of_folder] = Company.open(tmp_path / "folder").text().reading.skipped
    assert (of_folder.source, of_folder.reason) == ("handbook.pdf#page=2", "a damaged page")
    for refresh in (False, True):  # an answer that nothing has changed keeps it
        run(refresh=refresh)
        assert told(tmp_path) == [(server.url("/handbook.pdf#page=2"), "a damaged page")]
    server.put("/handbook.pdf", write_pdf(*LINES), kind=PDF)
    run(refresh=True)
    assert told(tmp_path) == []


def test_pictures_of_text_and_encrypted_files_are_not_called_damaged(server, run, outcomes, write_pdf):
    put_home(server, "/scan.pdf", "/locked.pdf", "/half.pdf", "/old.docx")
    server.put("/scan.pdf", write_pdf([]), kind=PDF)
    server.put("/locked.pdf", write_pdf(LINES[0], encrypted=True), kind=PDF)
    server.put("/half.pdf", write_pdf(LINES[0])[:99], kind=PDF)
    server.put("/old.docx", b"\xd0\xcf\x11\xe0" * 9, kind="application/octet-stream")
    run()
    reasons = [outcomes()[path][1] for path in ("/scan.pdf", "/locked.pdf", "/half.pdf", "/old.docx")]
    assert reasons == ["scanned", "locked", "damaged", "locked"]


@pytest.fixture
def readers(monkeypatch):
    """The threads that read PDFs, each of which takes a while."""
    readers = []

    def read(data, source):
        readers.append(threading.current_thread())
        time.sleep(0.05)
        return pdf.read_with_skips(data, source)

    monkeypatch.setattr(document, "TYPES", document.TYPES | {PDF: ("pdf", read)})
    return readers


def test_all_pdfs_are_read_in_one_thread_which_ends_with_the_collection(server, run, write_pdf, readers):
    hosts = [f"{name}.acme.test" for name in "abcdef"]
    put_home(server, *(server.url("/a.pdf", host) for host in hosts))
    for number, host in enumerate(hosts):
        server.put("/a.pdf", write_pdf([(50, 500, 10, f"Fact {number} is here.")]), kind=PDF, host=host)
    assert run().pages == 7
    assert len(readers) == 6 and len(set(readers)) == 1
    assert not readers[0].is_alive()


def test_when_time_is_up_no_pdf_is_begun_any_more(server, run, write_pdf, monkeypatch):
    begun = []

    def read(data, source):
        begun.append(source)
        time.sleep(0.8)
        return Page(source, "x", ())

    monkeypatch.setattr(document, "TYPES", document.TYPES | {PDF: ("pdf", read)})
    hosts = [f"{name}.acme.test" for name in "abcd"]
    put_home(server, *(server.url("/a.pdf", host) for host in hosts))
    for host in hosts:
        server.put("/a.pdf", write_pdf(LINES[0]), kind=PDF, host=host)
    assert run(max_seconds=0.6).reached == "seconds"
    assert len(begun) == 1
