"""Questions in; the pairs that ask the same in other words out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from askworthy.inference.encoder import Encoder

SAME_AT = (
    0.80  # lowest likeness that is the same question; chosen high by hand, not measured: a wrong fold loses a question
)
_ROWS = 1_000  # compared at a time: memory stays flat on long lists
# One of these in one question and another, or none, in the other: they ask for different things.
_SETS = (
    "why|reason|reasons",
    "who|whom",
    "when|soon|date",
    "biggest|most|best|favourite|enjoy|like",
    "worst|least|hardest|dislike|frustrating|frustrates|difficult",
    "parental|maternity|paternity",
    "sick|ill|illness",
    "customer|customers|client|clients",
    "manager|managers|lead|leads|boss",
)
_SETS_RE = tuple(re.compile(rf"\b(?:{words})\b") for words in _SETS)
_TIMES = re.compile(r"\b(?:days?|weeks?|months?|quarters?|years?|today|tomorrow)\b")
_APART = 0.06  # taken from the cosine for each set that only one of the two questions touches


def same_questions(texts: Sequence[str], encoder: Encoder) -> tuple[tuple[int, int], ...]:
    """Find the pairs of places whose questions have the same intent, the earlier place first, in order."""
    if len(texts) < 2:
        return ()
    vectors = encoder.encode(texts)
    flags = _flags(texts)
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(texts), _ROWS):
        rows = _likeness(vectors[start : start + _ROWS], vectors, flags[start : start + _ROWS], flags)
        firsts, seconds = np.nonzero(rows >= SAME_AT)
        pairs += [(int(a) + start, int(b)) for a, b in zip(firsts, seconds, strict=True) if a + start < b]
    return tuple(pairs)


def likeness(first: str, second: str, encoder: Encoder) -> float:
    """How alike two questions are in what they want to know; at most 1, and the same either way round."""
    vectors, flags = encoder.encode([first, second]), _flags([first, second])
    return float(_likeness(vectors[:1], vectors[1:], flags[:1], flags[1:])[0, 0])


def _flags(texts: Sequence[str]) -> NDArray[np.float32]:
    low = [text.lower()[:4_000] for text in texts]
    return np.array(
        [[bool(words.search(text)) for words in _SETS_RE] + [name in _times(text) for name in _NAMES] for text in low],
        dtype=np.float32,
    )


_NAMES = ("day", "week", "month", "quarter", "year", "today", "tomorrow")


def _times(text: str) -> set[str]:
    return {word.rstrip("s") for word in _TIMES.findall(text)}


def _likeness(
    first: NDArray[np.float32], second: NDArray[np.float32], ours: NDArray[np.float32], theirs: NDArray[np.float32]
) -> NDArray[np.float32]:
    """(a, b) cosines, less what each set of words that only one side touches takes away."""
    apart = ours.sum(axis=1)[:, None] + theirs.sum(axis=1)[None, :] - 2 * (ours @ theirs.T)
    alike: NDArray[np.float32] = (first @ second.T - _APART * apart).astype(np.float32)
    return alike
