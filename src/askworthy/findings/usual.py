"""Questions in; how much more often than others employers' texts answer such questions out."""

from __future__ import annotations

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
STEP = 127  # a vector's figures are kept as whole numbers of this part of 1
_DAMAGED = (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError, RuntimeError, MemoryError)


@dataclass(frozen=True)
class Usual:
    """What was answered elsewhere, smoothed over like questions: kernel ridge regression with a Gaussian kernel.

    Leave, pay and tools are published by most employers, opinions of the interviewer by none. That is worth knowing
    of a question before anything is read, and weighs beside what is found.
    """

    known: NDArray[
        np.int8
    ]  # (n, d): unit vectors of n questions that were judged against some employer's text, times 127
    weight: NDArray[np.float32]  # (n,)
    sharpness: float  # the kernel is exp(-sharpness x squared distance)

    def of(self, vectors: Vectors) -> NDArray[np.float64]:
        """For q unit vectors of questions: about -1 (never answered) to 1 (always), 0 where nothing is known: (q,)."""
        cosines = vectors @ self._columns
        # Of unit vectors, the squared distance is twice what the cosine lacks of 1.
        found: NDArray[np.float64] = (np.exp(-2 * self.sharpness * (1 - cosines)) @ self.weight).astype(np.float64)
        return found

    @cached_property
    def _columns(self) -> NDArray[np.float32]:
        columns: NDArray[np.float32] = self.known.T.astype(np.float32) / np.float32(STEP)
        return columns

    @classmethod
    def fit(cls, vectors: Vectors, answered: NDArray[np.float64], sharpness: float, penalty: float) -> Usual:
        """Learn from n questions and how much more than their employer's mean each was answered, -1 to 1."""
        from sklearn.kernel_ridge import KernelRidge

        known = np.round(vectors * STEP).astype(np.int8)
        ridge = KernelRidge(kernel="rbf", gamma=sharpness, alpha=penalty).fit(known / STEP, answered)
        return cls(known, ridge.dual_coef_.astype(np.float32), sharpness)

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
            if found.known.dtype != np.int8 or found.known.ndim != 2 or found.weight.shape != found.known.shape[:1]:
                raise ValueError(f"vectors of shape {found.known.shape}, weights of shape {found.weight.shape}")
        except _DAMAGED as error:
            raise BadModel(f"{path} holds no such figures ({error}); make it with train verdict") from error
        return found
