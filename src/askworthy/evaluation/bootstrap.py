"""Figures over weighted rows in; their values with 95 % intervals out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from askworthy.evaluation.figures import Numbers

Definition = Callable[[Numbers], Numbers]  # (b, n) weights to b values
FEWEST_COMPANIES = 5  # to draw companies: of fewer, the draws are too alike to say anything of a new one
RESAMPLES = 1000
AT_ONCE = 2_000_000  # weights held at a time, 8 bytes each
LEVEL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its interval; where there is none, `why` says so."""

    value: float | None
    low: float | None  # 95 % percentile interval
    high: float | None
    why: str | None = None
    undefined: int = 0  # resamples in which it has no meaning, left out of the interval

    def to_dict(self) -> dict[str, Any]:
        """The figure as JSON writes it."""
        return asdict(self)


def method(groups: Sequence[str]) -> str:
    """In words, what is drawn."""
    names = set(groups)
    if len(names) >= FEWEST_COMPANIES:
        return f"companies drawn with replacement ({len(names)} companies): speaks of a new company"
    if names == {""}:
        return f"questions drawn with replacement ({len(groups)} questions)"
    return f"questions drawn within each company ({len(names)}, too few to draw companies): speaks of these alone"


def resamples(groups: Sequence[str], count: int, seed: int) -> Iterator[Numbers]:
    """How often each row is drawn: (b, n) blocks, `count` rows of b in all, the same for the same seed."""
    rng = np.random.default_rng(seed)
    names, group_of = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    n, block = len(group_of), max(1, AT_ONCE // max(1, len(group_of)))
    members = [np.flatnonzero(group_of == g) for g in range(len(names))]
    for start in range(0, count, block):
        weights = np.zeros((min(block, count - start), n))
        for row in weights:
            if len(names) >= FEWEST_COMPANIES:
                drawn = np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))
                row[:] = drawn[group_of]
            else:
                for rows in members:
                    row[rows] = np.bincount(rng.integers(0, len(rows), len(rows)), minlength=len(rows))
        yield weights


def measure(
    definitions: Mapping[str, Definition],
    groups: Sequence[str],
    *,
    count: int = RESAMPLES,
    seed: int = 0,
    watch: Callable[[str, int, int], None] | None = None,
) -> dict[str, Figure]:
    """Measure every figure over n rows, with intervals from `count` resamples."""
    values = {name: float(define(np.ones((1, len(groups))))[0]) for name, define in definitions.items()}
    drawn: dict[str, list[Numbers]] = {name: [] for name in definitions}
    done = 0
    for weights in resamples(groups, count, seed):
        for name, define in definitions.items():
            drawn[name].append(define(weights))
        done += len(weights)
        if watch:
            watch("resampling", done, count)
    return {name: _figure(value, np.concatenate(drawn[name])) for name, value in values.items()}


def _figure(value: float, drawn: Numbers) -> Figure:
    known = drawn[~np.isnan(drawn)]
    if np.isnan(value):
        return Figure(None, None, None, "no row of this corpus it could be counted on", len(drawn) - len(known))
    if not len(known):
        return Figure(value, None, None, "no resample had a row to count it on", len(drawn))
    low, high = np.percentile(known, LEVEL)
    return Figure(value, float(low), float(high), None, len(drawn) - len(known))
