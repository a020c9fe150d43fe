"""`askworthy plan`: question lists, a company and the minutes there are in; an agenda out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from askworthy.reports.plan import PlanFormat


def plan(
    questions: Annotated[
        list[Path], typer.Argument(help="Question lists: txt, md, csv, tsv, json, jsonl, or - for standard input.")
    ],
    company: Annotated[str, typer.Option("--company", "-c", help="Folder or file of the company's public text.")],
    minutes: Annotated[float, typer.Option("--minutes", "-m", help="Time for your questions, answers included.")] = 15,
    whom: Annotated[
        Literal["manager", "recruiter", "peer", "executive"] | None, typer.Option("--for", help="Who is in the room.")
    ] = None,
    format: Annotated[PlanFormat, typer.Option("--format", "-f", help="How the plan is written.")] = PlanFormat.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write, instead of printing.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Threads the models may use.")] = None,
    cache: Annotated[bool, typer.Option(help="Keep the index and judgements for the next run.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Choose what to ask in the time there is: open questions, and what digs deeper than the public text."""
    from askworthy.cli.output import check_target, put
    from askworthy.cli.progress import progress
    from askworthy.spacy_light import without_torch

    check_target(output)
    with without_torch():
        import spacy as _spacy  # noqa: F401 - here, where torch is kept out
    from askworthy.check import Models, suggestions_for
    from askworthy.check import check as check_questions
    from askworthy.company import Company
    from askworthy.findings.plan import check_minutes
    from askworthy.findings.plan import plan as make_plan
    from askworthy.inference.onnx import DEFAULT_THREADS
    from askworthy.questions.reading import read_questions
    from askworthy.reports.plan import render_plan

    check_minutes(minutes)
    asked = read_questions(questions)
    opened = Company.open(company)
    models = Models.load(threads=threads)
    with progress(threads=threads or DEFAULT_THREADS, quiet=quiet) as watch:
        report = check_questions(asked, opened, models=models, cache=cache, follow_ups=True, watch=watch)
    extra = suggestions_for(report, opened, models, cache=cache)
    put(render_plan(make_plan(report, minutes, whom=whom, suggestions=extra), format), output)
