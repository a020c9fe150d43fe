"""A corpus' path and a model in; the run, what was wrong with the corpus, and comparisons out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from askworthy.aspects.labeller import Labeller
from askworthy.check import MAX_FALSE_FLAGS, Models
from askworthy.errors import BadCorpus
from askworthy.evaluation.aspects import check_aspects, known_labels, score_aspects
from askworthy.evaluation.baselines import aspects_baseline, published_baseline
from askworthy.evaluation.bootstrap import RESAMPLES
from askworthy.evaluation.checks import Leaks, Problem
from askworthy.evaluation.corpora import corpus_hash, employers, files_of, read_rows, text_hash
from askworthy.evaluation.published import open_employer, read_judged_rows, score_published
from askworthy.evaluation.rowfile import RowFile
from askworthy.evaluation.rows import Row
from askworthy.evaluation.run import Run, make_run
from askworthy.evidence.index import Watch
from askworthy.inference.encoder import Encoder


class Baseline(Protocol):
    """Gives the rows of a simple method on the questions of a run, by its name."""

    def __call__(self, name: str, watch: Watch | None = None) -> list[Row]:
        """Score the questions; `watch` is told how far the work has come."""
        ...


@dataclass(frozen=True)
class Evaluated:
    """A run, and whatever can be compared with it."""

    run: Run
    problems: tuple[Problem, ...]  # none of them fatal
    baseline: Baseline


def evaluate_aspects(
    corpus: Path,
    labeller: Labeller,
    encoder: Encoder,
    *,
    train: Path | None = None,
    count: int = RESAMPLES,
    seed: int = 0,
    watch: Watch | None = None,
) -> Evaluated:
    """Score a labeller on a csv or jsonl file.

    Raises:
        BadCorpus: It cannot be read, or has unknown labels, empty questions or duplicate ids.
    """
    problems, total = check_aspects(corpus, known_labels(labeller), train=train, encoder=encoder)
    _refuse_fatal(problems)
    rows = RowFile(score_aspects(corpus, labeller, encoder, total=total, watch=watch))
    facts = {"corpus_hash": corpus_hash(corpus), "models": {"encoder": encoder.hash, "labeller": labeller.hash}}
    run = make_run(
        "aspects", rows, model="askworthy", corpus=corpus.name, facts=facts, count=count, seed=seed, watch=watch
    )
    return Evaluated(run, tuple(problems), lambda name, watch=None: aspects_baseline(rows, name, encoder))


def evaluate_published(
    corpus: Path,
    models: Models,
    *,
    text: Path | None = None,
    train: Path | None = None,
    max_false_flags: float = MAX_FALSE_FLAGS,
    cache: bool = False,
    count: int = RESAMPLES,
    seed: int = 0,
    watch: Watch | None = None,
) -> Evaluated:
    """Score the whole path on a folder of judged companies, or on one.

    Args:
        corpus: A folder of `<company>.jsonl` with the text in `../companies/<company>`, or one such file.
        models: Those that are scored.
        text: One company's text, if it lies elsewhere.
        train: The folder or file that the models learned from, to find leaks; its text is not needed.
        max_false_flags: Share of open questions, 0 to 1, that may be called published.
        cache: Whether the companies' indexes are kept beside their text.
        count: Resamples of the bootstrap.
        seed: Of the bootstrap.
        watch: Told how far the work has come.

    Raises:
        BadCorpus: It cannot be read, or has unknown labels, empty questions or duplicate ids.
    """
    found = employers(corpus, text)
    read = [(one, *read_judged_rows(one)) for one in found]
    problems = [problem for _, _, some in read for problem in some]
    _refuse_fatal(problems)
    if train:
        learned = ((file, row) for file in files_of(train) for row in read_rows(file))
        leaks = Leaks(learned, models.bundled_encoder, by_company=True)
        problems += [leak for one, labelled, _ in read for leak in leaks.look(one.file, labelled)]
    opened, rows = [], []
    for done, (employer, labelled, _) in enumerate(read, start=1):
        one, more = open_employer(employer, labelled, models, cache=cache, watch=watch)
        opened.append(one)
        problems += more
        rows += score_published(one, models, max_false_flags=max_false_flags)
        if watch:
            watch("companies", done, len(read))
    facts = {
        "corpus_hash": corpus_hash(*(one.file for one in found)),
        "text_hashes": {one.employer.name: text_hash(one.index.text.pages) for one in opened},
        "models": {
            "encoder": models.encoder.hash,
            "judge": models.judge.hash if models.judge else None,
            "labeller": models.labeller.hash,
            "verdict": models.verdict.hash,
        },
        "max_false_flags": max_false_flags,
    }
    run = make_run(
        "published",
        rows,
        model="askworthy",
        corpus=Path(os.path.normpath(corpus.absolute())).name,  # of `.`, too
        facts=facts,
        count=count,
        seed=seed,
        watch=watch,
    )

    def baseline(name: str, watch: Watch | None = None) -> list[Row]:
        return published_baseline(
            opened, rows, name, models.bundled_encoder, max_false_flags=max_false_flags, watch=watch
        )

    return Evaluated(run, tuple(problems), baseline)


def _refuse_fatal(problems: Sequence[Problem]) -> None:
    fatal = [str(one) for one in problems if one.fatal]
    if fatal:
        more = f" (and {len(fatal) - 5} more)" if len(fatal) > 5 else ""
        raise BadCorpus("; ".join(fatal[:5]) + more)
