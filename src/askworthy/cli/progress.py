"""How far the work has come in; a bar on standard error out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from askworthy.evidence.index import Watch
from askworthy.inference.onnx import DEFAULT_THREADS

QUIET_FOR_S = 1.0  # work that is done by then shows no bar


@contextmanager
def progress(*, threads: int = DEFAULT_THREADS, quiet: bool = False) -> Iterator[Watch | None]:
    """Show a bar while long work runs; nothing where standard error is no terminal."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks = {}
    began = time.monotonic()

    def watch(doing: str, done: int, total: int) -> None:
        if time.monotonic() - began < QUIET_FOR_S:
            return
        if doing not in tasks:
            bar.start()
            tasks[doing] = bar.add_task(doing if doing == "reading" else f"{doing}, {threads} threads", total=total)
        bar.update(tasks[doing], completed=done, total=total)

    try:
        yield watch
    finally:
        bar.stop()
