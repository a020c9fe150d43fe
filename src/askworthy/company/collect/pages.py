"""Records of pages in; pages.jsonl and the raw bodies beside it, whole after every crash, out."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from askworthy.files import atomic_file

NAME = "pages.jsonl"
BODIES = "bodies"


class Pages:
    """The records of a collection. A record is appended, then named by its hash in the frontier; of two for one
    address, the frontier's counts."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._bodies = folder / BODIES
        self._places: dict[tuple[str, str], tuple[int, int]] = {}  # (url, hash): offset, length
        self._size = self._index()
        self._file = self._path.open("r+b" if self._path.exists() else "w+b")
        self._file.truncate(self._size)  # half a line that a killed run left
        self._file.seek(self._size)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def holds(self, url: str, line_hash: str | None) -> bool:
        """Whether a record is there as the frontier knows it."""
        return (url, line_hash) in self._places

    def append(self, record: Mapping[str, Any]) -> str:
        """Write a record at the end; its hash is what the frontier keeps."""
        line = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        name = _hash(line)
        self._file.seek(self._size)
        self._file.write(line)
        self._file.flush()
        self._places[record["url"], name] = (self._size, len(line))
        self._size += len(line)
        return name

    def record(self, url: str, line_hash: str) -> dict[str, Any] | None:
        """Read a record again."""
        place = self._places.get((url, line_hash))
        if place is None:
            return None
        found: dict[str, Any] = json.loads(self._line(place))
        return found

    def keep_body(self, body: bytes) -> str:
        """Keep a raw body, compressed, under its own hash: no name comes from an address."""
        name = hashlib.sha256(body).hexdigest()
        path = self.body_path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_suffix(f".{os.getpid()}")
            # Level 1: the text is what is read again, the body only kept. No time in it: the same body, the same file.
            aside.write_bytes(gzip.compress(body, 1, mtime=0))
            aside.replace(path)
        return name

    def body_path(self, name: str) -> Path:
        """Where the body of that hash is."""
        return self._bodies / name[:2] / f"{name}.gz"

    def rewrite(self, kept: Iterable[tuple[str, str]]) -> None:
        """Leave these records alone, in this order, each an address and the hash of its record; lost ones are not
        missed."""
        places = [(key, self._places[key]) for key in kept if key in self._places]
        with atomic_file(self._path) as out:
            for _, place in places:
                out.write(self._line(place))
        self._file.close()
        self._file = self._path.open("r+b")
        self._places, at = {}, 0
        for key, (_, length) in places:
            self._places[key] = (at, length)
            at += length
        self._size = at

    def drop_bodies(self, kept: set[str]) -> None:
        """Delete the bodies that no page has any more, and what a killed run left beside them."""
        for folder in self._bodies.glob("*"):
            if folder.is_symlink():  # what it leads to is not ours
                continue
            for path in folder.glob("*"):
                if path.suffix != ".gz" or path.stem not in kept:
                    path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                folder.rmdir()  # only where it is empty

    def _line(self, place: tuple[int, int]) -> bytes:
        self._file.seek(place[0])
        return self._file.read(place[1])

    def _index(self) -> int:
        """Note where each record is; the end of the last whole line."""
        size = 0
        if not self._path.exists():
            return 0
        with self._path.open("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                    self._places[str(json.loads(line)["url"]), _hash(line)] = (size, len(line))
                size += len(line)
        return size


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()[:32]
