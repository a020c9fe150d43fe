"""Questions in; the pairs that ask the same in other words, and those that ask nearly the same, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from askworthy.inference.encoder import Encoder
from askworthy.inference.pair_reader import PairReader

# Least cosine of a pair that is read; below it, questions are hardly ever one question.
NEAR = 0.35
# The nearest pairs of a list are read: so many times as many as it has questions, and so many at most; it stays quick.
PER_QUESTION, MAX_PAIRS = 2, 400
# The least log-odds that the reader gives to either kind, chosen by tests/quality/duplicates.py.
SAME_AT, CLOSE_AT = 0.5, 2.5
_ROWS = 1_000  # compared at a time: memory stays flat on long lists

Pair = tuple[int, int]


class Alike(NamedTuple):
    """Pairs of places in a list, the earlier place first, in order; no pair is in both.

    Copies of one question are paired with the first of them, and with the first of what is like it, which is enough to
    join them all.
    """

    same: tuple[Pair, ...]  # one intent: a full answer to one answers the other
    close: tuple[Pair, ...]  # one matter: the answers would overlap much, and something is left to ask


def alike_questions(texts: Sequence[str], question_encoder: Encoder, reader: PairReader, *, known: int = 0) -> Alike:
    """Find the questions of one list that ask the same or nearly the same.

    Args:
        texts: The questions of one list.
        question_encoder: Tells which are near enough to be read.
        reader: Reads two together, and says what they are.
        known: So many at the start are compared with those behind them alone, as are the latter with them.
    """
    copies = _copies(texts)
    asked = [texts[places[0]] for places in copies]
    before = sum(places[0] < known for places in copies)  # those of them that stand among the known
    near = _near(question_encoder.encode(asked), before) if len(asked) > 1 else []
    found: dict[str | None, set[Pair]] = {"same": {(a, b) for a, *others in copies for b in others}}
    for (one, other), kind in zip(near, kinds(reader.log_odds([(asked[a], asked[b]) for a, b in near])), strict=True):
        found.setdefault(kind, set()).update(_across(copies[one], copies[other]))
    return Alike(*(_between(found.get(kind, ()), known) for kind in Alike._fields))


def kinds(odds: NDArray[np.float64]) -> list[str | None]:
    """What n pairs are by their log-odds, (n, 2): "same", "close", or neither."""
    return ["same" if same >= SAME_AT else "close" if close >= CLOSE_AT else None for same, close in odds.tolist()]


def _copies(texts: Sequence[str]) -> list[list[int]]:
    """The places of each question, those that differ in capitals, spaces and their last mark alone together."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        words = " ".join(text.casefold().replace("’", "'").split())
        places.setdefault(words.rstrip(" ?.!") or words, []).append(place)
    return list(places.values())


def _across(some: Sequence[int], others: Sequence[int]) -> Iterable[Pair]:
    pairs = [(some[0], other) for other in others] + [(one, others[0]) for one in some[1:]]
    return ((min(pair), max(pair)) for pair in pairs)


def _between(pairs: Iterable[Pair], known: int) -> tuple[Pair, ...]:
    return tuple(sorted(pair for pair in pairs if not known or pair[0] < known <= pair[1]))


def _near(vectors: NDArray[np.float32], known: int) -> list[Pair]:
    found: list[tuple[float, int, int]] = []
    most = min(PER_QUESTION * len(vectors), MAX_PAIRS)
    for start in range(0, known or len(vectors), _ROWS):
        rows = vectors[start : min(start + _ROWS, known or len(vectors))] @ vectors.T
        rows[:, :known] = -1
        firsts, seconds = np.nonzero(np.triu(rows >= NEAR, k=start + 1))
        found += [(-float(rows[a, b]), int(a) + start, int(b)) for a, b in zip(firsts, seconds, strict=True)]
        found = sorted(found)[:most]
    return sorted((a, b) for _, a, b in found)
