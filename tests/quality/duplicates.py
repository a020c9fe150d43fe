"""Labelled pairs of questions in; the weights of the duplicate model, its cut-off, and how well it folds, out.

usage: python tests/quality/duplicates.py    fits, prints what belongs into duplicates.py, then the figures
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np

from askworthy.findings import duplicates
from askworthy.inference.encoder import Encoder, load_encoder

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "duplicates"
PRECISION = 0.95  # wanted on dev
OF_EACH = 20  # pairs of an employer's list
FOLDED = 0.001  # share of these that may be folded


def rows(split: str) -> tuple[list[tuple[str, str]], np.ndarray]:
    """A split's pairs, and whether each asks the same."""
    read = [json.loads(line) for line in (CORPUS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(row["first"], row["second"]) for row in read], np.array([row["same"] for row in read])


def natural(encoder: Encoder) -> list[tuple[str, str]]:
    """Pairs of different questions as lists hold them, near enough to be looked at."""
    source, pairs = random.Random(0), []
    for file in sorted((CORPUS.parent / "employers" / "lists-train").glob("*.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        asked = list(dict.fromkeys(json.loads(line)["question"] for line in lines))
        vectors = encoder.encode(asked)
        near = np.argwhere(np.tril(vectors @ vectors.T, k=-1) >= duplicates.NEAR)
        pairs += [(asked[a], asked[b]) for a, b in source.sample(near.tolist(), min(OF_EACH, len(near)))]
    return pairs


def fit(encoder: Encoder) -> tuple[list[float], float, float]:
    """Weights, bias, and the lowest log-odds that are precise enough on dev in cross-validation.

    Of the pairs that were written to be hard, those that share no word are nearly always one question; in a list they
    nearly never are. So both kinds are learned from, half and half.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    pairs, same = rows("dev")
    found = duplicates.features(pairs, encoder)
    others = duplicates.features(natural(encoder), encoder)
    figures, labels = np.vstack([found, others]), np.concatenate([same, np.zeros(len(others), dtype=bool)])
    weights = np.concatenate([np.ones(len(same)), np.full(len(others), len(same) / 2 / len(others))])

    def learned(rows: np.ndarray) -> LogisticRegression:
        model = LogisticRegression(C=10, max_iter=500)
        return model.fit(figures[rows], labels[rows], sample_weight=weights[rows])

    odds = np.zeros(len(labels))
    for known, held in StratifiedKFold(10, shuffle=True, random_state=0).split(figures, labels):
        odds[held] = learned(known).decision_function(figures[held])
    rare = float(np.quantile(odds[len(same) :], 1 - FOLDED))
    odds = odds[: len(same)]
    near = found[:, 0] >= duplicates.NEAR  # others are never looked at
    fine = [cut for cut in np.unique(odds[near]) if same[near & (odds >= cut)].mean() >= PRECISION]
    model = learned(np.arange(len(labels)))
    return model.coef_[0].tolist(), float(model.intercept_[0]), max(rare, float(min(fine)))


def folding(split: str, encoder: Encoder) -> dict[str, float]:
    """Precision and recall of folding, each pair taken as a list of two questions."""
    pairs, same = rows(split)
    folded = np.array([bool(duplicates.same_questions(pair, encoder)) for pair in pairs])
    return {"precision": float(same[folded].mean()), "recall": float(folded[same].mean()), "folded": int(folded.sum())}


if __name__ == "__main__":
    bundled = load_encoder()
    print("WEIGHTS, BIAS, SAME_AT =", fit(bundled))
    for name in ("dev", "test"):
        print(name, folding(name, bundled))
