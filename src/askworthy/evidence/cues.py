"""A question and its candidates in; what speaks for and against each of them as an answer out."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from askworthy.evidence.lexical import stems
from askworthy.evidence.search import Searched

RETRIEVAL_CUES = (
    "cosine",
    "cosine_below_best",
    "max_sim",
    "max_sim_below_best",
    "coverage",
    "coverage_below_best",
    "near_the_top",
    "heading_shares_words",
    "length",
    "figure_asked_and_there",
    "figure_asked_and_missing",
    "points_elsewhere",
)
JUDGE_CUES = ("judge", "judge_below_best")
LOWEST_LOGIT = -8.0  # where no candidate of a question was judged, all count as this

_ASKS_FIGURE = re.compile(
    r"\bhow (many|much|long|often|big|large|old|soon|fast|frequent\w*)\b"
    r"|\b(salary|percentage|number of|range|budget)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|twice|half|daily|weekly|fortnight\w*|monthly|quarterly"
    r"|yearly|annual\w*|every (day|week|month|quarter|year|other))\b",
    re.IGNORECASE,
)
_POINTER = re.compile(r"\b(see|read more|find out|refer to|click|visit|contact|ask)\b", re.IGNORECASE)
POINTER_WORDS = 18  # a longer passage says something itself


def cue_names(*, judged: bool) -> tuple[str, ...]:
    """The names of `cues`' columns."""
    return RETRIEVAL_CUES + (JUDGE_CUES if judged else ())


def cues(searched: Searched) -> NDArray[np.float64]:
    """One row of figures for each of the c candidates: (c, cues), columns as in `cue_names`."""
    candidates = searched.candidates
    cosines = np.array([one.cosine for one in candidates])
    late = np.array([one.max_sim for one in candidates])
    coverages = np.array([one.coverage for one in candidates])
    asked = set(stems(searched.asked))
    asks_figure = bool(_ASKS_FIGURE.search(searched.asked))
    columns = [
        cosines,
        cosines - cosines.max(),
        late,
        late - late.max(),
        coverages,
        coverages - coverages.max(),
        1 / (1 + np.arange(len(candidates))),
        np.array([_share(asked, one.passage.heading) for one in candidates]),
        np.log1p([len(one.passage.text.split()) for one in candidates]),
        np.array([asks_figure and bool(_FIGURE.search(one.passage.text)) for one in candidates]),
        np.array([asks_figure and not _FIGURE.search(one.passage.text) for one in candidates]),
        np.array([_points_elsewhere(one.passage.text) for one in candidates]),
    ]
    if searched.logits is not None:
        judged = judgements(searched.logits)
        columns += [judged, judged - judged.max()]
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)


def judgements(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """The judge's logits of c candidates; one that was not judged counts as the least likely of those that were."""
    known = logits[np.isfinite(logits)]
    lowest = max(LOWEST_LOGIT, float(known.min())) if len(known) else LOWEST_LOGIT
    return np.maximum(logits.astype(np.float64), lowest)


def _share(asked: set[str], heading: str) -> float:
    return len(asked & set(stems(heading))) / len(asked) if asked else 0.0


def _points_elsewhere(text: str) -> bool:
    return len(text.split()) <= POINTER_WORDS and bool(_POINTER.search(text))
