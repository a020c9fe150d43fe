"""A PDF file in; its page, read by a process of its own that may swell, hang or crash, out.

pdfium's memory cannot be bounded from within: a file of 2 KB whose forms hold forms can have it take any amount, and
where it gets no more it ends the process that it is in.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Timer

from askworthy.company.extract.pdf_pipe import BEGUN, NO_MEMORY, READY, receive, send
from askworthy.company.extract.unreadable import Locked, Scanned, TooHeavy
from askworthy.errors import PageUnreadable
from askworthy.records import Block, Page, Skipped

MAX_MEMORY = 1_500_000_000  # bytes; a drawing of a million lines takes 380 MB, 5,000,000 characters take 170
MAX_SECONDS = 120  # the longest text that is read takes 15
MAX_REPLY = 200_000_000  # bytes of JSON
START_SECONDS = 60
HOME = str(Path(__file__).absolute().parents[3])  # where the package lies
PROGRAM = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from askworthy.company.extract.pdf_child import serve; serve(int(sys.argv[1]))"
)
KINDS = {kind.__name__: kind for kind in (PageUnreadable, Locked, Scanned)}
# pdfium aborts or traps when it gets no memory, and a system that has none left kills; Windows has no such signals.
FATAL = [getattr(signal, name, None) for name in ("SIGABRT", "SIGILL", "SIGKILL", "SIGTRAP")]
OUT_OF_MEMORY = {NO_MEMORY, *(-number for number in FATAL if number)}


def read(data: bytes, source: str) -> Page:
    """Read the text of a PDF, and pass over pages of it that cannot be read.

    Raises:
        PageUnreadable: As `read_with_skips`.
    """
    return read_with_skips(data, source)[0]


def read_with_skips(data: bytes, source: str) -> tuple[Page, list[Skipped]]:
    """Read the text of a PDF in a process that is started once; safe in threads, and after a fork.

    Returns:
        One page for all of them, and the pages of the file that are not in it.

    Raises:
        PageUnreadable: It is damaged, encrypted, holds pictures of text only, or takes too much memory or time.
    """
    return _ours().read_with_skips(data, source)


class Reader:
    """Reads PDFs in one process, which is started when it is needed, and again when it has ended."""

    def __init__(self, *, memory: int = MAX_MEMORY, seconds: float = MAX_SECONDS) -> None:
        self.memory = memory
        self.seconds = seconds
        self.owner = os.getpid()
        self.child: subprocess.Popen[bytes] | None = None
        self._lock = Lock()  # one PDF at a time is in the pipes

    def read_with_skips(self, data: bytes, source: str) -> tuple[Page, list[Skipped]]:
        """As the function of that name."""
        with self._lock:
            found = json.loads(self._ask(json.dumps(source).encode(), data))
            if found["swollen"]:  # it would keep that memory, and the next PDF would lack it
                self.close()
        if "unreadable" in found:
            raise KINDS[found["unreadable"]](found["reason"])
        blocks = tuple(Block(*block) for block in found["blocks"])
        skipped = [Skipped(*one) for one in found["skipped"]]
        return Page(source=source, text=found["text"], blocks=blocks, title=found["title"]), skipped

    def close(self) -> int | None:
        """End the process, if there is one.

        Returns:
            What it ended with; had it ended before, that.
        """
        child, self.child = self.child, None
        if child is None:
            return None
        child.kill()
        _close_pipes(child)
        return child.wait()

    def leave(self) -> None:
        """Forget the process without ending it: it belongs to the process that this one was forked from."""
        if self.child is not None:
            _close_pipes(self.child)  # or it would not see its own parent end
            self.child.returncode = 0  # it is not waited for

    def _ask(self, *messages: bytes) -> bytes:
        for _ in range(2):
            begun, reply = False, None
            try:
                child = self._running()
                end = time.monotonic() + self.seconds
                with _killed_after(self.seconds, child) as (requests, replies):
                    send(requests, *messages)
                    begun = receive(replies, len(BEGUN)) == BEGUN
                    reply = receive(replies, MAX_REPLY)
            except OSError:
                pass  # it ended while it was written to
            except BaseException:  # Ctrl-C
                self.close()  # or this PDF's reply would be taken for the next one's
                raise
            if reply is not None:
                return reply
            is_late, code = time.monotonic() >= end, self.close()
            if begun or is_late or code == NO_MEMORY:
                break  # else it was ended from without before it had the PDF, which had no part in that
        if is_late:
            raise TooHeavy(f"a PDF that takes more than {self.seconds:,} seconds to read")
        if code in OUT_OF_MEMORY:
            raise TooHeavy(f"a PDF that takes more than {self.memory // 1_000_000:,} MB of memory to read")
        raise PageUnreadable("a PDF that makes its reader crash")

    def _running(self) -> subprocess.Popen[bytes]:
        if self.child is not None and self.child.poll() is None:
            return self.child
        self.close()
        python = _python()
        try:
            self.child = subprocess.Popen(
                # No settings and no start-up code of others: all that it needs of them is where packages lie.
                [python, "-I", "-S", *["-B"] * sys.dont_write_bytecode, "-c", PROGRAM, str(self.memory), *_path()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,  # Ctrl-C in a terminal goes to the program alone, which then ends it
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
                | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise PageUnreadable(f"the process that reads PDFs does not start ({error.strerror or error})") from error
        with _killed_after(START_SECONDS, self.child) as (_, replies):
            ready = receive(replies, len(READY))
        if ready != READY:
            raise PageUnreadable(f"the process that reads PDFs does not start (it ends with {self.close()})")
        return self.child


@contextmanager
def _killed_after(seconds: float, child: subprocess.Popen[bytes]) -> Iterator[list[int]]:
    """The pipes to and from a process, which end when its time is up: not every system can wait at one for a time."""
    timer = Timer(seconds, child.kill)
    timer.daemon = True
    timer.start()
    try:
        yield [pipe.fileno() for pipe in (child.stdin, child.stdout) if pipe]
    finally:
        timer.cancel()


def _python() -> str:
    """The Python to start; a server or an app that Python is built into names itself, and would be started again."""
    name = "python.exe" if os.name == "nt" else f"bin/python{sys.version_info.major}.{sys.version_info.minor}"
    for found in (Path(sys.executable or ""), Path(sys.base_exec_prefix, name)):
        if re.search("python|pypy", found.name, re.IGNORECASE) and found.is_file():
            return str(found)
    raise PageUnreadable("a PDF is read by a Python of its own, and there is none beside this program")


def _path() -> list[str]:
    """Where the process finds the same packages; a place that depends on the working folder has moved with it."""
    return [one if Path(one).is_absolute() else HOME for one in sys.path if isinstance(one, str)] + [HOME]


def _close_pipes(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe:
            pipe.close()


_reader = Reader()


def _ours() -> Reader:
    """This process's reader: one that was forked while it had a child gets another."""
    if _reader.owner != os.getpid():  # servers that fork outside of Python do not call what is registered
        _forget()
    return _reader


def _forget() -> None:
    global _reader
    _reader.leave()
    _reader = Reader()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
atexit.register(lambda: _ours().close())
