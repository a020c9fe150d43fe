"""A judge and lists of examples in; the same lists, with what this judge makes of each pair to be learned, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askworthy.training.batches import Tokens
from askworthy.training.judging import score
from askworthy.training.lists import Example, List

LABEL_COUNTS = 0.5  # how much a label counts beside the judge's probability
GUESS_WEIGHT = 0.7  # of a pair that has the judge's probability alone
COSINE_COUNTS = 4.0  # log-odds a whole cosine is worth: least log loss on employers that the judge has not learned from


def distilled(
    teacher: Any, lists: Sequence[List], extra: Sequence[List] = (), *, beside: str | None = None
) -> list[List]:
    """Let a judge say how far each passage answers (knowledge distillation, Hinton et al., 2015).

    Args:
        teacher: A sentence-transformers CrossEncoder with one output.
        lists: Labelled examples; the less sure a label is, the more the teacher's word counts.
        extra: Examples without labels.
        beside: Name or folder of a sentence encoder, whose cosines count beside the judge. What a judge has learned of
            few employers' texts is all it knows of likeness; an encoder of many texts knows more.

    Returns:
        The lists, targets between label and the teacher's probability, then the extra ones with the latter alone.
    """
    pairs = [one for some in (*lists, *extra) for one in some]
    logits = np.array(score(teacher.model, Tokens(teacher.tokenizer), pairs))
    if beside:
        likeness = cosines(beside, pairs)
        logits += COSINE_COUNTS * (likeness - likeness.mean())
    said = iter(1 / (1 + np.exp(-logits)))
    found: list[List] = []
    for some in lists:
        mixed = []
        for one in some:
            counts = LABEL_COUNTS * one.weight
            mixed.append(replace(one, target=counts * one.target + (1 - counts) * float(next(said)), weight=1.0))
        found.append(mixed)
    return found + [[replace(one, target=float(next(said)), weight=GUESS_WEIGHT) for one in some] for some in extra]


def cosines(weights: str, pairs: Sequence[Example]) -> NDArray[np.float64]:
    """The cosine of question and passage, under its heading, by a sentence encoder as it is: (n,)."""
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(weights)
    asked = list(dict.fromkeys(one.questions[0] for one in pairs))
    texts = list(dict.fromkeys(one.text.headed for one in pairs))
    vectors = encoder.encode([*asked, *texts], batch_size=256, normalize_embeddings=True)
    questions, passages = dict(zip(asked, vectors, strict=False)), dict(zip(texts, vectors[len(asked) :], strict=True))
    return np.array([questions[one.questions[0]] @ passages[one.text.headed] for one in pairs], dtype=np.float64)
