"""Questions in; how often employers' texts answer such questions, before any text is read, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from askworthy.errors import BadModel
from askworthy.inference.encoder import Vectors

NUMBERS = "usual.npz"
# Answered by the texts of other employers, more often than these answer others; and how many employers, in a reader's
# view, publish its whole answer, and at least a part of it.
USUALLY = ("usually_answered", "rated_published", "rated_partly")
STEP = 127  # a vector's figures are kept as whole numbers of this part of 1
_DAMAGED = (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError, RuntimeError, MemoryError)


@dataclass(frozen=True)
class Usual:
    """What is known of other questions, smoothed over like ones: kernel ridge regression with a Gaussian kernel.

    Leave, pay and tools are published by most employers, opinions of the interviewer by none. That is worth knowing
    of a question before anything is read, and weighs beside what is found.
    """

    known: NDArray[np.int8]  # (n, d): unit vectors of n questions, times 127
    weight: NDArray[np.float32]  # (n, u): u is the number of `USUALLY`
    sharpness: float  # the kernel is exp(-sharpness x squared distance)

    def of(self, vectors: Vectors) -> NDArray[np.float64]:
        """For q unit vectors of questions, the figures named `USUALLY`, 0 where nothing is known: (q, u)."""
        cosines = vectors @ self._columns
        # Of unit vectors, the squared distance is twice what the cosine lacks of 1.
        found: NDArray[np.float64] = (np.exp(-2 * self.sharpness * (1 - cosines)) @ self.weight).astype(np.float64)
        return found

    @cached_property
    def _columns(self) -> NDArray[np.float32]:
        columns: NDArray[np.float32] = self.known.T.astype(np.float32) / np.float32(STEP)
        return columns

    @classmethod
    def fit(cls, vectors: Vectors, figures: NDArray[np.float64], sharpness: float, penalties: Sequence[float]) -> Usual:
        """Learn from n questions.

        Args:
            vectors: Theirs, of length 1: (n, d).
            figures: What is known of each, less the mean, NaN where nothing is: (n, u).
            sharpness: Of the kernel.
            penalties: One for each of the u figures.
        """
        from sklearn.kernel_ridge import KernelRidge

        small = np.round(vectors * STEP).astype(np.int8)
        known, place = np.unique(small, axis=0, return_inverse=True)
        weight = np.zeros((len(known), figures.shape[1]))
        for column, penalty in enumerate(penalties):
            told = np.flatnonzero(~np.isnan(figures[:, column]))
            if len(told):
                ridge = KernelRidge(kernel="rbf", gamma=sharpness, alpha=penalty)
                ridge.fit(small[told] / STEP, figures[told, column])
                # A question that stands there twice counts twice, and is kept once.
                np.add.at(weight[:, column], place[told], ridge.dual_coef_)
        return cls(known, weight.astype(np.float32), sharpness)

    def to_bytes(self) -> bytes:
        """The model as its file holds it."""
        data = BytesIO()
        np.savez_compressed(data, known=self.known, weight=self.weight, sharpness=np.float64(self.sharpness))
        return data.getvalue()

    @classmethod
    def load(cls, path: Path) -> Usual:
        """Read the file.

        Raises:
            BadModel: It is damaged, or is another kind of file.
        """
        try:
            with np.load(path, allow_pickle=False) as arrays:
                found = cls(arrays["known"], arrays["weight"], float(arrays["sharpness"]))
            known, weight = found.known, found.weight
            if known.dtype != np.int8 or known.ndim != 2 or weight.shape != (len(known), len(USUALLY)):
                raise ValueError(f"vectors of shape {known.shape}, weights of shape {weight.shape}")
        except _DAMAGED as error:
            raise BadModel(f"{path} holds no such figures ({error}); make it with train verdict") from error
        return found
