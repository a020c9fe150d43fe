"""`askworthy train ...`: labelled corpora in; model folders out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

train = typer.Typer(no_args_is_help=True, help="Learn models from labelled corpora.")

Target = Annotated[Path, typer.Option("--output", "-o", help="Folder to write the model to.")]


Corpora = Annotated[
    list[Path],
    typer.Argument(
        help="Intents, contrasts or judged pairs as jsonl; folders of judged employers, their text in ../companies/."
    ),
]
Asked = Annotated[
    Path | None, typer.Option(help="Questions without labels, for the teacher to answer about the employers.")
]
Keep = Annotated[
    float | None,
    typer.Option(
        min=0.0, max=1.0, help="Favour the label `other` while this share of all else in --calibrate is kept."
    ),
]
Seed = Annotated[int, typer.Option(help="Of everything drawn.")]


@train.command()
def encoder(
    output: Target,
    corpora: Annotated[
        list[Path] | None, typer.Argument(help="As for `answerability`; none: the weights as they are.")
    ] = None,
    topics: Annotated[Path | None, typer.Option(help="Questions with topics, learned beside.")] = None,
    judge: Annotated[
        str | None, typer.Option(help="A CrossEncoder to learn from, as `answerability` leaves in teacher/.")
    ] = None,
    asked: Asked = None,
    steps: Annotated[int, typer.Option(min=1, help="Training steps of 32 questions.")] = 1500,
    seed: Seed = 0,
) -> None:
    """Tune the upstream MiniLM weights on CORPORA and write them as the product's encoder."""
    from askworthy.cli.progress import progress
    from askworthy.training.encoder import train_encoder

    with progress() as watch:
        train_encoder(
            output, corpora or [], topics=topics, judge=judge, asked=asked, steps=steps, seed=seed, watch=watch
        )
    typer.echo(f"wrote {output}", err=True)


@train.command()
def answerability(
    corpora: Corpora,
    output: Target,
    general: Annotated[
        list[Path] | None, typer.Option(help="General question-answering pairs, learned first; may be repeated.")
    ] = None,
    teacher: Annotated[
        str | None, typer.Option(help="A bigger transformers model, name or folder, that learns first and teaches.")
    ] = None,
    asked: Asked = None,
    start: Annotated[
        Path | None, typer.Option(help="A judge that this command wrote, to go on from; upstream's weights if none.")
    ] = None,
    seed: Seed = 0,
) -> None:
    """Train a cross-encoder to judge whether a passage answers a question, for use with --judge."""
    from askworthy.cli.progress import progress
    from askworthy.training.answerability import train_answerability

    with progress() as watch:
        train_answerability(
            general or [], corpora, output, teacher=teacher, asked=asked, start=start, seed=seed, watch=watch
        )
    typer.echo(f"wrote {output}; fit a verdict model for it with `askworthy train verdict --judge {output}`", err=True)


@train.command()
def question_encoder(
    labelled: Annotated[Path, typer.Argument(help="A csv or jsonl file with question and label, and maybe topic.")],
    output: Target,
    asked: Annotated[
        list[Path] | None, typer.Option(help="Further questions, jsonl or folders of it; may be repeated.")
    ] = None,
    without: Annotated[
        list[Path] | None, typer.Option(help="Files whose questions are left out, to measure by; may be repeated.")
    ] = None,
    teacher: Annotated[
        str | None, typer.Option(help="A bigger transformers model, name or folder, that learns the topics first.")
    ] = None,
    layers: Annotated[int, typer.Option(min=1, max=6, help="How many of the encoder's are kept.")] = 3,
    epochs: Annotated[int, typer.Option(min=1, help="Times through all questions.")] = 13,
    labels: Annotated[
        Path | None, typer.Option(help="Folder to write the labeller to that is learned beside it, for --aspects.")
    ] = None,
    calibrate: Annotated[
        Path | None, typer.Option(help="Held-out questions with label and topic, to set its probabilities by.")
    ] = None,
    keep: Keep = None,
    seed: Seed = 0,
) -> None:
    """Teach the encoder's lowest layers to place questions as all of them do, for labels at half of the time."""
    from askworthy.cli.progress import progress
    from askworthy.training.question_encoder import train_question_encoder

    with progress() as watch:
        train_question_encoder(
            labelled,
            output,
            asked or [],
            without=without or [],
            teacher=teacher,
            layers=layers,
            epochs=epochs,
            seed=seed,
            labels=labels,
            calibrate=calibrate,
            keep=keep,
            watch=watch,
        )
    next_step = "" if labels else "; learn the labels again with `askworthy train aspects`"
    typer.echo(f"wrote {output}{next_step}", err=True)


