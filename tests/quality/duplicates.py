"""Labelled pairs of questions in; the two models that fold duplicates, their cut-offs, and how well they fold, out.

usage: python tests/quality/duplicates.py    fits, prints what belongs into duplicates.py, then the figures
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np

from askworthy.findings import duplicates
from askworthy.inference.encoder import Encoder, load_encoder, load_question_encoder

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "duplicates"
PRECISION = 0.95  # wanted on dev
IN_LISTS = 0.85  # wanted of pairs of lists
AT_LEAST_CLOSE = 0.95  # wanted of pairs of lists that are called close, or the same
OF_EACH = 20  # pairs of an employer's list
STEP = 0.25  # of the cut-offs that are tried


def rows(split: str) -> tuple[list[tuple[str, str]], np.ndarray]:
    """A split's pairs, and whether each asks the same."""
    read = [json.loads(line) for line in (CORPUS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(row["first"], row["second"]) for row in read], np.array([row["same"] for row in read])


def at_least_close(split: str) -> np.ndarray:
    """Whether each pair of lists is the same or close, by half of its readers or more."""
    read = [json.loads(line)["read"] for line in (CORPUS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]
    return np.array([np.mean([one != "different" for one in some]) >= 0.5 for some in read])


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


def fit_sameness(encoder: Encoder) -> Any:
    """A model over the features, of the pairs that were written to be hard and of others, half and half."""
    from sklearn.linear_model import LogisticRegression

    pairs, same = rows("dev")
    others = natural(encoder)
    figures = np.vstack([duplicates.features(pairs, encoder), duplicates.features(others, encoder)])
    labels = np.concatenate([same, np.zeros(len(others), dtype=bool)])
    weights = np.concatenate([np.ones(len(same)), np.full(len(others), len(same) / 2 / len(others))])
    return LogisticRegression(C=10, max_iter=500).fit(figures, labels, sample_weight=weights)


def fit_closeness(encoder: Encoder, questions: Encoder) -> Any:
    """A model over the two cosines, of pairs that lists hold, each read."""
    from sklearn.linear_model import LogisticRegression

    pairs, same = rows("lists-train")
    return LogisticRegression(C=10, max_iter=500).fit(_both(pairs, encoder, questions), same)


def cut_offs(close: Any, alike: Any, encoder: Encoder, questions: Encoder) -> tuple[float, float]:
    """The two that fold most of the pairs that ask the same, precisely enough on both kinds of pairs."""
    odds = {}
    for split in ("dev", "lists-dev"):
        pairs, same = rows(split)
        figures = duplicates.features(pairs, encoder)
        near = figures[:, 0] >= duplicates.NEAR  # others are never looked at
        by_model = (close.decision_function(_both(pairs, encoder, questions)), alike.decision_function(figures))
        odds[split] = (*by_model, near, same)

    def folded(split: str, least: float, most: float) -> tuple[float, float]:
        closeness, sameness, near, same = odds[split]
        chosen = near & (closeness >= least) & (sameness >= most)
        return (float(same[chosen].mean()) if chosen.any() else 0.0), float(chosen[same].mean())

    best = (0.0, np.inf, np.inf)
    for least in np.arange(-4, 4, STEP):
        for most in np.arange(-2, 4, STEP):
            written, listed = folded("dev", least, most), folded("lists-dev", least, most)
            if written[0] >= PRECISION and listed[0] >= IN_LISTS:
                best = max(best, (written[1] + listed[1], float(least), float(most)))
    return best[1], best[2]


def close_cut_off(close: Any, encoder: Encoder, questions: Encoder) -> float:
    """The lowest from which pairs of lists are the same or close, precisely enough."""
    odds, right = close.decision_function(_both(rows("lists-dev")[0], encoder, questions)), at_least_close("lists-dev")
    fitting = [least for least in np.arange(-4, 4, STEP) if (odds >= least).any()]
    return float(min(least for least in fitting if right[odds >= least].mean() >= AT_LEAST_CLOSE))


def folding(split: str, encoder: Encoder, questions: Encoder) -> dict[str, float]:
    """Precision and recall of folding, each pair taken as a list of two questions; of pairs of lists, of "close" too.

    Precision of "close" is the share of what is called the same or close that a reader calls so; its recall is the
    share of what is the same.
    """
    pairs, same = rows(split)
    found = [duplicates.alike_questions(pair, encoder, questions) for pair in pairs]
    folded = np.array([bool(one.same) for one in found])
    figures = {
        "precision": float(same[folded].mean()) if folded.any() else 1.0,
        "recall": float(folded[same].mean()),
        "folded": int(folded.sum()),
    }
    if split.startswith("lists-"):
        near = np.array([bool(one.same or one.close) for one in found])
        figures |= {
            "close_precision": float(at_least_close(split)[near].mean()),
            "close_recall": float(near[same].mean()),
            "close": int(near.sum()),
        }
    return figures


def _both(pairs: list[tuple[str, str]], encoder: Encoder, questions: Encoder) -> np.ndarray:
    return np.column_stack([duplicates.cosines(pairs, encoder), duplicates.cosines(pairs, questions)])


if __name__ == "__main__":
    bundled, of_questions = load_encoder(), load_question_encoder()
    near, asking = fit_closeness(bundled, of_questions), fit_sameness(bundled)
    at = cut_offs(near, asking, bundled, of_questions)
    print("CLOSENESS, CLOSENESS_BIAS, FOLD_AT =", near.coef_[0].tolist(), float(near.intercept_[0]), at[0])
    print("CLOSE_AT =", close_cut_off(near, bundled, of_questions))
    print("WEIGHTS, BIAS, SAME_AT =", asking.coef_[0].tolist(), float(asking.intercept_[0]), at[1])
    for name in ("dev", "test", "lists-dev", "lists-test"):
        print(name, folding(name, bundled, of_questions))
