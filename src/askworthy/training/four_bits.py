"""Matrices in; the nearest that can be stored with four bits a value, also while they are learned, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

BLOCK = 128  # values of a row that share a scale and a zero
LEVELS = 15
SMALLEST_SCALE = 1e-7


def rounded(values: Any) -> Any:
    """A tensor whose last axis is whole blocks, each value on the nearest of its block's sixteen levels.

    The levels are the ones that onnxruntime chooses, from the lowest to the highest value, with 0 among them; so
    what is rounded here is stored as it is.
    """
    blocks = values.float().reshape(-1, BLOCK)
    high, low = blocks.amax(1, keepdim=True).clamp(min=0), blocks.amin(1, keepdim=True).clamp(max=0)
    scale = ((high - low) / LEVELS).clamp(min=SMALLEST_SCALE)
    zero = (-low / scale).round().clamp(0, LEVELS)
    return (((blocks / scale + zero).round().clamp(0, LEVELS) - zero) * scale).reshape(values.shape)


@contextmanager
def four_bits(matrices: Sequence[Any]) -> Iterator[None]:
    """Within, the matrices are rounded; afterwards they are what they were, with the gradients found within.

    Learning so (straight-through estimation, Bengio et al., 2013) finds weights that lose little when they are stored.
    """
    import torch

    with torch.no_grad():
        plain = [one.detach().clone() for one in matrices]
        for one in matrices:
            one.copy_(rounded(one))
    try:
        yield
    finally:
        with torch.no_grad():
            for one, was in zip(matrices, plain, strict=True):
                one.copy_(was)
