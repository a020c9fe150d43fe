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
OF_EACH = 2  # pairs of each kind that an intent gives
DEV_COUNTS = 8.0  # times as much as a pair of intents


def rows(split: str) -> tuple[list[tuple[str, str]], np.ndarray]:
    """A split's pairs, and whether each asks the same."""
    read = [json.loads(line) for line in (CORPUS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(row["first"], row["second"]) for row in read], np.array([row["same"] for row in read])


def intents() -> tuple[list[tuple[str, str]], np.ndarray]:
    """Pairs of the training intents: two wordings of one, and a wording with a near question for something else."""
    source, pairs, same = random.Random(0), [], []
    for line in (CORPUS.parent / "answers" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for _ in range(OF_EACH):
            pairs.append(tuple(source.sample(row["questions"], 2)))
            same.append(True)
        for other in row["other_questions"][:OF_EACH]:
            pairs.append((source.choice(row["questions"]), other))
            same.append(False)
    return pairs, np.array(same)


def fit(encoder: Encoder) -> tuple[list[float], float, float]:
    """Weights and bias on dev and the training intents, and the cut-off on dev."""
    from sklearn.linear_model import LogisticRegression

    pairs, same = rows("dev")
    more, alike = intents()
    found = duplicates.features(pairs, encoder)
    model = LogisticRegression(C=10, max_iter=500).fit(
        np.vstack([duplicates.features(more, encoder), found]),
        np.concatenate([alike, same]),
        sample_weight=np.concatenate([np.ones(len(alike)), np.full(len(same), DEV_COUNTS)]),
    )
    odds = model.decision_function(found)
    near = found[:, 0] >= duplicates.NEAR  # others are never looked at
    fine = [cut for cut in np.unique(odds[near]) if same[near & (odds >= cut)].mean() >= PRECISION]
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
