"""Labelled pairs of questions in; the cut-offs from which they are folded or called close, and how well that goes, out.

usage: python tests/quality/duplicates.py    chooses, prints what belongs into duplicates.py, then the figures
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from askworthy.findings.duplicates import NEAR, kinds
from askworthy.inference.encoder import Encoder, load_question_encoder
from askworthy.inference.pair_reader import PairReader

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "duplicates"
PRECISION = 0.95  # wanted on written pairs
IN_LISTS = 0.85  # wanted of pairs of lists
AT_LEAST_CLOSE = 0.95  # wanted of pairs of lists that are called close, or the same
STEP = 0.1  # of the cut-offs that are tried
Pair = tuple[str, str]


def rows(split: str) -> tuple[list[Pair], np.ndarray]:
    """A split's pairs, and whether each asks the same."""
    read = [json.loads(line) for line in (CORPUS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(row["first"], row["second"]) for row in read], np.array([row["same"] for row in read])


def at_least_close(split: str) -> np.ndarray:
    """Whether each pair of lists is the same or close, by half of its readers or more."""
    read = [json.loads(line)["read"] for line in (CORPUS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]
    return np.array([np.mean([one != "different" for one in some]) >= 0.5 for some in read])


def odds_of(split: str, questions: Encoder, reader: PairReader) -> np.ndarray:
    """Log-odds of a split's pairs, (n, 2); without any where the two are not near, and so never read."""
    pairs = rows(split)[0]
    either = [questions.encode([pair[side] for pair in pairs]) for side in (0, 1)]
    near = (either[0] * either[1]).sum(axis=1) >= NEAR
    return np.where(near[:, None], reader.log_odds(pairs), -np.inf)


def cut_offs(questions: Encoder, reader: PairReader) -> tuple[float, float]:
    """The lowest from which enough of what is called the same is so, on both kinds of pairs, and of what is close."""
    odds = {split: odds_of(split, questions, reader) for split in ("dev", "lists-dev")}

    def lowest(kind: int, wanted: dict[str, tuple[np.ndarray, float]]) -> float:
        def precise(least: float) -> bool:
            chosen = [(odds[split][:, kind] >= least, *one) for split, one in wanted.items()]
            return all(some.any() and right[some].mean() >= share for some, right, share in chosen)

        return float(min(filter(precise, np.arange(-6, 6, STEP))))

    same = {"dev": (rows("dev")[1], PRECISION), "lists-dev": (rows("lists-dev")[1], IN_LISTS)}
    return lowest(0, same), lowest(1, {"lists-dev": (at_least_close("lists-dev"), AT_LEAST_CLOSE)})


def folding(split: str, questions: Encoder, reader: PairReader) -> dict[str, float]:
    """Precision and recall of folding, each pair taken as a list of two questions; of pairs of lists, of "close" too.

    Of a long list, only its nearest pairs are read, so that there the recall may be less.

    Precision of "close" is the share of what is called the same or close that a reader calls so; its recall is the
    share of what is the same.
    """
    same = rows(split)[1]
    told = np.array(kinds(odds_of(split, questions, reader)), dtype=object)
    folded = told == "same"
    figures = {
        "precision": float(same[folded].mean()) if folded.any() else 1.0,
        "recall": float(folded[same].mean()),
        "folded": int(folded.sum()),
    }
    if split.startswith("lists-"):
        near = folded | (told == "close")
        figures |= {
            "close_precision": float(at_least_close(split)[near].mean()),
            "close_recall": float(near[same].mean()),
            "close": int(near.sum()),
        }
    return figures


if __name__ == "__main__":
    questions, reading = load_question_encoder(), PairReader()
    print("SAME_AT, CLOSE_AT =", *(round(one, 2) for one in cut_offs(questions, reading)))
    for name in ("dev", "test", "lists-dev", "lists-test"):
        print(name, folding(name, questions, reading))
