"""A corpus of labelled questions and a labeller in; scored rows out, as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from askworthy.aspects.labeller import SEPARATOR, Labeller
from askworthy.aspects.stream import AT_ONCE
from askworthy.errors import BadCorpus
from askworthy.evaluation.checks import Leaks, Problem, RowChecks
from askworthy.evaluation.corpora import read_rows
from askworthy.evaluation.rows import Row
from askworthy.evidence.index import Watch
from askworthy.inference.encoder import Encoder


def check_aspects(
    corpus: Path, labels: set[str] | None, *, train: Path | None = None, encoder: Encoder | None = None
) -> tuple[list[Problem], int]:
    """Look through a corpus before it is scored.

    Args:
        corpus: A csv or jsonl file.
        labels: Those that are known; None if every label is.
        train: The rows that the model learned from, to find leaks.
        encoder: Needed for leaks alone.

    Returns:
        What is wrong, and how many rows there are.

    Raises:
        BadCorpus: The corpus is empty or cannot be read.
    """
    checks, count = RowChecks(corpus, labels), 0
    problems: list[Problem] = []
    for row in read_rows(corpus, labels or ()):
        problems += checks.look(row)
        count += 1
    if not count:
        raise BadCorpus(f"{corpus} is empty; each row needs question and label")
    if train and encoder:
        problems += Leaks(((train, row) for row in read_rows(train)), encoder).look(corpus, read_rows(corpus))
    return problems, count


def score_aspects(
    corpus: Path, labeller: Labeller, encoder: Encoder, *, total: int = 0, watch: Watch | None = None
) -> Iterator[Row]:
    """Label a corpus' questions a batch at a time, and yield each with what was said of it."""
    stream, done = read_rows(corpus, known_labels(labeller)), 0
    while batch := list(islice(stream, AT_ONCE)):
        labels = labeller.label([row.question for row in batch], encoder)
        for row, label in zip(batch, labels, strict=True):
            yield Row(
                row.id,
                "",
                row.question,
                row.label,
                label.aspect,
                round(label.aspect_probability, 4),
                row.topic or label.topic,
                row.also,
                sure=not label.unsure,
            )
        done += len(batch)
        if watch:
            watch("labelling", done, total)


def known_labels(labeller: Labeller) -> set[str]:
    """The aspects that a labeller tells apart."""
    return {name.split(SEPARATOR)[0] for name in labeller.classes}
