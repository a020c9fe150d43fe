"""The figures of a question in; a calibrated probability and a verdict out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from askworthy.errors import BadModel
from askworthy.inference.manifest import model_folder, read_manifest
from askworthy.records import Verdict

NUMBERS = "verdict.json"


@dataclass(frozen=True)
class VerdictModel:
    """A logistic model over the figures of `features`, and the two cut-offs that make its probability a verdict."""

    names: tuple[str, ...]
    mean: NDArray[np.float64]  # (n,) subtracted from the figures
    weight: NDArray[np.float64]  # (n,) on the centred figures
    bias: float
    published_at: dict[str, float]  # by the share of open questions flagged at most, as "0.05": the lowest probability
    partly_at: float
    judge_hash: str | None  # of the judge whose logits it was fitted on; None without one

    def probability(self, figures: NDArray[np.float64]) -> NDArray[np.float64]:
        """That the text answers the main point, for each of q rows of figures: (q,) in 0 to 1."""
        logits = (figures - self.mean) @ self.weight + self.bias
        return 1 / (1 + np.exp(-logits))

    def verdict(self, probability: float, max_false_flags: float) -> Verdict:
        """Name the verdict, flagging at most this share of open questions."""
        if probability >= self.cut_off(max_false_flags):
            return "published"
        return "partly" if probability >= self.partly_at else "open"

    def cut_off(self, max_false_flags: float) -> float:
        """The lowest probability that is published; between two measured shares, the stricter one's."""
        allowed = [float(share) for share in self.published_at if float(share) <= max_false_flags + 1e-9]
        return self.published_at[_share(max(allowed))] if allowed else 1.0

    def to_json(self) -> bytes:
        """The model as its file holds it."""
        return (
            json.dumps(
                {
                    "names": self.names,
                    "mean": self.mean.tolist(),
                    "weight": self.weight.tolist(),
                    "bias": self.bias,
                    "published_at": self.published_at,
                    "partly_at": self.partly_at,
                    "judge_hash": self.judge_hash,
                },
                indent=1,
            )
            + "\n"
        ).encode()

    @classmethod
    def load(cls, folder: Path | None = None, *, expected: Sequence[str] | None = None) -> VerdictModel:
        """Read a verdict model; the bundled one if no folder is named.

        Raises:
            BadModel: The folder holds no verdict model, or one made from other figures than `expected`.
        """
        folder = folder or model_folder("verdict")
        read_manifest(folder)
        try:
            row = json.loads((folder / NUMBERS).read_bytes())
            model = cls(
                names=tuple(row["names"]),
                mean=np.array(row["mean"], dtype=np.float64),
                weight=np.array(row["weight"], dtype=np.float64),
                bias=float(row["bias"]),
                published_at={_share(float(share)): float(at) for share, at in row["published_at"].items()},
                partly_at=float(row["partly_at"]),
                judge_hash=row["judge_hash"],
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadModel(f"{folder / NUMBERS} is no verdict model ({error}); make it with train verdict") from error
        if expected is not None and model.names != tuple(expected):
            raise BadModel(f"{folder / NUMBERS} was made from other figures; make it again with train verdict")
        return model


def _share(value: float) -> str:
    return f"{value:.3f}"
