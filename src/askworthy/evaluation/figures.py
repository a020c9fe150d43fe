"""Gold labels, predictions and (b, n) row weights in; b values of a figure out, nan where it has no meaning.

Weights of one give the figure itself, the counts of a resample give a bootstrap's value: one code for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
BINS = 10


def divided(top: Any, bottom: Any) -> Numbers:
    """Divide, giving nan for nothing in nothing."""
    top, bottom = np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)
    found = np.full(np.broadcast(top, bottom).shape, np.nan)
    np.divide(top, bottom, out=found, where=bottom > 0)
    return found


def share(weights: Numbers, worth: Any, among: Mask) -> Numbers:
    """The mean worth, 0 to 1, of the rows among which it is counted."""
    counted = among.astype(np.float64)
    return divided(weights @ (np.asarray(worth, dtype=np.float64) * counted), weights @ counted)


def auc(weights: Numbers, scores: Numbers, positive: Mask, negative: Mask) -> Numbers:
    """The chance that a positive row scores above a negative one; a tie counts half."""
    pos, neg = _by_score(weights, scores, positive, negative)
    below = np.cumsum(neg, axis=1) - neg
    return divided((pos * (below + 0.5 * neg)).sum(axis=1), pos.sum(axis=1) * neg.sum(axis=1))


def average_precision(weights: Numbers, scores: Numbers, positive: Mask, negative: Mask) -> Numbers:
    """The mean precision over the positives found; rows of one score share a threshold."""
    pos, neg = (side[:, ::-1] for side in _by_score(weights, scores, positive, negative))
    hits = np.cumsum(pos, axis=1)
    precision = np.nan_to_num(divided(hits, hits + np.cumsum(neg, axis=1)))
    return divided((pos * precision).sum(axis=1), pos.sum(axis=1))


def f1(weights: Numbers, gold: Mask, said: Mask) -> Numbers:
    """The harmonic mean of precision and recall; nan where the label is neither given nor said."""
    return divided(2 * (weights @ (gold & said)), weights @ gold.astype(float) + weights @ said.astype(float))


def macro_f1(weights: Numbers, gold: NDArray[Any], said: NDArray[Any], labels: Sequence[str]) -> Numbers:
    """The mean F1 over labels; nan where one of them is neither given nor said."""
    table = np.stack([f1(weights, gold == label, said == label) for label in labels])
    return np.asarray(table.mean(axis=0), dtype=np.float64)


def calibration_error(weights: Numbers, probabilities: Numbers, right: Mask, among: Mask) -> Numbers:
    """The mean gap between probability and share right, over ten bins of equal width, weighted by their rows."""
    counted = among.astype(np.float64)
    gaps = (probabilities - right) * counted
    bin_of = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    total = sum(np.abs(weights @ (gaps * (bin_of == b))) for b in range(BINS))
    return divided(total, weights @ counted)


def area_under_risk(weights: Numbers, confidence: Numbers, wrong: Mask, among: Mask) -> Numbers:
    """The mean share of wrong answers over all coverages, the most confident rows first; ties share a coverage."""
    bad, good = (side[:, ::-1] for side in _by_score(weights, confidence, wrong & among, np.logical_not(wrong) & among))
    held = bad + good
    risk = np.nan_to_num(divided(np.cumsum(bad, axis=1), np.cumsum(held, axis=1)))
    return divided((risk * held).sum(axis=1), held.sum(axis=1))


def risk_coverage(confidence: Numbers, wrong: Mask) -> tuple[Numbers, Numbers]:
    """The curve: coverage, 0 to 1, and the share wrong among what is covered."""
    order = np.argsort(-confidence, kind="stable")
    seen = np.arange(1, len(order) + 1)
    last = np.r_[confidence[order][1:] != confidence[order][:-1], True] if len(order) else np.zeros(0, dtype=bool)
    return (seen / max(1, len(order)))[last], (np.cumsum(wrong[order]) / seen)[last]


def precision_recall(scores: Numbers, positive: Mask, negative: Mask) -> tuple[Numbers, Numbers, Numbers]:
    """The curve by falling threshold: thresholds, precision, recall."""
    pos, neg = (side[0, ::-1] for side in _by_score(np.ones((1, len(scores))), scores, positive, negative))
    hits, flagged = np.cumsum(pos), np.cumsum(pos + neg)
    return (
        np.unique(scores)[::-1].astype(np.float64),
        divided(hits, flagged),
        divided(hits, np.full(len(pos), pos.sum())),
    )


def reliability(probabilities: Numbers, right: Mask) -> list[tuple[float, float, int]]:
    """For each bin that holds rows: mean probability, share right, rows."""
    bin_of = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    return [
        (float(probabilities[bin_of == b].mean()), float(right[bin_of == b].mean()), int((bin_of == b).sum()))
        for b in range(BINS)
        if (bin_of == b).any()
    ]


def confusion(gold: NDArray[Any], said: NDArray[Any], labels: Sequence[str]) -> list[list[int]]:
    """How often each label (rows) was called each label (columns)."""
    return [[int(((gold == one) & (said == other)).sum()) for other in labels] for one in labels]


def _by_score(weights: Numbers, scores: Numbers, positive: Mask, negative: Mask) -> tuple[Numbers, Numbers]:
    """The weight of positives and of negatives at each different score, rising: two (b, s) arrays."""
    order = np.argsort(scores, kind="stable")
    ranked = scores[order]
    if not len(ranked):
        return np.zeros((len(weights), 0)), np.zeros((len(weights), 0))
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    ordered = weights[:, order]
    return (
        np.add.reduceat(ordered * positive[order], starts, axis=1),
        np.add.reduceat(ordered * negative[order], starts, axis=1),
    )
