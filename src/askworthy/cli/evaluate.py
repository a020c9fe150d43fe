"""`askworthy evaluate ...`: labelled corpora in; figures, comparisons and reports out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from askworthy.reports.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askworthy.evaluation.compare import Comparison
    from askworthy.evaluation.evaluate import Evaluated
    from askworthy.evaluation.rows import Row
    from askworthy.evaluation.run import Kind
    from askworthy.evaluation.threshold import Chosen
    from askworthy.evidence.index import Watch

    Saved = list[tuple[str, Sequence[Row]]]

evaluate = typer.Typer(no_args_is_help=True, help="Score models on labelled corpora.")

Against = Annotated[Path | None, typer.Option(help="A saved run (metrics.json) to compare with.")]
Baseline = Annotated[
    list[str] | None, typer.Option(help="tfidf, bm25, cosine, or a sentence-transformers model; may be repeated.")
]
Folder = Annotated[Path | None, typer.Option("--report", help="Folder for metrics.json, report.html and the plots.")]
Count = Annotated[int, typer.Option("--resamples", min=100, max=100_000, help="Of the bootstrap.")]
Seed = Annotated[int, typer.Option(min=0, help="Of the bootstrap.")]
Threads = Annotated[
    int | None, typer.Option(min=1, help="Threads the models may use; half of the cores, 2 to 4, if not given.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")]


@evaluate.command()
def aspects(
    corpus: Annotated[Path, typer.Argument(help="A csv or jsonl file with question, label, and maybe topic and also.")],
    model: Annotated[
        Path | None, typer.Option("--aspects", help="A taxonomy of your own, from `askworthy train aspects`.")
    ] = None,
    train: Annotated[Path | None, typer.Option(help="What the model learned from: rows that leak are named.")] = None,
    against: Against = None,
    baseline: Baseline = None,
    report: Folder = None,
    resamples: Count = 1000,
    seed: Seed = 0,
    threads: Threads = None,
    quiet: Quiet = False,
) -> None:
    """Score the aspects of a labelled CORPUS."""
    from askworthy.aspects.labeller import Labeller
    from askworthy.cli.progress import progress
    from askworthy.evaluation.evaluate import evaluate_aspects
    from askworthy.inference.encoder import load_question_encoder
    from askworthy.inference.onnx import DEFAULT_THREADS

    saved = _ready("aspects", against, baseline or [], report)
    encoder = load_question_encoder(threads=threads or DEFAULT_THREADS)
    with progress(threads=threads or DEFAULT_THREADS, quiet=quiet) as watch:
        done = evaluate_aspects(
            corpus, Labeller.load(model), encoder, train=train, count=resamples, seed=seed, watch=watch
        )
        compared = _compared(done, saved, baseline or [], resamples, seed, watch)
    _show(done, compared, None, report)


@evaluate.command()
def published(
    corpus: Annotated[Path, typer.Argument(help="A folder of <company>.jsonl with ../companies/<company>, or one.")],
    company: Annotated[Path | None, typer.Option(help="The text of the one company, if it lies elsewhere.")] = None,
    max_false_flags: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Share of open questions that may be called published.")
    ] = 0.05,
    find_threshold: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Find the cut-off for this share of false flags.")
    ] = None,
    encoder: Annotated[str | None, typer.Option(help="A sentence-transformers model, not the bundled one.")] = None,
    judge: Annotated[str | None, typer.Option(help="A sentence-transformers CrossEncoder.")] = None,
    verdict: Annotated[Path | None, typer.Option(help="A verdict model, from `askworthy train verdict`.")] = None,
    train: Annotated[
        Path | None, typer.Option(help="The CORPUS that was learned from: rows that leak are named.")
    ] = None,
    against: Against = None,
    baseline: Baseline = None,
    report: Folder = None,
    resamples: Count = 1000,
    seed: Seed = 0,
    threads: Threads = None,
    cache: Annotated[bool, typer.Option(help="Keep the companies' indexes for the next run.")] = False,
    quiet: Quiet = False,
) -> None:
    """Score verdicts and evidence on a CORPUS of judged companies."""
    from askworthy.cli.progress import progress
    from askworthy.spacy_light import without_torch

    with without_torch():
        import spacy as _spacy  # noqa: F401 - here, where torch is kept out
    from askworthy.check import Models
    from askworthy.evaluation.evaluate import evaluate_published
    from askworthy.evaluation.threshold import find_threshold as find
    from askworthy.inference.onnx import DEFAULT_THREADS

    saved = _ready("published", against, baseline or [], report)
    models = Models.load(encoder=encoder, judge=judge, verdict=verdict, threads=threads)
    with progress(threads=threads or DEFAULT_THREADS, quiet=quiet) as watch:
        done = evaluate_published(
            corpus,
            models,
            text=company,
            train=train,
            max_false_flags=max_false_flags,
            cache=cache,
            count=resamples,
            seed=seed,
            watch=watch,
        )
        compared = _compared(done, saved, baseline or [], resamples, seed, watch)
    _show(done, compared, None if find_threshold is None else find(done.run.rows, find_threshold), report)


def _ready(kind: Kind, against: Path | None, baselines: Sequence[str], report: Path | None) -> Saved:
    """Refuse what cannot be compared with or written before the work, not after it; read the saved run."""
    from askworthy.evaluation.baselines import check_baselines
    from askworthy.evaluation.report import make_folder
    from askworthy.evaluation.run import load_rows

    check_baselines(kind, baselines)
    if report:
        make_folder(report)
    if against is None:
        return []
    name, rows = load_rows(against, kind)
    return [(f"{name} in {against}", rows)]


def _compared(
    done: Evaluated, saved: Saved, baselines: Sequence[str], count: int, seed: int, watch: Watch | None
) -> list[Comparison]:
    from askworthy.evaluation.compare import compare

    others = [(f"baseline {name}", done.baseline(name, watch)) for name in baselines]
    return [
        compare(done.run.kind, done.run.rows, rows, name=name, count=count, seed=seed) for name, rows in others + saved
    ]


def _show(done: Evaluated, compared: Sequence[Comparison], chosen: Chosen | None, report: Path | None) -> None:
    from askworthy.cli.output import put
    from askworthy.evaluation.report import write_report
    from askworthy.evaluation.summary import as_text

    for problem in done.problems:
        typer.echo(f"askworthy: {one_line(str(problem))}", err=True)
    put(as_text(done.run, compared, chosen), None)
    if report:
        write_report(report, done.run, compared, chosen)
        typer.echo(f"wrote {report / 'report.html'}", err=True)
