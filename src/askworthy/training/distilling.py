"""A judge and lists of examples in; the same lists, with what this judge makes of each pair to be learned, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from askworthy.training.batches import Tokens
from askworthy.training.judging import score
from askworthy.training.lists import List

LABEL_COUNTS = 0.5  # how much a label counts beside the judge's probability
GUESS_WEIGHT = 0.7  # of a pair that has the judge's probability alone


def distilled(teacher: Any, lists: Sequence[List], extra: Sequence[List] = ()) -> list[List]:
    """Let a judge say how far each passage answers (knowledge distillation, Hinton et al., 2015).

    Args:
        teacher: A sentence-transformers CrossEncoder with one output.
        lists: Labelled examples; the less sure a label is, the more the teacher's word counts.
        extra: Examples without labels.

    Returns:
        The lists, targets between label and the teacher's probability, then the extra ones with the latter alone.
    """
    tokens = Tokens(teacher.tokenizer)
    known = [one for some in lists for one in some]
    new = [one for some in extra for one in some]
    said = iter(1 / (1 + np.exp(-np.array(score(teacher.model, tokens, [*known, *new])))))
    found: list[List] = []
    for some in lists:
        mixed = []
        for one in some:
            counts = LABEL_COUNTS * one.weight
            mixed.append(replace(one, target=counts * one.target + (1 - counts) * float(next(said)), weight=1.0))
        found.append(mixed)
    return found + [[replace(one, target=float(next(said)), weight=GUESS_WEIGHT) for one in some] for some in extra]
