"""Messages in at one end of a pipe; the same messages out at the other, whole or not at all."""

from __future__ import annotations

import os
import sys

LENGTH_BYTES = 8
CHUNK_BYTES = 1 << 20
READY = b"ready"  # what a process that reads says first
BEGUN = b"begun"  # and when it has a PDF, before its reply
NO_MEMORY = 77  # and its exit code when it has none left


def send(pipe: int, *messages: bytes) -> None:
    """Write messages to a file descriptor; buffered streams have locks, which a fork could leave locked.

    Raises:
        OSError: Nobody reads at the other end.
    """
    for message in messages:
        for part in (len(message).to_bytes(LENGTH_BYTES, "big"), message):
            left = memoryview(part)
            while left:
                left = left[os.write(pipe, left[:CHUNK_BYTES]) :]


def receive(pipe: int, limit: int = sys.maxsize) -> bytes | None:
    """Read one message; None where the other end is closed, or sends what is no message of at most `limit` bytes."""
    length = _read(pipe, LENGTH_BYTES)
    if length is None or int.from_bytes(length, "big") > limit:
        return None
    return _read(pipe, int.from_bytes(length, "big"))


def _read(pipe: int, size: int) -> bytes | None:
    found = bytearray()  # and not room for it all at once: its length is only what the other end says
    while len(found) < size:
        chunk = os.read(pipe, min(CHUNK_BYTES, size - len(found)))
        if not chunk:
            return None
        found += chunk
    return bytes(found)
