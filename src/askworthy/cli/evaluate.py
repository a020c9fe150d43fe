"""`askworthy evaluate ...`: labelled corpora in; figures, comparisons and reports out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from askworthy.evaluation.evaluate import Evaluated

evaluate = typer.Typer(no_args_is_help=True, help="Score models on labelled corpora.")

Against = Annotated[Path | None, typer.Option(help="A saved run (metrics.json) to compare with.")]
Baseline = Annotated[
    list[str] | None, typer.Option(help="tfidf, bm25, cosine, or a sentence-transformers model; may be repeated.")
]
Folder = Annotated[Path | None, typer.Option("--report", help="Folder for metrics.json, report.html and the plots.")]
Count = Annotated[int, typer.Option("--resamples", min=100, max=100_000, help="Of the bootstrap.")]
Seed = Annotated[int, typer.Option(min=0, help="Of the bootstrap.")]
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
    quiet: Quiet = False,
) -> None:
    """Score the aspects of a labelled CORPUS."""
    from askworthy.aspects.labeller import Labeller
    from askworthy.cli.progress import progress
    from askworthy.evaluation.evaluate import evaluate_aspects
    from askworthy.inference.encoder import load_encoder

    with progress(quiet=quiet) as watch:
        done = evaluate_aspects(
            corpus, Labeller.load(model), load_encoder(), train=train, count=resamples, seed=seed, watch=watch
        )
    _show(done, against, baseline or [], report, resamples, seed, None)


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
    against: Against = None,
    baseline: Baseline = None,
    report: Folder = None,
    resamples: Count = 1000,
    seed: Seed = 0,
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

    models = Models.load(encoder=encoder, judge=judge, verdict=verdict)
    with progress(quiet=quiet) as watch:
        done = evaluate_published(
            corpus,
            models,
            text=company,
            max_false_flags=max_false_flags,
            cache=cache,
            count=resamples,
            seed=seed,
            watch=watch,
        )
    _show(done, against, baseline or [], report, resamples, seed, find_threshold)


def _show(
    done: Evaluated,
    against: Path | None,
    baselines: list[str],
    report: Path | None,
    count: int,
    seed: int,
    wanted: float | None,
) -> None:
    from askworthy.cli.output import put
    from askworthy.evaluation.compare import compare
    from askworthy.evaluation.run import load_rows
    from askworthy.evaluation.summary import as_text
    from askworthy.evaluation.threshold import find_threshold

    run = done.run
    for problem in done.problems:
        typer.echo(f"askworthy: {problem}", err=True)
    others = [(f"baseline {name}", done.baseline(name)) for name in baselines]
    if against:
        name, rows = load_rows(against, run.kind)
        others.append((f"{name} in {against}", list(rows)))
    compared = [compare(run.kind, run.rows, rows, name=name, count=count, seed=seed) for name, rows in others]
    chosen = find_threshold(run.rows, wanted) if wanted is not None else None
    put(as_text(run, compared, chosen), None)
    if report:
        from askworthy.evaluation.report import write_report

        write_report(report, run, compared, chosen)
        typer.echo(f"wrote {report / 'report.html'}", err=True)
