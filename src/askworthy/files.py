"""Bytes in; a whole file on disk, or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from askworthy.errors import BadOutput


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to write aside, and rename it at the end: a reader sees the old file or the new one, never half.

    Raises:
        BadOutput: The folder is missing or cannot be written.
    """
    try:
        # Opened first and by itself, so that only troubles of writing are called that.
        aside = tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    except OSError as error:
        raise _refused(path, error) from error
    try:
        with aside:
            yield aside
            aside.flush()
            os.fsync(aside.fileno())
        Path(aside.name).chmod(0o666 & ~_umask())
        Path(aside.name).replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        Path(aside.name).unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> BadOutput:
    reason = (error.strerror or str(error)).lower()
    return BadOutput(f"cannot write {path}: {reason}; name a file in a folder you can write to")


def _umask() -> int:
    # The mask can only be read by setting it; a temporary file is private by default and a result should not be.
    mask = os.umask(0)
    os.umask(mask)
    return mask