@train.command()
def duplicates(
    pairs: Annotated[list[Path], typer.Argument(help="Pairs as jsonl: first, second, and same, or how it was read.")],
    output: Target,
    weights: Annotated[str, typer.Option(help="The sentence encoder to start from, name or folder.")],
    asked: Annotated[
        list[Path] | None, typer.Option(help="Files or folders of questions, to draw near pairs from; may be repeated.")
    ] = None,
    without: Annotated[
        list[Path] | None, typer.Option(help="Files whose questions are left out; may be repeated.")
    ] = None,
    licence: Annotated[str, typer.Option(help="Of the sentence encoder, for the manifest.")] = "unknown",
    seed: Seed = 0,
) -> None:
    """Train a reader to tell which PAIRS of questions ask the same, for folding a list's duplicates."""
    from askworthy.cli.progress import progress
    from askworthy.training.duplicates import train_duplicates

    with progress() as watch:
        train_duplicates(
            pairs,
            output,
            weights=weights,
            asked=asked or [],
            without=without or [],
            licence=licence,
            seed=seed,
            watch=watch,
        )
    typer.echo(f"wrote {output}; choose its cut-offs with tests/quality/duplicates.py", err=True)


@train.command()
def aspects(
    corpus: Annotated[Path, typer.Argument(help="A csv or jsonl file with question and label, and maybe topic.")],
    output: Target,
    calibrate: Annotated[
        Path | None, typer.Option(help="Another such file, to set probabilities by, if the encoder knows CORPUS.")
    ] = None,
    keep: Keep = None,
    seeds: Annotated[int, typer.Option(min=2, help="Cross-validations to judge it by.")] = 10,
) -> None:
    """Learn a taxonomy from CORPUS, and say by cross-validation how good it is and what it confuses."""
    from askworthy.cli.progress import progress
    from askworthy.training.aspects import train_aspects

    with progress() as watch:
        quality = train_aspects(corpus, output, calibrate=calibrate, keep=keep, seeds=seeds, watch=watch)
    typer.echo(str(quality))
    typer.echo(f"wrote {output}; use it with --aspects {output}", err=True)


@train.command()
def verdict(
    corpora: Annotated[list[Path], typer.Argument(help="Folders of <company>.jsonl, their text in ../companies/.")],
    output: Target,
    judge: Annotated[
        str | None, typer.Option(help="The sentence-transformers CrossEncoder it is for, if there is to be one.")
    ] = None,
    encoder: Annotated[str | None, typer.Option(help="The encoder it is for, if not the bundled one.")] = None,
    calibrate: Annotated[
        list[Path] | None, typer.Option(help="Folders of the same form, for calibration and cut-offs alone.")
    ] = None,
    usual: Annotated[
        list[Path] | None, typer.Option(help="Folders of the same form, to learn what texts usually answer.")
    ] = None,
    rated: Annotated[
        Path | None, typer.Option(help="Questions with how many employers of how many answer them, in a reader's view.")
    ] = None,
) -> None:
    """Fit the verdict model and its cut-offs to judged questions in CORPORA."""
    from askworthy.cli.progress import progress
    from askworthy.inference.cross_encoder import load_cross_encoder
    from askworthy.inference.encoder import load_encoder
    from askworthy.training.verdict import train_verdict

    with progress() as watch:
        facts = train_verdict(
            corpora,
            output,
            load_encoder(encoder),
            load_cross_encoder(judge) if judge else None,
            calibrate=calibrate or [],
            usual=usual or [],
            rated=rated,
            watch=watch,
        )
    for name, value in facts.items():
        typer.echo(f"{name}: {value}")
    typer.echo(f"wrote {output}; use it with --verdict {output}", err=True)
