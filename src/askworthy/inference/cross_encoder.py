"""Pairs of question and passage in; one logit for each pair out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from askworthy.errors import BadModel
from askworthy.inference.hub import local_only
from askworthy.inference.manifest import MANIFEST, model_folder
from askworthy.inference.onnx import DEFAULT_THREADS, OnnxModel

Logits = NDArray[np.float32]
Pair = tuple[str, str]


class CrossEncoder(Protocol):
    """Reads question and passage together and says how likely the passage answers the question."""

    @property
    def hash(self) -> str:
        """Names the weights; cached scores are keyed by it."""
        ...

    def logits(self, pairs: Sequence[Pair], *, progress: Callable[[int], None] | None = None) -> Logits:
        """Score n (question, passage) pairs: above 0 is more likely an answer than not."""
        ...


class OnnxCrossEncoder:
    """The bundled judge."""

    def __init__(self, folder: Path | None = None, *, threads: int = DEFAULT_THREADS) -> None:
        self.model = OnnxModel(folder or model_folder("answerability"), threads=threads)

    @property
    def hash(self) -> str:
        """Names the weights."""
        return self.model.hash

    def logits(self, pairs: Sequence[Pair], *, progress: Callable[[int], None] | None = None) -> Logits:
        """Score n pairs; a pair's logit does not depend on its batch, to 1e-4."""
        logits = np.zeros(len(pairs), dtype=np.float32)
        for rows, output, _ in self.model.batches(pairs):
            logits[rows] = output[:, 0]
            if progress:
                progress(len(rows))
        return logits


class SentenceTransformersCrossEncoder:
    """A sentence-transformers CrossEncoder with one label, by name or path; torch comes with it."""

    def __init__(self, name_or_path: str) -> None:
        self.name = name_or_path

    @cached_property
    def model(self) -> Any:
        """The loaded model."""
        from sentence_transformers import CrossEncoder as Upstream

        try:
            model = Upstream(self.name, local_files_only=local_only(self.name))
        except Exception as error:  # the hub, the file system and torch each raise their own
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise BadModel(
                f"judge {self.name!r} does not load ({reason}); name a CrossEncoder model or a folder that holds one"
            ) from error
        if model.num_labels != 1:
            raise BadModel(
                f"judge {self.name!r} gives {model.num_labels} figures a pair, expected 1; name another model"
            )
        return model

    @cached_property
    def hash(self) -> str:
        """Names the weights by their content."""
        digest = hashlib.sha256()
        for name, tensor in sorted(self.model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.detach().cpu().float().numpy().tobytes())
        return digest.hexdigest()[:16]

    def logits(self, pairs: Sequence[Pair], *, progress: Callable[[int], None] | None = None) -> Logits:
        """Score n pairs."""
        import torch

        scores = self.model.predict(list(pairs), activation_fn=torch.nn.Identity(), show_progress_bar=False)
        if progress:
            progress(len(pairs))
        return np.asarray(scores, dtype=np.float32)


def load_cross_encoder(name: str | None = None, *, threads: int = DEFAULT_THREADS) -> CrossEncoder:
    """Load the bundled judge, a folder of that kind, or a sentence-transformers CrossEncoder by its name or path."""
    if name is None:
        return OnnxCrossEncoder(threads=threads)
    if (Path(name) / MANIFEST).is_file():
        return OnnxCrossEncoder(Path(name), threads=threads)
    return SentenceTransformersCrossEncoder(name)
