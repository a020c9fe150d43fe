"""Scored rows in; the figures of their kind, as functions of row weights, out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askworthy.evaluation import figures as f
from askworthy.evaluation.bootstrap import Definition
from askworthy.evaluation.rows import Row

VERDICTS = ("published", "partly", "open")
WORTH = {"published": 1.0, "partly": 0.5, "open": 0.0}  # of a question called published, by its gold label
CUTS = (1, 5, 20, 50)
MEANS = {  # what each headline figure says, for people
    "accuracy": "share of labels that are the gold label",
    "accuracy_with_also": "share of labels that are the gold label, or one that counts as right too",
    "accuracy_where_sure": "accuracy among the questions on which the model did not abstain",
    "auc": "chance that a published question gets a higher probability than an open one; 0.5 is a coin",
    "ap": "average precision of published against open questions, by probability",
    "auc_any": "the same chance, of a published or partly against an open question",
    "flag_precision": "worth of the questions called published: published counts 1, partly 0.5, open 0",
    "flag_recall": "share of published questions that are called published",
    "false_flags": "share of open questions that are called published; the lower the better",
    "macro_f1": "F1, the balance of precision and recall, as the mean over all labels, `other` too if there is one",
    "evidence_at_1": "share of answered questions with gold quotes, not called open, whose first quote is one of them",
    "evidence_at_3": "share of answered questions with gold quotes that have one among the first three",
    "ece": "mean gap between probability and what comes true, over ten bins; the lower the better",
    "brier": "mean squared gap between probability and what comes true; the lower the better",
    "risk_coverage_area": "share wrong, as the mean over answering ever more questions, surest first; lower is better",
    "abstained": "share of questions left undecided: an aspect that is not sure, a verdict of open",
} | {f"recall_at_{k}": f"share of questions with gold quotes that have one in the first {k} passages" for k in CUTS}


def definitions(kind: str, rows: Sequence[Row]) -> dict[str, Definition]:
    """The figures of an `aspects` or a `published` run, headline ones first."""
    return _published(rows) if kind == "published" else _aspects(rows)


def labels(kind: str, rows: Sequence[Row]) -> list[str]:
    """The labels of a run: in their order for verdicts, sorted for aspects."""
    return list(VERDICTS) if kind == "published" else sorted({row.gold for row in rows} | {row.said for row in rows})


def labelled(rows: Sequence[Row]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The gold label of each of n rows, and the label said: two arrays of n strings."""
    # Objects, each label held once: an array of fixed width would be as wide as its longest label in every row.
    pairs = [(sys.intern(row.gold), sys.intern(row.said)) for row in rows]
    gold, said = zip(*pairs, strict=True) if pairs else ((), ())
    return np.array(gold, dtype=object), np.array(said, dtype=object)


def right(row: Row) -> bool:
    """Whether the row's label is right, `also` counted."""
    return row.said == row.gold or row.said in row.also


def _classes(rows: Sequence[Row], names: Sequence[str]) -> dict[str, Definition]:
    gold, said = labelled(rows)
    found: dict[str, Definition] = {}
    for name in names:
        is_gold, is_said = gold == name, said == name
        found[f"precision of {name}"] = lambda w, g=is_gold, s=is_said: f.share(w, g, s)  # type: ignore[misc]
        found[f"recall of {name}"] = lambda w, g=is_gold, s=is_said: f.share(w, s, g)  # type: ignore[misc]
        found[f"f1 of {name}"] = lambda w, g=is_gold, s=is_said: f.f1(w, g, s)  # type: ignore[misc]
    return found


def _aspects(rows: Sequence[Row]) -> dict[str, Definition]:
    gold, said = labelled(rows)
    p = np.array([row.probability for row in rows])
    strict, kind = gold == said, np.array([right(row) for row in rows])
    sure, every = np.array([row.sure for row in rows]), np.ones(len(rows), dtype=bool)
    given = sorted(set(gold.tolist()))  # a label that is only said has no recall to speak of
    return {
        "accuracy": lambda w: f.share(w, strict, every),
        "accuracy_with_also": lambda w: f.share(w, kind, every),
        "macro_f1": lambda w: f.macro_f1(w, gold, said, given),
        "ece": lambda w: f.calibration_error(w, p, kind, every),
        "brier": lambda w: f.share(w, (p - kind) ** 2, every),
        "abstained": lambda w: f.share(w, ~sure, every),
        "accuracy_where_sure": lambda w: f.share(w, strict, sure),
        "risk_coverage_area": lambda w: f.area_under_risk(w, p, ~kind, every),
    } | _classes(rows, given)


def _published(rows: Sequence[Row]) -> dict[str, Definition]:
    gold, said = labelled(rows)
    p = np.array([row.probability for row in rows])
    pos, mid, neg = (gold == name for name in VERDICTS)
    flagged, answered, clear = said == "published", pos | mid, pos | neg
    worth = np.array([WORTH[row.gold] for row in rows])
    hit, rank = np.array([row.hit for row in rows]), np.array([row.rank for row in rows])
    marked = np.array([bool(row.marked) for row in rows])
    quotable = answered & marked  # where nobody marked a quote, none can be hit
    shown = quotable & (said != "open")
    wrong = (p >= 0.5) != pos
    found: dict[str, Definition] = {
        "auc": lambda w: f.auc(w, p, pos, neg),
        "ap": lambda w: f.average_precision(w, p, pos, neg),
        "auc_any": lambda w: f.auc(w, p, answered, neg),
        "flag_precision": lambda w: f.share(w, worth, flagged),
        "flag_recall": lambda w: f.share(w, flagged, pos),
        "false_flags": lambda w: f.share(w, flagged, neg),
        "macro_f1": lambda w: f.macro_f1(w, gold, said, VERDICTS),
        "evidence_at_1": lambda w: f.share(w, hit == 1, shown),
        "evidence_at_3": lambda w: f.share(w, hit > 0, quotable),
        "ece": lambda w: f.calibration_error(w, p, pos, clear),
        "brier": lambda w: f.share(w, (p - pos) ** 2, clear),
        "risk_coverage_area": lambda w: f.area_under_risk(w, np.abs(p - 0.5), wrong, clear),
        "abstained": lambda w: f.share(w, said == "open", np.ones(len(rows), dtype=bool)),
    }
    for k in CUTS:
        found[f"recall_at_{k}"] = lambda w, k=k: f.share(w, (rank > 0) & (rank <= k), marked)  # type: ignore[misc]
    return found | _classes(rows, VERDICTS)
