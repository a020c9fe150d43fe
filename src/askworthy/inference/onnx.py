"""A bundled model folder in; a function from token ids to numbers out. Neither torch nor transformers is imported."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askworthy.errors import BadModel
from askworthy.inference.manifest import read_manifest

BATCH_TOKENS = 512  # padded tokens a batch: four times as many are no faster and take 70 MB more
CORES = os.cpu_count() or 1
DEFAULT_THREADS = min(CORES, max(2, min(4, CORES // 2)))  # half of the cores, and never many: others work here too


class OnnxModel:
    """One ONNX model with its tokenizer, loaded when first used.

    Args:
        folder: Holds `model.onnx`, of a big one its weights beside it, `tokenizer.json` and their manifest.
        threads: Threads one call may use.
    """

    def __init__(self, folder: Path, *, threads: int = DEFAULT_THREADS) -> None:
        self.folder = folder
        self.threads = threads
        self.manifest = read_manifest(folder)

    @property
    def hash(self) -> str:
        """Names these weights and no others; caches are keyed by it."""
        return str(self.manifest["hash"])[:16]

    @cached_property
    def tokenizer(self) -> Any:
        """The tokenizer, truncating at the manifest's `max_length` tokens."""
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises bare Exception
            raise BadModel(f"{self.folder / 'tokenizer.json'} is no tokenizer ({error})") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(int(self.manifest["max_length"]))
        return tokenizer

    @cached_property
    def session(self) -> Any:
        """The running model."""
        # From 1.29 on, onnxruntime reports each use to its makers unless it is told not to before it is first imported.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(self.threads, CORES)  # more than there are only wait for each other
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # the arena keeps the largest batch's memory for good
        try:
            return onnxruntime.InferenceSession(
                str(self.folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's errors share no base but Exception
            raise BadModel(f"{self.folder / 'model.onnx'} does not load ({error}); install askworthy again") from error

    @cached_property
    def _inputs(self) -> list[str]:
        """What it asks for; not every model tells two texts apart by types."""
        return [one.name for one in self.session.get_inputs()]

    def batches(
        self, texts: Sequence[str] | Sequence[tuple[str, str]]
    ) -> Iterator[tuple[list[int], NDArray[np.float32], NDArray[np.int64]]]:
        """Run n texts, or pairs of texts, those of like length together.

        Yields:
            Row numbers into `texts`, the model's output for them, and their attention mask (b, length).
        """
        encodings = self.tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda row: len(encodings[row].ids))
        for rows in _batches(order, [len(encodings[row].ids) for row in order]):
            length = max(len(encodings[row].ids) for row in rows)
            ids, mask, types = (np.zeros((len(rows), length), dtype=np.int64) for _ in range(3))
            for i, row in enumerate(rows):
                n = len(encodings[row].ids)
                ids[i, :n] = encodings[row].ids
                mask[i, :n] = 1
                types[i, :n] = encodings[row].type_ids
            given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
            [output] = self.session.run(None, {name: given[name] for name in self._inputs})
            yield rows, output, mask


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for row, length in zip(order, lengths, strict=True):
        if batch and (len(batch) + 1) * length > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
