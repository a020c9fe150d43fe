"""Labelled pairs of questions in; the weights of the duplicate model, its cut-off, and how well it folds, out.

usage: python tests/quality/duplicates.py    fits, prints what belongs into duplicates.py, then the figures
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from askworthy.findings import duplicates
from askworthy.inference.encoder import Encoder, load_encoder

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "duplicates"
PRECISION = 0.95  # wanted on dev


def rows(split: str) -> tuple[list[tuple[str, str]], np.ndarray]:
    """A split's pairs, and whether each asks the same."""
    read = [json.loads(line) for line in (CORPUS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(row["first"], row["second"]) for row in read], np.array([row["same"] for row in read])


def fit(encoder: Encoder) -> tuple[list[float], float, float]:
    """Weights and bias on dev, and the lowest log-odds that are precise enough there in cross-validation."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    pairs, same = rows("dev")
    found = duplicates.features(pairs, encoder)
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    odds = cross_val_predict(LogisticRegression(C=3), found, same, cv=folds, method="decision_function")
    near = found[:, 0] >= duplicates.NEAR  # others are never looked at
    fine = [cut for cut in np.unique(odds[near]) if same[near & (odds >= cut)].mean() >= PRECISION]
    model = LogisticRegression(C=3).fit(found, same)
    return model.coef_[0].tolist(), float(model.intercept_[0]), float(min(fine))


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
