"""Text in; standard output or a whole file out."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path

from askworthy.errors import BadOutput
from askworthy.files import atomic_file


def check_target(target: Path | None) -> None:
    """Refuse a file that cannot be written before the work, not after it.

    Raises:
        BadOutput: The folder is missing or the target is a folder.
    """
    if target is None:
        return
    if target.is_dir():
        raise BadOutput(f"cannot write {target}: it is a folder; name a file")
    if not target.parent.is_dir():
        raise BadOutput(f"cannot write {target}: there is no folder {target.parent}; make it or name another")


def put(text: str, target: Path | None) -> None:
    """Write text to a file, whole or not at all, or to standard output.

    Raises:
        BadOutput: The file cannot be written.
    """
    if target is not None:
        with atomic_file(target) as out:
            out.write(text.encode("utf-8", "replace"))
        return
    _lenient_output()
    sys.stdout.write(text)
    sys.stdout.flush()


def put_lines(lines: Iterable[str], target: Path | None) -> None:
    """Write a stream to a file, whole or not at all, or line by line to standard output.

    Raises:
        BadOutput: The file cannot be written.
    """
    if target is None:
        _lenient_output()
        for line in lines:
            sys.stdout.write(line)
        sys.stdout.flush()
        return
    with atomic_file(target) as out:
        for line in lines:
            out.write(line.encode("utf-8", "replace"))


def _lenient_output() -> None:
    """A terminal or pipe of another encoding gets "?" for what it cannot show, rather than a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
