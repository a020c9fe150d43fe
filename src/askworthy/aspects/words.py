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
        columns = {term: column for column, term in enumerate(self.vocabulary)}
        rows = np.zeros((len(texts), len(self.vocabulary)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term, count in Counter(terms(text)).items():
                if (column := columns.get(term)) is not None:
                    row[column] = (1 + np.log(count)) * self.rarity[column]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        scaled: NDArray[np.float32] = rows / np.maximum(lengths, 1e-12)
        return scaled


def terms(text: str) -> Iterable[str]:
    """The words of a text and its pairs of neighbours, lower case."""
    words = _WORD.findall(text.lower())
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]
