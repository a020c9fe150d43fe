"""Bytes in; a whole file on disk, or none."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from askworthy.errors import BadOutput


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to write aside, and rename it at the end: a reader sees the old file or the new one, never half.

    A device or a pipe is written as it is: to rename over /dev/stdout would destroy it.

    Raises:
        BadOutput: The folder is missing or cannot be written.
    """
    if _is_device(path):
        try:
            with path.open("wb") as device:
                yield device
        except OSError as error:
            raise _refused(path, error) from error
        return
    try:
        path = path.resolve()  # what a link leads to is written, and the link stays
        # Opened first and by itself, so that only troubles of writing are called that.
        # Named by the start of the name alone: a name may be as long as the system lets it be.
        aside = tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False)  # noqa: SIM115
    except (OSError, RuntimeError) as error:  # links that lead round in a circle
        raise _refused(path, error) from error
    try:
        with aside:
            yield aside
            aside.flush()
            os.fsync(aside.fileno())
        Path(aside.name).chmod(_mode(path))
        Path(aside.name).replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        Path(aside.name).unlink(missing_ok=True)


def _is_device(path: Path) -> bool:
    try:
        kind = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(kind) and not stat.S_ISDIR(kind)


def _refused(path: Path, error: OSError | RuntimeError) -> BadOutput:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return BadOutput(f"cannot write {path}: {reason}; name a file in a folder you can write to")


def _mode(path: Path) -> int:
    """Who may read and write it: as before, where it was there; a private file stays so."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return 0o666 & ~_umask()


def _umask() -> int:
    # The mask can only be read by setting it; a temporary file is private by default and a result should not be.
    mask = os.umask(0)
    os.umask(mask)
    return mask
