"""How far a collection has come in; a live line on standard error, and what came of it in words, out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from askworthy.reports.wording import one_line

if TYPE_CHECKING:
    from askworthy.company.collect import Collection, Progress, Settings
    from askworthy.company.collect.crawl import Watch

MAX_CHANGES_SHOWN = 10
FRESH_DAYS = 7  # a collection that `check` made is looked over again after these


@contextmanager
def live(*, quiet: bool = False) -> Iterator[Watch | None]:
    """Show one line that changes; nothing where standard error is no terminal."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text("collecting")) as status:

        def watch(so_far: Progress) -> None:
            megabytes = so_far.bytes / 1e6
            line = f"{so_far.pages:,} pages, {megabytes:,.1f} MB, {one_line(so_far.host)}, {so_far.waiting:,} to go"
            status.update(Text(line))

        yield watch


def told(found: Collection) -> Iterator[str]:
    """The lines that say what came of a collection."""
    others = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in found.counts.items() if name != "read")
    yield one_line(f"{found.site}: read {found.pages:,} pages{f' ({others})' if others else ''} into {found.folder}")
    if found.reached:
        more = f"stopped at the limit of {found.reached}; raise it and run the same command to go on"
        yield more if not found.complete else f"reached the limit of {found.reached}"
    if found.changes is None:
        return
    for name in ("appeared", "changed", "went"):
        urls = getattr(found.changes, name)
        yield f"{name}: {len(urls)}"
        yield from (f"  {one_line(url)}" for url in urls[:MAX_CHANGES_SHOWN])
        if len(urls) > MAX_CHANGES_SHOWN:
            yield f"  and {len(urls) - MAX_CHANGES_SHOWN} more; collect.json names all"


def collected(url: str, settings: Settings, *, refresh: bool, quiet: bool) -> Path:
    """The folder of a site's pages in the user's cache: collected now, gone on with, or made a short while ago."""
    from askworthy.company.collect import collect
    from askworthy.company.collect.cache import cache_folder, finished_days_ago, has_more

    folder = cache_folder(url)
    age = finished_days_ago(folder)
    more = age is None or has_more(folder, settings.max_pages, browser=settings.browser)
    old = age is not None and age > FRESH_DAYS
    if not (more or old or refresh):
        return folder
    print(f"collecting {one_line(url)} into {folder}", file=sys.stderr)
    with live(quiet=quiet) as watch:
        found = collect(url, folder, settings=settings, refresh=refresh or old, watch=watch)
    for line in told(found):
        print(line, file=sys.stderr)
    return folder
