"""A question with its gold label and what a model said of it: the one record that evaluations are made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence, and the text it stands in."""

    source: str
    quote: str
    before: str = ""  # of the passage, up to the quote
    after: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One scored question."""

    key: str  # "company/id", or the id alone; no two rows share one
    group: str  # the company; empty where there are none
    question: str
    gold: str
    said: str
    probability: float  # aspects: of the label said; published: that the text answers the question
    topic: str = ""
    also: tuple[str, ...] = ()  # other labels that count as right
    sure: bool = True  # False where the model abstained; the row counts all the same
    marked: tuple[Shown, ...] = ()  # the gold quotes
    evidence: tuple[Shown, ...] = ()  # best first, at most three
    hit: int = 0  # the first evidence that is a gold quote, from 1; 0 for none
    rank: int = 0  # the first retrieved passage that holds a gold quote, from 1; 0 for none

    def to_dict(self) -> dict[str, Any]:
        """The row as a saved run holds it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Row:
        """Read a row of a saved run.

        Raises:
            TypeError, ValueError, KeyError: It is no such row.
        """
        for name, kind in (("key", str), ("gold", str), ("said", str), ("probability", float)):
            if not isinstance(row[name], kind):
                raise ValueError(f"{name} is not a {kind.__name__}")
        if not 0 <= row["probability"] <= 1:
            raise ValueError(f"the probability is {row['probability']}")
        for name in ("hit", "rank"):
            if type(row[name]) is not int:
                raise ValueError(f"{name} is not an int")
        shown = {name: tuple(Shown(**one) for one in row[name]) for name in ("marked", "evidence")}
        return cls(**{**row, **shown, "also": tuple(row["also"])})
