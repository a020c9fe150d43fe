"""The token vectors of questions and passages in; how much of each question its passages hold, token by token, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from askworthy.inference.encoder import TOKEN_SCALE, Tokens


@dataclass(frozen=True)
class TokenTable:
    """The token vectors of p passages, one below the other; may be mapped from a file."""

    rows: Tokens  # (all tokens, d)
    starts: NDArray[np.int64]  # (p + 1,) of each passage's tokens in `rows`, and their end

    @classmethod
    def of(cls, tokens: Sequence[Tokens]) -> TokenTable:
        """Lay out the tokens of p passages."""
        lengths = [len(one) for one in tokens]
        return cls(np.concatenate(tokens), np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))

    def __iter__(self) -> Iterator[Tokens]:
        """Each passage's tokens."""
        return (self.rows[start:end] for start, end in zip(self.starts, self.starts[1:], strict=False))


def max_sim(asked: Tokens, table: TokenTable, passages: NDArray[np.intp]) -> NDArray[np.float64]:
    """Late interaction (Khattab and Zaharia, 2020): each question token's nearest passage token, averaged.

    Args:
        asked: A question's tokens; the marks at its ends do not count, unless there is nothing else.
        table: All passages' tokens.
        passages: Which c passages to look at.

    Returns:
        (c,) mean cosines, -1 to 1.
    """
    inner = asked[1:-1] if len(asked) > 2 else asked
    tokens = [table.rows[table.starts[p] : table.starts[p + 1]] for p in passages]
    starts = np.concatenate([[0], np.cumsum([len(one) for one in tokens])[:-1]]).astype(np.intp)
    cosines = inner.astype(np.float32) @ np.concatenate(tokens).astype(np.float32).T / TOKEN_SCALE**2
    nearest = np.maximum.reduceat(cosines, starts, axis=1)  # (question tokens, c)
    mean: NDArray[np.float64] = nearest.mean(axis=0).astype(np.float64)
    return mean
