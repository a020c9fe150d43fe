"""A labelled corpus on disk in; its rows, line by line, out. Nothing is judged here but whether it can be read."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from askworthy.errors import BadCorpus
from askworthy.evaluation.rows import Shown
from askworthy.records import Page

MAX_BYTES = 2_000_000_000
MAX_LINE = 1_000_000  # characters
JSON_LINES = {".jsonl", ".ndjson"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled question as it stands in the corpus."""

    line: int
    id: str
    question: str
    label: str
    topic: str = ""
    also: tuple[str, ...] = ()
    quotes: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Employer:
    """One company of a `published` corpus: its questions, and where its text lies."""

    name: str
    file: Path
    text: Path


def employers(corpus: Path, text: Path | None = None) -> list[Employer]:
    """The companies of a corpus: a folder of `<company>.jsonl`, or one such file.

    Args:
        corpus: The folder or the file.
        text: The one company's text; `../companies/<company>` if not given.

    Raises:
        BadCorpus: There is none, or a company has no text.
    """
    if text is not None and corpus.is_dir():
        raise BadCorpus(f"{corpus} is a folder of companies; name one jsonl file beside --company")
    files = files_of(corpus)
    found = [Employer(file.stem, file, text or text_of(file)) for file in files]
    for one in found:
        if not one.text.exists():
            raise BadCorpus(f"{one.file} has no text in {one.text}; put it there or name it with --company")
    return found


def text_of(file: Path) -> Path:
    """Where a `<company>.jsonl` has its company's text if none is named: `../companies/<company>`, from its folder."""
    # Not `parent.parent`: that of a bare name is `.` again. Not `resolve`: a linked file has its text beside the link.
    return Path(os.path.normpath(file.parent / ".." / "companies" / file.stem))


def files_of(corpus: Path) -> list[Path]:
    """The `<company>.jsonl` of a folder, or the one file.

    Raises:
        BadCorpus: There is none.
    """
    if corpus.is_dir():
        files = sorted(one for one in corpus.iterdir() if one.suffix.lower() in JSON_LINES)
    else:
        files = [corpus] if corpus.is_file() else []
    if not files:
        raise BadCorpus(f"found no <company>.jsonl in {corpus}; name a folder of them, or one file")
    return files


def read_rows(file: Path, labels: Collection[str] = ()) -> Iterator[Labelled]:
    """Read a csv or jsonl file with `question` and `label`, a row at a time.

    `aspect` stands for `label` too, and "partial" for "partly"; ids that are missing or empty are the line's number.
    `also` is a list, or one text: a known label, or names parted by semicolons, else by bars, else by commas, else by
    spaces if every word is a known label, or else one name.

    Args:
        file: A csv or jsonl file.
        labels: Those that are known.

    Raises:
        BadCorpus: It cannot be read, or a row has no question or label.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise BadCorpus(f"{file} is larger than {MAX_BYTES // 10**9} GB; split it")
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = _json_lines(lines, file) if file.suffix.lower() in JSON_LINES else _csv_lines(lines, file)
            for line, row in rows:
                yield _labelled(row, line, file, labels)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadCorpus(f"cannot read {file}: {reason}; name a csv or jsonl file") from error
    except UnicodeDecodeError as error:
        raise BadCorpus(f"{file} is not UTF-8 at byte {error.start}; save it as UTF-8") from error


def corpus_hash(*paths: Path) -> str:
    """One hash over files, and over every file below folders, indexes kept there left out."""
    digest = sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and ".askworthy" not in file.parts:
                digest.update(file.relative_to(path.parent).as_posix().encode("utf-8", "surrogateescape"))
                with file.open("rb") as content:
                    while part := content.read(1 << 20):
                        digest.update(part)
    return digest.hexdigest()[:16]


def text_hash(pages: Iterable[Page]) -> str:
    """One hash over a company's pages as they were read: their sources and their text."""
    digest = sha256()
    for page in pages:
        digest.update(json.dumps([page.source, page.text]).encode("ascii"))
    return digest.hexdigest()[:16]


def _json_lines(lines: Any, file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    while text := lines.readline(MAX_LINE + 1):
        number += 1
        if len(text) > MAX_LINE:
            raise BadCorpus(f"{file}, line {number} is longer than {MAX_LINE} characters; put one question on a line")
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadCorpus(f"{file}, line {number} is no JSON ({error}); put one object on a line") from error
        if not isinstance(row, dict):
            raise BadCorpus(f"{file}, line {number} is no object; it needs question and label")
        yield number, row


def _csv_lines(lines: Any, file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(lines)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        line = reader.reader.line_num  # its own stands at the row before
        raise BadCorpus(
            f"{file}, line {line} is no csv ({error}); close quotes, and quote what holds commas"
        ) from error


def _labelled(row: dict[str, Any], line: int, file: Path, labels: Collection[str]) -> Labelled:
    question, label = row.get("question"), row.get("label", row.get("aspect"))
    if not isinstance(question, str) or not isinstance(label, str):
        raise BadCorpus(f"{file}, line {line} lacks question or label; every row needs both, as text")
    also = row.get("also") or ()
    evidence = row.get("evidence") or ()
    try:
        also = _names(also, labels) if isinstance(also, str) else [str(one) for one in also]
        quotes = [Shown(str(one["file"]), str(one["quote"])) for one in evidence]
    except (TypeError, KeyError, AttributeError) as error:
        raise BadCorpus(
            f"{file}, line {line}: also is a list of labels, evidence a list of file and quote; this is neither"
        ) from error
    label, named = label.strip(), row.get("id")
    return Labelled(
        line,
        str(line if named is None or not str(named).strip() else named),
        question.strip(),
        "partly" if label == "partial" else label,
        str(row.get("topic") or ""),
        tuple(also),
        tuple(quotes),
    )


def _names(cell: str, labels: Collection[str]) -> list[str]:
    """The names in one cell, as `read_rows` says."""
    whole, words = cell.strip(), cell.split()
    if whole in labels:
        return [whole]
    for separator in ";|,":
        if separator in cell:
            return [name for one in cell.split(separator) if (name := one.strip())]
    return words if all(word in labels for word in words) else [whole]
