"""`askworthy check`: question lists and a company in; findings out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from askworthy.cli.collect import AllowPrivate, Contact, Delay, MaxPages, WithBrowser
from askworthy.cli.options import MaxFalseFlags
from askworthy.reports import Format


def check(
    questions: Annotated[
        list[Path], typer.Argument(help="Question lists: txt, md, html, csv, tsv, json, jsonl, or - for stdin.")
    ],
    company: Annotated[
        str, typer.Option("--company", "-c", help="Web address of the company, or a folder or file of its public text.")
    ],
    format: Annotated[Format, typer.Option("--format", "-f", help="How findings are written.")] = Format.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write, instead of printing.")] = None,
    max_false_flags: MaxFalseFlags = 0.05,
    fail_on: Annotated[
        Literal["published"] | None, typer.Option(help="Exit with 1 if a question has this verdict.")
    ] = None,
    encoder: Annotated[
        str | None, typer.Option(help="A sentence-transformers model instead of the bundled one.")
    ] = None,
    judge: Annotated[
        str | None, typer.Option(help="A sentence-transformers CrossEncoder that judges what was found.")
    ] = None,
    aspects: Annotated[
        Path | None, typer.Option(help="A taxonomy of your own, from `askworthy train aspects`.")
    ] = None,
    verdict: Annotated[
        Path | None, typer.Option(help="A verdict model of your own, from `askworthy train verdict`.")
    ] = None,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Threads the models may use; half of the cores, 2 to 4, if not given.")
    ] = None,
    cache: Annotated[bool, typer.Option(help="Keep the index and judgements for the next run.")] = True,
    follow_ups: Annotated[
        bool, typer.Option(help="Add questions that dig deeper than what was found; takes about twice as long.")
    ] = False,
    max_pages: MaxPages = 500,
    delay: Delay = 1.0,
    allow_private: AllowPrivate = False,
    contact: Contact = "",
    browser: WithBrowser = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask the company's site again for what has changed.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Show which QUESTIONS the company's public text already answers, with the sentence that does."""
    from askworthy.cli.output import check_apart, check_target, put
    from askworthy.cli.progress import progress
    from askworthy.spacy_light import without_torch

    check_target(output)
    check_apart(output, company)
    with without_torch():
        import spacy as _spacy  # noqa: F401 - here, where torch is kept out
    from askworthy.questions.reading import read_questions

    asked = read_questions(questions)  # first: a list that cannot be read is told before the company is collected
    if "://" in company:
        from askworthy.cli.collecting import collected
        from askworthy.company.collect import Settings

        settings = Settings(
            max_pages=max_pages, delay=delay, allow_private=allow_private, contact=contact, browser=browser
        )
        company = str(collected(company, settings, refresh=refresh, quiet=quiet))
    from askworthy.check import Models
    from askworthy.check import check as check_questions
    from askworthy.company import Company
    from askworthy.inference.onnx import DEFAULT_THREADS
    from askworthy.reports import render
    from askworthy.reports.terminal import as_shown

    opened = Company.open(company, without=questions)
    models = Models.load(encoder=encoder, judge=judge, aspects=aspects, verdict=verdict, threads=threads)
    with progress(threads=threads or DEFAULT_THREADS, quiet=quiet) as watch:
        report = check_questions(
            asked,
            opened,
            models=models,
            max_false_flags=max_false_flags,
            cache=cache,
            follow_ups=follow_ups,
            watch=watch,
        )
    put(as_shown(report) if format is Format.table and output is None else render(report, format), output)
    if fail_on and any(finding.verdict == fail_on for finding in report.findings):
        raise typer.Exit(code=1)
