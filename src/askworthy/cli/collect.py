"""`askworthy collect`: a company's web address in; a folder of its public pages out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

MaxPages = Annotated[int, typer.Option(min=1, help="Pages to read at most.")]
Delay = Annotated[float, typer.Option(min=0.0, help="Seconds between two requests to one host.")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Read this machine and the local network too.")]
Contact = Annotated[str, typer.Option(help="A mail address or page of yours, told to the servers.")]
WithBrowser = Annotated[
    bool, typer.Option("--browser", help="Render pages that are empty without JavaScript (extra `browser`).")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No live line.")]


def collect(
    url: Annotated[str, typer.Argument(help="The company's site, as https://www.example.com.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to fill, or to go on with.")],
    max_pages: MaxPages = 500,
    delay: Delay = 1.0,
    allow_private: AllowPrivate = False,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask again for what is there; say what changed.")] = False,
    host: Annotated[
        list[str] | None, typer.Option(help="A host to read beside the company's own; may be repeated.")
    ] = None,
    max_depth: Annotated[int, typer.Option(min=1, help="Links from the first page at most.")] = 8,
    max_minutes: Annotated[float, typer.Option(min=0.0, help="Minutes this run may take.")] = 60.0,
    max_megabytes: Annotated[int, typer.Option(min=1, help="Megabytes of pages to read at most.")] = 1_000,
    contact: Contact = "",
    browser: WithBrowser = False,
    quiet: Quiet = False,
) -> None:
    """Collect the public pages of the company at URL, politely; run it again to go on after a stop."""
    from askworthy.cli.collecting import live, told
    from askworthy.company.collect import Settings
    from askworthy.company.collect import collect as collect_pages

    settings = Settings(
        max_pages=max_pages,
        delay=delay,
        allow_private=allow_private,
        hosts=tuple(host or ()),
        contact=contact,
        max_depth=max_depth,
        max_seconds=max_minutes * 60,
        max_bytes=max_megabytes * 1_000_000,
        browser=browser,
    )
    with live(quiet=quiet) as watch:
        found = collect_pages(url, output, settings=settings, refresh=refresh, watch=watch)
    for line in told(found):
        typer.echo(line, err=True)
