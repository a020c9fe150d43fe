"""One file of a company in; the pages in it, and what could not be read, out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from askworthy.company.extract import docx, html, markdown, pdf_apart, records_json, text
from askworthy.company.files import SourceFile
from askworthy.errors import PageUnreadable
from askworthy.records import Page, Skipped

READERS: dict[str, Callable[[bytes, str], Page]] = {
    ".md": markdown.read,
    ".mdx": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".txt": text.read,
    ".pdf": pdf_apart.read,
    ".docx": docx.read,
}
RECORD_SUFFIXES = (".json", ".jsonl")


def extract_with_skips(file: SourceFile) -> tuple[list[Page], list[Skipped]]:
    """Read one file.

    Returns:
        At least one page, and what is not in it: records of a json or jsonl file, pages of a PDF.

    Raises:
        PageUnreadable: There is nothing to read in it; the message is the reason.
    """
    try:
        data = _bytes_of(file)
        suffix = PurePosixPath(file.source).suffix.lower()
        if suffix in RECORD_SUFFIXES:
            return records_json.read(data, file.source)
        if suffix not in READERS:
            raise PageUnreadable(f"{suffix or 'no suffix'} is not a kind of file that is read")
        if suffix == ".pdf":
            page, skipped = pdf_apart.read_with_skips(data, file.source)
        else:
            page, skipped = READERS[suffix](data, file.source), []
        if not page.blocks:
            raise PageUnreadable("no text in it")
        return [page], skipped
    except PageUnreadable:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # parsers' own errors are many, and a panic in Rust code is no Exception
        raise PageUnreadable(f"damaged or not what its name says ({type(error).__name__})") from error


def extract(file: SourceFile) -> list[Page]:
    """Read one file, and pass over records in it that hold no page.

    Raises:
        PageUnreadable: There is nothing to read in it; the message is the reason.
    """
    return extract_with_skips(file)[0]


def _bytes_of(file: SourceFile) -> bytes:
    try:
        with file.path.open("rb") as stream:
            data = stream.read(file.limit + 1)
    except OSError as error:
        raise PageUnreadable(f"cannot be read ({(error.strerror or str(error)).lower()})") from error
    if len(data) > file.limit:
        raise PageUnreadable(f"more than the {file.limit // 1_000_000} MB that are read")
    if not data.strip():
        raise PageUnreadable("it is empty")
    return data
