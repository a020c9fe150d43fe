"""Texts in; their BM25 scores for a query out."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_WORD = re.compile(r"[^\W_]+")
# Words that carry no topic. Kept short: a question's "who", "when" and "how" are read by the models instead.
STOPWORDS = frozenset(
    [
        "a",
        "about",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "having",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "like",
        "may",
        "me",
        "might",
        "more",
        "most",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "over",
        "s",
        "should",
        "so",
        "some",
        "such",
        "t",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


class Lexical:
    """A BM25 index over one company's passages."""

    def __init__(self, ranker: Any, size: int) -> None:
        self._ranker = ranker
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> Lexical:
        """Index n texts."""
        import bm25s

        ranker = bm25s.BM25(method="lucene")
        tokens = [stems(text) for text in texts]
        if not any(tokens):  # bm25s cannot index a corpus without a word
            tokens = [["\0"], *tokens[1:]]
        ranker.index(tokens, show_progress=False)
        return cls(ranker, len(texts))

    def match(self, query: str) -> tuple[Scores, Scores]:
        """Compare a query with each of the n texts.

        Returns:
            BM25, 0 where no word is shared and unbounded above; and coverage, the share of the query's words that the
            text holds, each weighted by how rare it is among the texts: 0 to 1.
        """
        bm25, covered = np.zeros(self._size, dtype=np.float32), np.zeros(self._size, dtype=np.float32)
        total = 0.0
        for word in dict.fromkeys(stems(query)):
            if word not in self._ranker.vocab_dict:
                total += math.log(1 + self._size)
                continue
            scores = np.asarray(self._ranker.get_scores([word]), dtype=np.float32)
            held = scores > 0
            rarity = math.log(1 + self._size / max(1, int(held.sum())))
            total += rarity
            bm25 += scores
            covered += rarity * held
        return bm25, covered / total if total else covered

    def save(self, folder: Path) -> None:
        """Write the index to a folder."""
        folder.mkdir()
        self._ranker.save(str(folder), corpus=None)

    @classmethod
    def load(cls, folder: Path, size: int) -> Lexical:
        """Read an index of `size` texts from a folder."""
        import bm25s

        return cls(bm25s.BM25.load(str(folder), load_corpus=False, mmap=True), size)


def stems(text: str) -> list[str]:
    """The topic words of a text, lower case, stemmed."""
    words: list[str] = _stemmer().stemWords([word for word in _WORD.findall(text.lower()) if word not in STOPWORDS])
    return words


@cache
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("english")
