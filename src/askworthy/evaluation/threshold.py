"""Scored rows and a wanted share of false flags in; the cut-off that keeps it, and the curve it is on, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from askworthy.evaluation.measures import WORTH
from askworthy.evaluation.rows import Row
from askworthy.findings.verdict import NEVER
from askworthy.training.verdict import cut_off


@dataclass(frozen=True, slots=True)
class Point:
    """What a cut-off does on this corpus."""

    threshold: float
    false_flags: float | None  # share of open questions at or above it
    recall: float | None  # share of published questions at or above it
    precision: float | None  # worth of what is flagged, a partly counting half

    @property
    def printed(self) -> str:
        """The cut-off in four digits, never below itself: who uses what is printed flags no more than is promised."""
        nearest = f"{self.threshold:.4f}"
        return nearest if float(nearest) >= self.threshold else f"{float(nearest) + 0.0001:.4f}"


@dataclass(frozen=True)
class Chosen:
    """The cut-off, and the curve by rising threshold."""

    wanted: float
    point: Point | None  # None where there are too few open questions to promise the share
    open_questions: int
    curve: tuple[Point, ...]

    def steps(self) -> list[Point]:
        """About twenty points of the curve and the chosen one, by rising threshold."""
        some = {*self.curve[:: max(1, len(self.curve) // 20)], *([self.point] if self.point else [])}
        return sorted(some, key=lambda point: point.threshold)

    def to_dict(self) -> dict[str, Any]:
        """The choice as JSON writes it."""
        return asdict(self)


def find_threshold(rows: Sequence[Row], wanted: float) -> Chosen:
    """Choose the lowest cut-off that a new open question reaches with probability `wanted` at most."""
    p = np.array([row.probability for row in rows])
    gold = np.array([row.gold for row in rows])
    at = cut_off(p[gold == "open"], wanted)
    curve = [_point(rows, p, gold, float(t)) for t in np.unique(np.quantile(p, np.linspace(0, 1, 101)))]
    chosen = None if at == NEVER else _point(rows, p, gold, at)
    return Chosen(wanted, chosen, int((gold == "open").sum()), tuple(curve))


def _point(rows: Sequence[Row], p: Any, gold: Any, threshold: float) -> Point:
    flagged = p >= threshold

    def among(kept: Any) -> float | None:
        return float(flagged[kept].mean()) if kept.any() else None

    worth = np.array([WORTH[row.gold] for row in rows])[flagged]
    return Point(
        threshold, among(gold == "open"), among(gold == "published"), float(worth.mean()) if len(worth) else None
    )
