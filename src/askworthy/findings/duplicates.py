"""Questions in; the pairs that ask the same in other words, and those that ask nearly the same, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from askworthy.evidence.lexical import stems
from askworthy.inference.encoder import Encoder

# Least cosine of a pair that is looked at closely; below it, questions on one matter are seldom one question.
NEAR = 0.35
MAX_PAIRS = 2_000  # the nearest of them, so that long lists stay quick
# Two logistic models, fitted by tests/quality/duplicates.py, and the least log-odds of each; the same must pass both.
# Closeness: over the cosines of both encoders, from pairs of questions as lists hold them, each read. Where such
# questions are one, they are alike; but most that are alike are not one.
CLOSENESS, CLOSENESS_BIAS, FOLD_AT = (2.615, 11.393), -11.532, 0.25
# From here on nearly all pairs are the same or close: the answers would overlap much.
CLOSE_AT = -0.5
# Sameness: over `features`, from corpus/duplicates/dev.jsonl, whose near misses share all words but one, and
# from pairs of different questions in the lists of corpus/employers.
WEIGHTS, BIAS, SAME_AT = (9.080, 3.618, -1.146, -0.157, -8.090), -6.101, 1.5
_ROWS = 1_000  # compared at a time: memory stays flat on long lists
# What is asked for; two questions that ask for different ones of these differ, whatever words they share.
_KINDS = (
    ("often", r"how often|rhythm|frequency|regular"),
    ("when", r"^(?:by )?when|\bhow soon"),
    ("long", r"how long|how many (?:months|weeks|years)|length of|how much notice"),
    ("money", r"how much (?:money|do|does)|salary range|budget|contribution"),
    ("many", r"how (?:many|large|big)|number of|percentage|share of|turnover"),
    ("who", r"\b(?:who|whom)\b"),
    ("why", r"^why|reason"),
    ("where", r"^where|which (?:places|countries)"),
    ("manner", r"^how (?:is|are|do|does|would|was|were|did|can)|in what way|process|what happens|look like"),
)
_BAD = "worst|least|hardest|dislike|frustrating|frustrates|difficult"
_BAD_RE = re.compile(rf"\b(?:{_BAD})\b")
# One of these in one question and another, or none, in the other: they ask for different things.
_SETS = (
    "why|reason|reasons",
    "who|whom",
    "when|soon|date",
    "biggest|most|best|favourite|enjoy|like",
    _BAD,
    "parental|maternity|paternity",
    "sick|ill|illness",
    "customer|customers|client|clients",
    "manager|managers|lead|leads|boss",
)
_SETS_RE = tuple(re.compile(rf"\b(?:{words})\b") for words in _SETS)
_NOT = re.compile(r"\b(?:not|never|no longer)\b|n['’]t\b", re.IGNORECASE)
_TIMES = re.compile(r"\b(?:days?|weeks?|months?|quarters?|years?|today|tomorrow)\b")
_MAX_CHARS = 4_000


Pair = tuple[int, int]


class Alike(NamedTuple):
    """Pairs of places in a list, the earlier place first, in order; no pair is in both."""

    same: tuple[Pair, ...]  # one intent: a full answer to one answers the other
    close: tuple[Pair, ...]  # one matter: the answers would overlap much, and something is left to ask


def alike_questions(texts: Sequence[str], encoder: Encoder, question_encoder: Encoder) -> Alike:
    """Find the questions of one list that ask the same or nearly the same.

    Args:
        texts: The questions of one list.
        encoder: Of passages and questions.
        question_encoder: Of questions alone, which places them by their topics as well.
    """
    places = _near(texts, encoder) if len(texts) > 1 else []
    found = alike([(texts[a], texts[b]) for a, b in places], encoder, question_encoder)
    by_kind = {
        kind: tuple(pair for pair, its in zip(places, found, strict=True) if its == kind) for kind in Alike._fields
    }
    return Alike(**by_kind)


def alike(pairs: Sequence[tuple[str, str]], encoder: Encoder, question_encoder: Encoder) -> list[str | None]:
    """Whether each of n pairs asks the "same", or is "close".

    The same are those where only small words differ, and those of which both models say so. Opposites are neither:
    like and dislike are two questions.
    """
    if not pairs:
        return []
    found = features(pairs, encoder)
    near = closeness(found[:, 0], cosines(pairs, question_encoder))
    sure = (near >= FOLD_AT) & (found @ np.array(WEIGHTS) + BIAS >= SAME_AT)
    told: list[str | None] = []
    for (a, b), one, odds in zip(pairs, sure.tolist(), near.tolist(), strict=True):
        if _opposed(a, b):
            told.append(None)
        elif one or _only_worded(a, b):
            told.append("same")
        else:
            told.append("close" if odds >= CLOSE_AT else None)
    return told


def closeness(by_encoder: NDArray[np.float64], by_question_encoder: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds that pairs of a list ask for the same, from their (n,) cosines by either encoder."""
    found: NDArray[np.float64] = np.column_stack([by_encoder, by_question_encoder]) @ np.array(CLOSENESS)
    return found + CLOSENESS_BIAS


