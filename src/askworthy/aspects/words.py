"""Questions in; weighted counts of their words and word pairs out.

The words carry what a sentence vector blurs: "my", "the team", "the company". The weighting is tf-idf with sublinear
counts and rows of length 1, as scikit-learn's TfidfVectorizer does it; it stands here in numpy because importing
scikit-learn costs more than labelling a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class WordWeights:
    """A vocabulary and how rare each of its entries is."""

    vocabulary: tuple[str, ...]
    rarity: NDArray[np.float32]  # (v,) inverse document frequency

    @classmethod
    def learn(cls, texts: Sequence[str], *, at_least: int = 2) -> WordWeights:
        """Keep the words and pairs that stand in `at_least` of the texts."""
        seen = Counter(term for text in texts for term in set(terms(text)))
        vocabulary = tuple(sorted(term for term, count in seen.items() if count >= at_least))
        counts = np.array([seen[term] for term in vocabulary], dtype=np.float64)
        return cls(vocabulary, (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32))

    def transform(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Weigh n texts: (n, v), rows of length 1, or 0 where no word is known."""
        rows = np.zeros((len(texts), len(self.vocabulary)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            known, weights = self._weighed(text)
            row[known] = weights
        return rows

    def project(self, texts: Sequence[str], onto: NDArray[np.float32]) -> NDArray[np.float32]:
        """`transform(texts) @ onto`, (n, k) for (v, k), without a place for each word that a text does not have."""
        rows = np.zeros((len(texts), onto.shape[1]), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            known, weights = self._weighed(text)
            row[:] = weights @ onto[known]
        return rows

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {term: column for column, term in enumerate(self.vocabulary)}

    def _weighed(self, text: str) -> tuple[list[int], NDArray[np.float32]]:
        """The columns of the terms that are known, and their weights, together of length 1."""
        counts = {self._columns[term]: count for term, count in Counter(terms(text)).items() if term in self._columns}
        known = list(counts)
        weights = (1 + np.log(np.array(list(counts.values()), dtype=np.float64))) * self.rarity[known]
        scaled: NDArray[np.float32] = (weights / max(float(np.linalg.norm(weights)), 1e-12)).astype(np.float32)
        return known, scaled


def terms(text: str) -> Iterable[str]:
    """The words of a text and its pairs of neighbours, lower case."""
    words = _WORD.findall(text.lower())
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]
