"""A stream of bytes in; its text out, whole or line by line, within limits."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from askworthy.errors import BadQuestions

MAX_FILE_BYTES = 50_000_000
MAX_LINE_CHARS = 100_000
_CHUNK = 65_536
_LINE_END = re.compile(r"\r\n|\r|\n")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_KNOWN = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    rb"{\rtf": "an RTF file",
}


def decode_chunks(stream: BinaryIO, name: str) -> Iterator[str]:
    """Decode UTF-8, or UTF-16 with its byte order mark, a piece at a time.

    Raises:
        BadQuestions: The bytes are not text, not in that encoding, or too many.
    """
    head = _read(stream, name)
    for start, kind in _KNOWN.items():
        if head.startswith(start):
            raise not_a_list(name, kind)
    bom, encoding = next(((mark, one) for mark, one in _BOMS if head.startswith(mark)), (b"", "utf-8"))
    decoder = codecs.getincrementaldecoder(encoding)()
    chunk, read = head[len(bom) :], len(bom)
    while True:
        pending = len(decoder.getstate()[0])
        final = not chunk
        try:
            text = decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            raise BadQuestions(
                f"{name} is not {encoding.upper()} at byte {read - pending + error.start}; save it as UTF-8"
            ) from error
        if "\0" in text:
            raise not_a_list(name, "binary, not text")
        if text:
            yield text
        if final:
            return
        read += len(chunk)
        if read > MAX_FILE_BYTES:
            raise BadQuestions(f"{name} is larger than {MAX_FILE_BYTES // 1_000_000} MB; split it")
        chunk = _read(stream, name)


def decode_lines(chunks: Iterator[str], name: str) -> Iterator[str]:
    r"""Cut text at \n, \r\n and \r; every line but perhaps the last keeps its end.

    Raises:
        BadQuestions: A line is too long.
    """
    rest, number = "", 0
    for chunk in chunks:
        text, begin = rest + chunk, 0
        # A \r at the very end may be half of a \r\n.
        for end in _LINE_END.finditer(text, 0, len(text) - text.endswith("\r")):
            number += 1
            yield _within(text[begin : end.end()], name, number)
            begin = end.end()
        rest = _within(text[begin:], name, number + 1)
    if rest:
        yield rest


def not_a_list(name: str, kind: str) -> BadQuestions:
    """The error for a kind of file that is not read."""
    return BadQuestions(f"{name} is {kind}; save the questions as txt, md, html, csv, tsv, json or jsonl")


def _within(line: str, name: str, number: int) -> str:
    if len(line) > MAX_LINE_CHARS:
        raise BadQuestions(f"{name} line {number} is over {MAX_LINE_CHARS:,} characters; put one question on a line")
    return line


def _read(stream: BinaryIO, name: str) -> bytes:
    try:
        return stream.read(_CHUNK) or b""
    except (OSError, ValueError) as error:
        raise BadQuestions(f"{name} cannot be read ({error}); check the file and its permissions") from error
