"""Pairs of questions in; how surely they ask the same, and at least nearly the same, out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from askworthy.inference.manifest import model_folder, read_manifest
from askworthy.inference.onnx import DEFAULT_THREADS, OnnxModel


class PairReader:
    """The bundled cross-encoder of questions: it reads two together.

    Args:
        folder: As `train duplicates` writes it.
        threads: Threads one call may use.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = DEFAULT_THREADS) -> None:
        self.folder = folder or model_folder("duplicates")
        self.threads = threads
        read_manifest(self.folder)

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """(n, 2) of n pairs: that they ask the same, and that they are the same or close; alike either way round."""
        found = np.zeros((len(pairs), 2))
        if pairs:
            # The biggest of all models: loaded for one list, in a quarter of a second, and not kept beside the others.
            model = OnnxModel(self.folder, threads=self.threads)
            # A list is read in any order: each pair is read in one that does not depend on it.
            for rows, output, _ in model.batches([(min(pair), max(pair)) for pair in pairs]):
                found[rows] = output
        return found
