"""Scored rows in, as they come; the same rows out as often as they are asked for, from disk and not from memory."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

from askworthy.errors import BadOutput
from askworthy.evaluation.rows import Row

READ_AT_ONCE = 1000  # rows


class RowFile(Sequence[Row]):
    """A sequence of rows kept in a temporary file, which the system removes when nothing holds it any more.

    Memory is 8 bytes a row, whatever the rows hold. Several readers may go over it at once.

    Raises:
        BadOutput: The temporary folder is full or cannot be written.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._starts = array("q", [0])
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open for as long as the rows are
            for row in rows:
                line = json.dumps(row.to_dict()).encode("ascii")
                self._file.write(line)
                self._starts.append(self._starts[-1] + len(line))
            self._file.flush()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise BadOutput(f"cannot keep rows in {tempfile.gettempdir()}: {reason}; free it or set TMPDIR") from error

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        return next(self._read(at, at + 1))

    def __iter__(self) -> Iterator[Row]:
        for start in range(0, len(self), READ_AT_ONCE):
            yield from self._read(start, min(start + READ_AT_ONCE, len(self)))

    def _read(self, first: int, stop: int) -> Iterator[Row]:
        begin = self._starts[first]
        self._file.seek(begin)
        part = self._file.read(self._starts[stop] - begin)
        for at in range(first, stop):
            saved: dict[str, Any] = json.loads(part[self._starts[at] - begin : self._starts[at + 1] - begin])
            yield Row.from_dict(saved)
