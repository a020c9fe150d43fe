"""Questions in; pairs of near ones, for a teacher to tell apart, out."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

from askworthy.inference.encoder import Encoder

# How many are drawn among a question's nearest ones, from which place to which: the nearer, the more.
DRAWN = ((0, 4, 3), (4, 14, 3), (14, 38, 2), (38, 60, 1))
SAME_TEXT = 0.995  # cosine from which two are one text but for a comma
TOO_LIKE = 0.9  # cosine from which a question gives away one that is held out
CHARS = (8, 260)  # least and most of a question
_ROWS = 1_000  # compared at a time


def near_pairs(
    texts: Sequence[str],
    encoder: Encoder,
    source: random.Random,
    *,
    without: Sequence[str] = (),
    known: Collection[frozenset[str]] = (),
) -> list[tuple[str, str]]:
    """Draw pairs of questions that are near each other, each pair once, in any order.

    Args:
        texts: The questions.
        encoder: Tells which are near.
        source: Draws.
        without: Questions that are held out; what is like one of them is left out.
        known: Pairs that are labelled already.
    """
    import numpy as np

    texts = [text for text in dict.fromkeys(texts) if CHARS[0] <= len(text) <= CHARS[1]]
    vectors, held_out = encoder.encode(texts), encoder.encode(list(without))
    if len(held_out):
        kept = [n for n, vector in enumerate(vectors) if (held_out @ vector).max() < TOO_LIKE]
        texts, vectors = [texts[n] for n in kept], vectors[kept]
    most = DRAWN[-1][1]
    drawn: set[tuple[int, int]] = set()
    for start in range(0, len(texts), _ROWS):
        cosines = vectors[start : start + _ROWS] @ vectors.T
        # Two of them more: a question is its own nearest, and one may be the same text.
        nearest = np.argsort(-cosines, axis=1)[:, : most + 2]
        for row, places in enumerate(nearest.tolist(), start=start):
            others = [one for one in places if one != row and cosines[row - start, one] < SAME_TEXT]
            for first, last, count in DRAWN:
                some = others[first:last]
                drawn |= {(min(row, one), max(row, one)) for one in source.sample(some, min(count, len(some)))}
    pairs = [(texts[a], texts[b]) for a, b in sorted(drawn)]
    pairs = [pair for pair in pairs if frozenset(pair) not in known]
    source.shuffle(pairs)
    return pairs
