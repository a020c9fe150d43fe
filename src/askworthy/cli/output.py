"""Text in; standard output or a whole file out."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from askworthy.errors import BadOutput
from askworthy.files import atomic_file


def check_target(target: Path | None) -> None:
    """Refuse a file that cannot be written before the work, not after it.

    Raises:
        BadOutput: The folder is missing or cannot be written, the target is a folder, or standard output is closed.
    """
    if target is None:
        if sys.stdout is None:
            raise BadOutput("cannot write standard output: it is closed; name a file with --output")
        return
    try:
        if target.is_dir():
            raise BadOutput(f"cannot write {target}: it is a folder; name a file")
        reachable = target.parent.is_dir()
        # A device or a pipe is written where it is; any other file anew, beside the old one.
        home = target if target.exists() and not target.is_file() else Path(os.path.realpath(target)).parent
    except OSError as error:
        raise BadOutput(f"cannot write {target}: {(error.strerror or str(error)).lower()}; name another") from error
    if not reachable:
        raise BadOutput(f"cannot write {target}: there is no folder {target.parent}; make it or name another")
    if home.exists() and not os.access(home, os.W_OK):
        raise BadOutput(f"cannot write {target}: permission denied; name a file in a folder you can write to")


def check_apart(target: Path | None, company: str) -> None:
    """Refuse a file in the company's folder that would be read there as the company's own words the next time.

    Raises:
        BadOutput: The target would be.
    """
    from askworthy.company.collected import is_collected
    from askworthy.company.files import SUFFIXES

    if target is None or target.suffix.lower() not in SUFFIXES:
        return
    file, root = Path(os.path.realpath(target)), Path(os.path.realpath(company))
    if not file.is_relative_to(root) or (root.is_dir() and is_collected(root)):
        return
    if not any(part.startswith(".") for part in file.relative_to(root).parts):  # those are passed over
        raise BadOutput(
            f"cannot write {target}: {company} would hold it and it would be read as the company's own text; "
            f"name a file elsewhere"
        )


def put(text: str, target: Path | None) -> None:
    """Write text to a file, whole or not at all, or to standard output.

    Raises:
        BadOutput: The file cannot be written.
    """
    if target is not None:
        with atomic_file(target) as out:
            out.write(text.encode("utf-8", "replace"))
        return
    with _standard_output():
        sys.stdout.write(text)


def put_lines(lines: Iterable[str], target: Path | None) -> None:
    """Write a stream to a file, whole or not at all, or line by line to standard output.

    Raises:
        BadOutput: The file cannot be written.
    """
    if target is None:
        with _standard_output():
            for line in lines:
                sys.stdout.write(line)
        return
    with atomic_file(target) as out:
        for line in lines:
            out.write(line.encode("utf-8", "replace"))


@contextmanager
def _standard_output() -> Iterator[None]:
    """A terminal or pipe of another encoding gets "?" for what it cannot show; one without a reader gets no more."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # Python would try to write the rest once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # then the reader (head, less) has seen enough
            reason = (error.strerror or str(error)).lower()
            raise BadOutput(f"cannot write standard output: {reason}; name a file with --output") from error
