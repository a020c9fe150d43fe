"""What a search found for a question in; the figures a verdict is made from out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from askworthy.evidence.search import Searched

RETRIEVAL = ("cosine_1", "cosine_top3", "coverage_max", "coverage_of_best", "words_asked")
FORM = ("asks_opinion", "yes_no", "statement", "several_parts", "informed")
JUDGE = ("judge_1", "judge_2", "judge_top3", "judged_likely", "judge_of_best_cosine", "cosine_of_best_judged")
LOWEST_LOGIT = -8.0  # an unjudged candidate counts as this


def feature_names() -> tuple[str, ...]:
    """The names of the figures, in the order of `features`' columns."""
    return RETRIEVAL + FORM + JUDGE


def features(searched: Searched) -> NDArray[np.float64]:
    """The figures of one question with at least one candidate, one for each of `feature_names`."""
    form, candidates = searched.form, searched.candidates
    cosines = np.array([one.cosine for one in candidates])
    coverages = np.array([one.coverage for one in candidates])
    nearest = int(cosines.argmax())
    top = np.sort(cosines)[::-1][:3]
    clipped = np.maximum(searched.logits.astype(np.float64), LOWEST_LOGIT)
    ranked = np.sort(clipped)[::-1]
    best = int(clipped.argmax())
    return np.array([
        top[0],
        top.mean(),
        coverages.max(),
        coverages[nearest],
        np.log1p(len(form.parts[0].split())),
        float(form.asks_opinion),
        float(form.kind == "yes_no"),
        float(form.kind in {"statement", "other"}),
        float(len(form.parts) > 1),
        float(form.informed),
        ranked[0],
        ranked[1] if len(ranked) > 1 else LOWEST_LOGIT,
        ranked[:3].mean(),
        np.log1p((1 / (1 + np.exp(-clipped))).sum()),
        clipped[nearest],
        cosines[best],
    ])
