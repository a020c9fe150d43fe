"""Question lists, as files or bytes, in; questions with an id each out."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from askworthy.errors import BadQuestions
from askworthy.questions.decoding import decode_chunks, decode_lines, not_a_list
from askworthy.questions.guessing import guess_suffix
from askworthy.questions.html import read_html
from askworthy.questions.json_lists import read_json, read_json_lines
from askworthy.questions.markdown import read_markdown
from askworthy.questions.numbering import numbered, numbered_stream
from askworthy.questions.plain import read_plain
from askworthy.questions.tables import read_table
from askworthy.records import Question

STANDARD_INPUT = "-"
_MARKDOWN = {".md", ".markdown", ".mkd"}
_HTML = {".html", ".htm", ".xhtml"}
# Their markup would pass for questions if it were read as plain text.
_NOT_READ = {
    ".rtf": "an RTF file",
    ".yaml": "a YAML file",
    ".yml": "a YAML file",
    ".toml": "a TOML file",
    ".xml": "an XML file",
    ".opml": "an XML file",
}


def read_questions(paths: Sequence[Path | str]) -> list[Question]:
    """Read lists one after the other; "-" is standard input.

    Returns:
        Questions in the order of the lists. Ids in the input are kept; the others are q1, q2, ... by the place in the
        whole run.

    Raises:
        BadQuestions: A list cannot be read or is empty, or two questions have the same id.
    """
    return numbered(_read_all(paths))


def iter_questions(paths: Sequence[Path | str]) -> Iterator[Question]:
    """Read as `read_questions` does, without holding the list: txt, csv, tsv and jsonl come a line at a time.

    A given id that an earlier question without an id already got is an error here, for that one has been handed out.
    """
    return numbered_stream(_read_all(paths))


def parse_questions(data: bytes, name: str) -> list[Question]:
    """Read one list from memory; the suffix of its name says what it is.

    Raises:
        BadQuestions: As for `read_questions`.
    """
    return numbered(_read_one(io.BytesIO(data), name))


def _read_all(paths: Sequence[Path | str]) -> Iterator[Question]:
    if isinstance(paths, (str, Path)):
        paths = [paths]
    if not paths:
        raise BadQuestions("found no question list; name at least one file, or - for standard input")
    for path in paths:
        if str(path) == STANDARD_INPUT:
            if sys.stdin is None:
                raise BadQuestions("standard input is closed; pipe a question list into it, or name a file")
            yield from _read_one(sys.stdin.buffer, "standard input", guess=True)
        else:
            with _opened(Path(path)) as stream:
                yield from _read_one(stream, str(path))


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except IsADirectoryError as error:
        raise BadQuestions(f"{_printable(path)} is a folder; name the question list in it") from error
    except FileNotFoundError as error:
        raise BadQuestions(f"{_printable(path)} does not exist; check the path of the question list") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadQuestions(f"{str(path)!r} cannot be opened ({reason}); check the path and its permissions") from error


def _read_one(stream: BinaryIO, name: str, *, guess: bool = False) -> Iterator[Question]:
    suffix = Path(name).suffix.lower()
    name = _printable(name)
    chunks = decode_chunks(stream, name)
    if guess:
        head = next(chunks, "")
        suffix, chunks = guess_suffix(head), chain([head], chunks)
    if suffix in _NOT_READ:
        raise not_a_list(name, _NOT_READ[suffix])
    found = False
    for question in _parsed(chunks, name, suffix):
        found = True
        yield question
    if not found:
        raise BadQuestions(f"{name} holds no question; expected at least one, such as one a line")


def _printable(path: Path | str) -> str:
    """A file's name may hold line breaks, and bytes that are no text; a message may not."""
    return " ".join(str(path).encode("utf-8", "replace").decode().split())


def _parsed(chunks: Iterator[str], name: str, suffix: str) -> Iterator[Question]:
    if suffix == ".json":
        return read_json("".join(chunks), name)
    if suffix in _HTML:
        return read_html("".join(chunks), name)
    lines = decode_lines(chunks, name)
    if suffix in (".jsonl", ".ndjson"):
        return read_json_lines(lines, name)
    if suffix == ".csv":
        return read_table(lines, name, ",;\t")
    if suffix == ".tsv":
        return read_table(lines, name, "\t")
    if suffix in _MARKDOWN:
        return read_markdown(lines, name)
    return read_plain(lines, name)
