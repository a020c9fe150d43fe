"""PDFs on standard input in; what each of them says on standard output out, until the input ends.

The program of the process that `pdf_apart` starts. Nothing else imports it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from askworthy.company.extract import pdf
from askworthy.company.extract.pdf_pipe import BEGUN, NO_MEMORY, READY, receive, send
from askworthy.errors import PageUnreadable

SWOLLEN = 200_000_000  # bytes that are still held after a PDF is read; at rest it is 35 MB


def serve(memory: int) -> None:
    """Read PDFs one after the other; never returns.

    Args:
        memory: Bytes that this process may take.
    """
    requests, replies = _take_pipes()
    _bound(memory)
    import pypdfium2  # noqa: F401 - so that it is not said to be ready if it cannot be imported

    waiting: SimpleQueue[tuple[str, bytes]] = SimpleQueue()
    Thread(target=_receive, args=(requests, waiting), daemon=True).start()
    send(replies, READY)
    while True:
        source, data = waiting.get()
        send(replies, BEGUN)
        try:
            send(replies, json.dumps(answer(source, data) | {"swollen": _is_swollen()}).encode())
        except MemoryError:  # what is left of it may not suffice to say so in words
            os._exit(NO_MEMORY)


def answer(source: str, data: bytes) -> dict[str, Any]:
    """Read one PDF, as JSON: its text and blocks and the pages that are not in them, or why there are none."""
    try:
        page, skipped = pdf.read_with_skips(data, source)
    except PageUnreadable as error:
        return {"unreadable": type(error).__name__, "reason": str(error)}
    except MemoryError:
        raise
    except Exception as error:  # pypdfium2's own errors are many
        return {"unreadable": PageUnreadable.__name__, "reason": f"a damaged PDF ({type(error).__name__})"}
    return {
        "text": page.text,
        "title": page.title,
        "blocks": [[block.start, block.end, block.kind, block.level] for block in page.blocks],
        "skipped": [[one.source, one.reason] for one in skipped],
    }


def _take_pipes() -> tuple[int, int]:
    """Keep standard input and output for messages alone, whatever a library may print."""
    taken = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return taken


def _bound(memory: int) -> None:
    """Limit this process's memory, where the system can: Windows has no `resource`, and macOS doesn't keep to it.

    There a hostile PDF still ends this process alone, but may fill the machine's memory until its time is up.
    """
    try:
        import resource
    except ImportError:
        return
    for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):  # a crash needs no copy on disk
        try:
            lowest = min([limit, *(one for one in resource.getrlimit(kind) if one != resource.RLIM_INFINITY)])
            resource.setrlimit(kind, (lowest, lowest))
        except (ValueError, OSError):  # as macOS answers
            continue


def _receive(requests: int, waiting: SimpleQueue[tuple[str, bytes]]) -> None:
    """Take requests in a thread, which sees the input end while pdfium is at work: then nobody waits any more."""
    try:
        while (source := receive(requests)) is not None and (data := receive(requests)) is not None:
            waiting.put((json.loads(source), data))
    except MemoryError:
        os._exit(NO_MEMORY)
    finally:
        os._exit(0)


def _is_swollen() -> bool:
    try:
        resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:  # no Linux
        return False
    return resident * os.sysconf("SC_PAGE_SIZE") > SWOLLEN
