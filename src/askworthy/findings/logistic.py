"""Named figures in; the log-odds that they stand for out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from askworthy.errors import BadCorpus

Figures = NDArray[np.float64]


@dataclass(frozen=True)
class Logistic:
    """A logistic model as plain numbers."""

    names: tuple[str, ...]  # of the figures, in the order of their columns
    mean: Figures  # (n,) subtracted from the figures
    weight: Figures  # (n,)
    bias: float

    def logits(self, figures: Figures) -> Figures:
        """The log-odds for each of q rows of n figures: (q,)."""
        found: Figures = (figures - self.mean) @ self.weight + self.bias
        return found

    def to_dict(self) -> dict[str, Any]:
        """The model as JSON holds it."""
        return {"names": self.names, "mean": self.mean.tolist(), "weight": self.weight.tolist(), "bias": self.bias}

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """Read the model from JSON; KeyError, TypeError or ValueError if that is something else."""
        names = tuple(map(str, row["names"]))
        mean, weight = (np.array(row[name], dtype=np.float64) for name in ("mean", "weight"))
        if not len(names) == len(mean) == len(weight):
            raise ValueError(f"{len(names)} names, {len(mean)} means and {len(weight)} weights")
        return cls(names, mean, weight, float(row["bias"]))

    @classmethod
    def fit(cls, names: Sequence[str], figures: Figures, shares: Figures, strength: float) -> Self:
        """Fit by ridge logistic regression.

        Args:
            names: Of the n columns.
            figures: (q, n).
            shares: (q,) how far each row counts as a yes, 0 to 1; 0.5 counts half as a yes and half as a no.
            strength: Inverse of the penalty on weights, of figures scaled to deviation 1.

        Raises:
            BadCorpus: Every row is a whole yes, or every row a whole no.
        """
        from sklearn.linear_model import LogisticRegression

        mean, scale = figures.mean(axis=0), figures.std(axis=0)
        scale[scale == 0] = 1
        scaled = (figures - mean) / scale
        weights = np.concatenate([shares, 1 - shares])
        answers = np.concatenate([np.ones(len(shares)), np.zeros(len(shares))])
        kept = weights > 0
        if len(set(answers[kept])) < 2:
            raise BadCorpus(
                f"all {len(shares)} examples for {names[0]} and so on are labelled alike, perhaps with one company "
                f"left out; expected both kinds: label more companies, and mark the evidence of what they publish"
            )
        fitted = LogisticRegression(C=strength, max_iter=2000).fit(
            np.concatenate([scaled, scaled])[kept], answers[kept], sample_weight=weights[kept]
        )
        return cls(tuple(names), mean, fitted.coef_[0] / scale, float(fitted.intercept_[0]))


def sigmoid(logits: Figures) -> Figures:
    """Log-odds as probabilities."""
    odds: Figures = 1 / (1 + np.exp(-np.clip(logits, -40, 40)))
    return odds
