"""Labelled questions in; a labeller's folder, and how good it is, out."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from askworthy.aspects.labeller import SEPARATOR
from askworthy.errors import BadCorpus
from askworthy.evidence.index import Watch
from askworthy.inference.manifest import check_model_target

FEWEST_PER_CLASS = 8
MAX_BYTES = 200_000_000
FOLDS = 5


@dataclass(frozen=True)
class Labelled:
    """Questions with their class names, "label" or "label/topic"."""

    texts: list[str]
    classes: list[str]
    also: list[tuple[str, ...]] = field(default_factory=list)  # of each, further labels that are right; or of none


@dataclass(frozen=True)
class Quality:
    """How well a taxonomy is told apart, by cross-validation over several seeds."""

    questions: int
    classes: int
    accuracies: tuple[float, ...]  # of the label, one a seed
    macro_f1s: tuple[float, ...]
    confusions: tuple[tuple[str, str, int], ...]  # truth, said instead, how often over all seeds; most frequent first
    seeds: int

    def __str__(self) -> str:
        """A short paragraph for people."""
        low, high = np.quantile(self.accuracies, [0.025, 0.975])
        lines = [
            f"{self.questions} questions, {self.classes} classes, {self.seeds} cross-validations of {FOLDS} folds",
            f"right: {np.mean(self.accuracies):.3f} (95 % of seeds between {low:.3f} and {high:.3f})",
            f"macro F1: {np.mean(self.macro_f1s):.3f} (deviation {np.std(self.macro_f1s):.3f})",
        ]
        lines += [
            f"confused: {truth} taken for {said}, {count / self.seeds:.1f} questions a run"
            for truth, said, count in self.confusions[:5]
        ]
        return "\n".join(lines)


def train_aspects(
    corpus: Path,
    target: Path,
    *,
    calibrate: Path | None = None,
    keep: float | None = None,
    seeds: int = 10,
    watch: Watch | None = None,
) -> Quality:
    """Learn a taxonomy from a csv or jsonl file with `question` and `label` (and maybe `topic`), and write it.

    Args:
        corpus: What to learn from.
        target: Folder to write.
        calibrate: Another such file, by which probabilities are set; for an encoder that has learned from the corpus.
        keep: `other` is favoured as far as this share of the questions there that are not `other` is still kept.
        seeds: Cross-validations to judge it by.
        watch: Told how many of these are done.

    Returns:
        How good it is.

    Raises:
        BadCorpus: A file cannot be read, a class has fewer than eight questions, or `calibrate` has a class of its own,
            or is not named where `keep` is.
        BadOutput: The folder cannot be written.
    """
    from askworthy.aspects.classifier import AspectClassifier

    check_model_target(target)
    labelled = read_labelled(corpus)
    others = read_calibrating(calibrate, labelled, corpus) if calibrate else None
    if keep is not None and not others:
        raise BadCorpus("what is kept is counted on held-out questions; name a file of them too")
    quality = cross_validate(labelled, seeds=seeds, watch=watch)
    classifier = AspectClassifier(folds=1 if others else FOLDS).fit(labelled.texts, labelled.classes)
    if others:
        classifier.calibrate(others.texts, others.classes, also=others.also or None, keep=keep)
    classifier.save(target)
    return quality


def read_calibrating(calibrate: Path, labelled: Labelled, corpus: Path) -> Labelled:
    """Read held-out questions, whose classes are among those of the corpus.

    Raises:
        BadCorpus: They cannot be read, or have a class of their own.
    """
    others = read_labelled(calibrate, fewest=1)
    if strange := sorted({*others.classes} - {*labelled.classes}):
        raise BadCorpus(f"{calibrate} has the class {strange[0]!r}, which {corpus} has not; give both the same classes")
    return others


def cross_validate(labelled: Labelled, *, seeds: int, watch: Watch | None = None) -> Quality:
    """Judge the classifier on questions it was not fitted on, once a seed."""
    from sklearn.metrics import f1_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    from askworthy.aspects.classifier import AspectClassifier

    truth = [name.split(SEPARATOR)[0] for name in labelled.classes]
    accuracies, macro_f1s = [], []
    confused: Counter[tuple[str, str]] = Counter()
    for seed in range(seeds):
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
        # The probabilities' calibration moves no label, so it is left out here: a fifth of the time.
        found = cross_val_predict(
            AspectClassifier(folds=1), np.array(labelled.texts, dtype=object), labelled.classes, cv=folds
        )
        said = [name.split(SEPARATOR)[0] for name in found]
        accuracies.append(float(np.mean([a == b for a, b in zip(truth, said, strict=True)])))
        macro_f1s.append(float(f1_score(truth, said, average="macro")))
        confused.update((a, b) for a, b in zip(truth, said, strict=True) if a != b)
        if watch:
            watch("cross-validating", seed + 1, seeds)
    return Quality(
        questions=len(truth),
        classes=len(set(truth)),
        accuracies=tuple(accuracies),
        macro_f1s=tuple(macro_f1s),
        confusions=tuple((a, b, count) for (a, b), count in confused.most_common()),
        seeds=seeds,
    )


def read_labelled(corpus: Path, *, fewest: int = FEWEST_PER_CLASS) -> Labelled:
    """Read a csv or jsonl file with `question` and `label`, and maybe `topic`.

    Raises:
        BadCorpus: It cannot be read, lacks a column, or has too few questions of a class.
    """
    try:
        if corpus.stat().st_size > MAX_BYTES:
            raise BadCorpus(f"{corpus} is larger than {MAX_BYTES // 10**6} MB; split it")
        text = corpus.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadCorpus(
            f"cannot read {corpus}: {(error.strerror or str(error)).lower()}; name a csv or jsonl file"
        ) from error
    except UnicodeDecodeError as error:
        raise BadCorpus(f"{corpus} is not UTF-8 at byte {error.start}; save it as UTF-8") from error
    rows = _jsonl(text, corpus) if corpus.suffix.lower() in {".jsonl", ".ndjson"} else _csv(text, corpus)
    texts, classes, also = [], [], []
    for number, row in enumerate(rows, start=1):
        question, topic = (_cell(row.get(name)) for name in ("question", "topic"))
        label = _cell(row.get("label")) or _cell(row.get("aspect"))  # our own corpus calls its label an aspect
        if not question or not label:
            raise BadCorpus(f"{corpus}, row {number}: expected question and label, found {sorted(filter(None, row))}")
        if SEPARATOR in label or SEPARATOR in topic:
            raise BadCorpus(f"{corpus}, row {number}: a label or topic holds {SEPARATOR!r}; write it without")
        texts.append(question)
        classes.append(f"{label}{SEPARATOR}{topic}" if topic else label)
        also.append(_names(row.get("also")))
    counts = Counter(classes)
    if len(counts) < 2:
        raise BadCorpus(f"{corpus} has {len(counts)} classes; expected two or more")
    name, found = min(counts.items(), key=lambda item: item[1])
    if found < fewest:
        raise BadCorpus(f"{corpus} has {found} questions of {name!r}; expected {fewest} or more of each class")
    return Labelled(texts, classes, also)


def _names(value: object) -> tuple[str, ...]:
    """A list of labels, as jsonl has it, or their names in one cell."""
    several = value if isinstance(value, list) else _cell(value).replace(",", " ").split()
    return tuple(_cell(one) for one in several)


def _cell(value: object) -> str:
    return "" if value is None else str(value).strip()


def _jsonl(text: str, corpus: Path) -> list[dict[str, object]]:
    rows = []
    # Not splitlines: it also cuts at the rarer line ends, which JSON and csv cells may hold.
    for number, line in enumerate(io.StringIO(text), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadCorpus(f"{corpus}, line {number}: no JSON ({error}); each line is one object") from error
        if not isinstance(row, dict):
            raise BadCorpus(f"{corpus}, line {number}: expected an object with question and label")
        rows.append(row)
    return rows


def _csv(text: str, corpus: Path) -> list[dict[str, object]]:
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        columns = [str(name).strip().lower() for name in reader.fieldnames or ()]
        if not {"question", "label"} <= set(columns):
            raise BadCorpus(f"{corpus} has the columns {', '.join(columns) or 'none'}; expected question and label")
        reader.fieldnames = columns
        return [dict(row) for row in reader]
    except csv.Error as error:
        raise BadCorpus(f"{corpus} is no csv file ({error}); expected columns question and label") from error
