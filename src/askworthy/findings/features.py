"""What a search found for a question in; the figures that its verdict is made from out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from askworthy.evidence.cues import judgements
from askworthy.evidence.search import Searched
from askworthy.findings.usual import USUALLY

RETRIEVAL_FEATURES = (
    "best_passage",
    "second_passage",
    "mean_of_three",
    "passages_likely",
    "cosine_of_best",
    "cosine_max",
    "cosine_mean_of_three",
    "max_sim_max",
    "max_sim_mean_of_three",
    "coverage_max",
    "coverage_of_best",
    "words_asked",
    "asks_opinion",
    "yes_no",
    "statement",
    "several_parts",
    *USUALLY,
)
JUDGE_FEATURES = ("judge_max", "judge_mean_of_three")


def feature_names(*, judged: bool) -> tuple[str, ...]:
    """The names of `features`' figures."""
    return RETRIEVAL_FEATURES + (JUDGE_FEATURES if judged else ())


def features(
    searched: Searched, passage_logits: NDArray[np.float64], usually: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """The figures of one question, in the order of `feature_names`.

    Args:
        searched: The question's form and its c candidates, at least one.
        passage_logits: The log-odds that each candidate answers: (c,).
        usually: How often employers' texts answer such a question, (u,) as `Usual.of` tells; None if that is not known.
    """
    form = searched.form
    cosines = np.array([one.cosine for one in searched.candidates])
    late = np.array([one.max_sim for one in searched.candidates])
    coverages = np.array([one.coverage for one in searched.candidates])
    best = int(passage_logits.argmax())
    ranked = np.sort(passage_logits)[::-1]
    figures = [
        ranked[0],
        ranked[1] if len(ranked) > 1 else ranked[0],
        ranked[:3].mean(),
        np.log1p((1 / (1 + np.exp(-passage_logits))).sum()),
        cosines[best],
        cosines.max(),
        np.sort(cosines)[::-1][:3].mean(),
        late.max(),
        np.sort(late)[::-1][:3].mean(),
        coverages.max(),
        coverages[best],
        np.log1p(len(searched.asked.split())),
        form.asks_opinion,
        form.kind == "yes_no",
        form.kind in {"statement", "other"},
        len(form.parts) > 1,
        *(np.zeros(len(USUALLY)) if usually is None else usually),
    ]
    if searched.logits is not None:
        judged = np.sort(judgements(searched.logits))[::-1]
        figures += [judged[0], judged[:3].mean()]
    return np.array(figures, dtype=np.float64)
