"""`askworthy aspects`: question lists in; a label for each question out, as a stream."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class LabelFormat(StrEnum):
    """How labels are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def aspects(
    questions: Annotated[
        list[Path], typer.Argument(help="Question lists: txt, md, html, csv, tsv, json, jsonl, or - for stdin.")
    ],
    format: Annotated[LabelFormat, typer.Option("--format", "-f", help="How labels are written.")] = LabelFormat.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write, instead of printing.")] = None,
    aspects: Annotated[
        Path | None, typer.Option(help="A taxonomy of your own, from `askworthy train aspects`.")
    ] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Threads the model may use.")] = None,
) -> None:
    """Label QUESTIONS by aspect and topic, without a company."""
    from askworthy.aspects.labeller import Labeller
    from askworthy.aspects.stream import labelled
    from askworthy.cli.output import check_target, put_lines
    from askworthy.inference.encoder import load_question_encoder
    from askworthy.inference.onnx import DEFAULT_THREADS
    from askworthy.questions.reading import iter_questions
    from askworthy.reports.labels import lines

    check_target(output)
    encoder = load_question_encoder(threads=threads or DEFAULT_THREADS)
    rows = labelled(iter_questions(questions), Labeller.load(aspects), encoder)
    put_lines(lines(rows, format.value), output)
