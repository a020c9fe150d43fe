"""Two runs over the same questions in; paired differences and the questions they differ on out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from askworthy.errors import BadCorpus
from askworthy.evaluation.bootstrap import LEVEL, RESAMPLES, resamples
from askworthy.evaluation.measures import definitions, right
from askworthy.evaluation.rows import Row


@dataclass(frozen=True, slots=True)
class Difference:
    """This run's figure minus the other's, over the same resamples."""

    name: str
    this: float | None
    other: float | None
    difference: float | None  # None where one of the two has no meaning
    low: float | None  # 95 % interval
    high: float | None
    p_value: float | None  # two-sided, that there is no difference
    why: str | None = None  # there is none


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side."""

    other: str
    differences: tuple[Difference, ...]
    changed: tuple[tuple[Row, Row], ...]  # this and the other, where they say different things

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON writes it."""
        return {
            "other": self.other,
            "differences": [asdict(one) for one in self.differences],
            "changed": [
                {"key": a.key, "question": a.question, "gold": a.gold, "this": a.said, "other": b.said}
                for a, b in self.changed
            ],
            "won": sum(right(a) and not right(b) for a, b in self.changed),
            "lost": sum(right(b) and not right(a) for a, b in self.changed),
        }


def compare(
    kind: str, this: Sequence[Row], other: Sequence[Row], *, name: str, count: int = RESAMPLES, seed: int = 0
) -> Comparison:
    """Compare two runs by paired bootstrap: both are measured on the same draws.

    Raises:
        BadCorpus: They are not over the same questions with the same gold labels.
    """
    by_key = {row.key: row for row in other}
    changed_gold = [row.key for row in this if row.key not in by_key or by_key[row.key].gold != row.gold]
    if changed_gold or len(by_key) != len(this):
        raise BadCorpus(
            f"the runs have {len(this)} and {len(by_key)} questions, {len(changed_gold)} of the first without a "
            f"partner of the same gold label; score both on the same corpus"
        )
    matched = [by_key[row.key] for row in this]
    mine, theirs = definitions(kind, this), definitions(kind, matched)
    ones = np.ones((1, len(this)))
    drawn: dict[str, list[Any]] = {key: [] for key in mine if key in theirs}
    for weights in resamples([row.group for row in this], count, seed):
        for key in drawn:
            drawn[key].append(mine[key](weights) - theirs[key](weights))
    differences = [
        _difference(key, float(mine[key](ones)[0]), float(theirs[key](ones)[0]), np.concatenate(drawn[key]))
        for key in drawn
    ]
    pairs = tuple((a, b) for a, b in zip(this, matched, strict=True) if a.said != b.said)
    return Comparison(name, tuple(differences), pairs)


def _difference(name: str, this: float, other: float, drawn: Any) -> Difference:
    drawn = drawn[~np.isnan(drawn)]
    known = [None if np.isnan(one) else one for one in (this, other)]
    if None in known or not len(drawn):
        why = "one of the two has no row it could be counted on" if None in known else "no resample had rows for it"
        return Difference(name, known[0], known[1], None, None, None, None, why)
    low, high = np.percentile(drawn, LEVEL)
    # One is added on each side: a p-value of 0 cannot be had from a finite number of draws.
    tail = (1 + min((drawn <= 0).sum(), (drawn >= 0).sum())) / (1 + len(drawn))
    return Difference(name, this, other, this - other, float(low), float(high), float(min(1.0, 2 * tail)))
