"""A company's place on disk in; the files to read, and the ones that are not read, out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from askworthy.records import Skipped

SUFFIXES = frozenset(
    {".md", ".mdx", ".markdown", ".html", ".htm", ".xhtml", ".txt", ".pdf", ".docx", ".json", ".jsonl"}
)
MAX_FILE_BYTES = 20_000_000
MAX_FILES = 5_000
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class SourceFile:
    """One file to read, the state it was found in, and how many bytes of it are read."""

    source: str  # path below the company's folder, with forward slashes
    path: Path
    sha256: str
    limit: int = MAX_FILE_BYTES


def list_files(root: Path, without: Collection[Path] = ()) -> tuple[list[SourceFile], list[Skipped]]:
    """Find what can be read below a folder, or check one file.

    Hidden files and folders are passed over in silence; whatever else is not read is named with its reason.

    Args:
        root: The folder, or the file.
        without: Files that are no text of the company's, as the list of questions that lies beside it.

    Returns:
        The files and the skipped ones, each sorted by source.
    """
    home, left_out = root.resolve(), {os.path.realpath(path) for path in without}
    found: list[SourceFile] = []
    skipped: list[Skipped] = []
    walked = sorted(_walk(root, skipped)) if root.is_dir() else [(_readable(root.name), root)]
    for source, path in walked:
        if path.suffix.lower() not in SUFFIXES:
            skipped.append(Skipped(source, f"{path.suffix or 'no suffix'} is not a kind of file that is read"))
        elif left_out and os.path.realpath(path) in left_out:
            skipped.append(Skipped(source, "it is the list of questions"))
        elif not stands_within(path, home):
            skipped.append(Skipped(source, "a link that leads out of the folder"))
        elif len(found) >= MAX_FILES:
            skipped.append(Skipped(source, f"past the first {MAX_FILES:,} files"))
        else:
            one = look_at(source, path, MAX_FILE_BYTES)
            (found if isinstance(one, SourceFile) else skipped).append(one)  # type: ignore[arg-type]
    return found, sorted(skipped, key=lambda skip: skip.source)


def _walk(root: Path, skipped: list[Skipped]) -> Iterator[tuple[str, Path]]:
    def unreadable(error: OSError) -> None:
        skipped.append(Skipped(_source(Path(error.filename or root), root), _reason(error)))

    # Links to folders are not followed: their target is listed at its own place, or stands outside.
    for folder, below, names in os.walk(root, onerror=unreadable):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in below:
            path = Path(folder, name)
            if path.is_symlink() and not stands_within(path, root.resolve()):
                skipped.append(Skipped(_source(path, root), "a link that leads out of the folder"))
        for name in names:
            if not name.startswith("."):
                path = Path(folder, name)
                yield _source(path, root), path


def look_at(source: str, path: Path, limit: int = MAX_FILE_BYTES) -> SourceFile | Skipped:
    """Check and hash one file; the reason, if it is not read."""
    try:
        if not path.is_file():
            return Skipped(source, "not an ordinary file" if path.exists() else "a link to a file that is not there")
        size = path.stat().st_size
        if size == 0:
            return Skipped(source, "it is empty")
        if size > limit:
            return Skipped(source, f"{size / 1e6:.0f} MB, more than the {limit // 1_000_000} MB that are read")
        return SourceFile(source, path, _sha256(path), limit)
    except OSError as error:
        return Skipped(source, _reason(error))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def stands_within(path: Path, home: Path) -> bool:
    """Whether a path is no link, or one that leads to a place in the folder; a folder that is one file holds all."""
    try:
        return not path.is_symlink() or home.is_file() or path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # links that lead round in a circle
        return False


def _source(path: Path, root: Path) -> str:
    return _readable(path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name)


def _readable(name: str) -> str:
    # A name that is no valid text on this disk must still be printable in a report.
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _reason(error: OSError) -> str:
    return f"cannot be read ({(error.strerror or str(error)).lower()})"