def cosines(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> NDArray[np.float64]:
    """(n,) of n pairs of texts; a list's questions stand in many pairs, and are encoded once."""
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    vectors, place = encoder.encode(texts), {text: row for row, text in enumerate(texts)}
    firsts, seconds = (vectors[[place[pair[side]] for pair in pairs]] for side in (0, 1))
    found: NDArray[np.float64] = (firsts * seconds).sum(axis=1).astype(np.float64)
    return found


def features(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> NDArray[np.float64]:
    """(n, 5) of n pairs; the same either way round.

    Cosine; cosine of what is left of each without the words that both have; whether they ask for different kinds of
    things; in how many sets of words that tell questions apart they differ; share of topic words that both have.
    A near miss shares nearly every word and differs in the one that counts; other wordings of one thing seldom do.
    """
    ours, theirs = [_stems(a) for a, _ in pairs], [_stems(b) for _, b in pairs]
    shared = [a & b for a, b in zip(ours, theirs, strict=True)]
    left = [_rest(a, some) for (a, _), some in zip(pairs, shared, strict=True)]
    right = [_rest(b, some) for (_, b), some in zip(pairs, shared, strict=True)]
    wholes, rests = cosines(pairs, encoder), cosines(list(zip(left, right, strict=True)), encoder)
    kinds = [(_kind(a), _kind(b)) for a, b in pairs]
    apart = [a is not None and b is not None and a != b for a, b in kinds]
    sets = [len(_flags(a) ^ _flags(b)) for a, b in pairs]
    share = [len(some) / max(1, len(a | b)) for some, a, b in zip(shared, ours, theirs, strict=True)]
    return np.column_stack([wholes, rests, apart, sets, share]).astype(np.float64)


def _near(texts: Sequence[str], encoder: Encoder) -> list[tuple[int, int]]:
    vectors = encoder.encode(texts)
    found: list[tuple[float, int, int]] = []
    for start in range(0, len(texts), _ROWS):
        rows = vectors[start : start + _ROWS] @ vectors.T
        firsts, seconds = np.nonzero(np.triu(rows >= NEAR, k=start + 1))
        found += [(-float(rows[a, b]), int(a) + start, int(b)) for a, b in zip(firsts, seconds, strict=True)]
        found = sorted(found)[:MAX_PAIRS]
    return sorted((a, b) for _, a, b in found)


def _opposed(first: str, second: str) -> bool:
    """Whether just one of two says "not", or asks for what is bad."""
    denied, bad = (
        [bool(pattern.search(text.lower()[:_MAX_CHARS])) for text in (first, second)] for pattern in (_NOT, _BAD_RE)
    )
    return denied[0] != denied[1] or bad[0] != bad[1]


def _only_worded(first: str, second: str) -> bool:
    """The same topic words in the same order, asked for in the same way."""
    ordered = [list(stems(text[:_MAX_CHARS])) for text in (first, second)]
    alike = bool(ordered[0]) and ordered[0] == ordered[1]
    return alike and _kind(first) == _kind(second) and _flags(first) == _flags(second)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(text[:_MAX_CHARS]))


def _rest(text: str, shared: frozenset[str]) -> str:
    words = [word for word in re.findall(r"[\w'-]+", text[:_MAX_CHARS]) if shared.isdisjoint(stems(word))]
    return " ".join(words) or "."


def _kind(text: str) -> str | None:
    low = text.lower()[:_MAX_CHARS]
    return next((name for name, words in _KINDS if re.search(words, low)), None)


def _flags(text: str) -> frozenset[str]:
    low = text.lower()[:_MAX_CHARS]
    touched = {words for words, pattern in zip(_SETS, _SETS_RE, strict=True) if pattern.search(low)}
    return frozenset(touched | {word.rstrip("s") for word in _TIMES.findall(low)})
