"""corpus/questions in; the labeller beside simpler ones, its learning curve, confusions and worst errors, out.

usage: python tests/quality/aspects_compared.py [SEEDS]    ten by default; half a minute each on one core
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from askworthy.aspects.classifier import AspectClassifier
from askworthy.aspects.labeller import SEPARATOR

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "dev" / "aspects.jsonl"
KEPT = 0.9  # of the training questions, drawn anew with every seed
CURVE = (0.05, 0.1, 0.25, 0.5, 1.0)
WORST = 20
ASPECTS = ("role", "organisation", "team")

Rows = list[dict[str, Any]]


def read(path: Path) -> Rows:
    """Labelled questions."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def ours() -> Any:
    """What `train aspects` fits, without the calibration, which moves no label; not how the bundled one is learned."""
    return AspectClassifier(folds=1)


def tf_idf() -> Any:
    """Words and pairs of words with a logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    return make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=10, max_iter=1000)
    )


def minilm() -> Any:
    """The plain upstream encoder with a logistic regression."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    return make_pipeline(FunctionTransformer(_upstream), LogisticRegression(C=10, max_iter=1000))


_vectors: dict[str, np.ndarray] = {}


def _upstream(texts: Sequence[str]) -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    from askworthy.training.upstream import upstream_folder

    new = [text for text in dict.fromkeys(texts) if text not in _vectors]
    if new:
        model = SentenceTransformer(str(upstream_folder()), local_files_only=True, device="cpu")
        _vectors.update(zip(new, model.encode(new, normalize_embeddings=True, show_progress_bar=False), strict=True))
    return np.array([_vectors[text] for text in texts])


def fitted(make: Callable[[], Any], rows: Rows) -> Any:
    """A model that has learned these questions."""
    return make().fit([row["question"] for row in rows], [f"{row['aspect']}{SEPARATOR}{row['topic']}" for row in rows])


def scores(model: Any, rows: Rows) -> tuple[float, float, float]:
    """Share of aspects that are right, and macro F1 of aspects and of topics."""
    from sklearn.metrics import f1_score

    said = [name.split(SEPARATOR) for name in model.predict([row["question"] for row in rows])]
    aspects, topics = [one for one, _ in said], [one for _, one in said]
    right = np.mean([one in {row["aspect"], *row["also"]} for one, row in zip(aspects, rows, strict=True)])
    gold = sorted({row["topic"] for row in rows} - {"other"})
    return (
        float(right),
        float(f1_score([row["aspect"] for row in rows], aspects, average="macro", labels=ASPECTS)),
        float(f1_score([row["topic"] for row in rows], topics, average="macro", labels=gold)),
    )


def main(seeds: int = 10) -> None:
    """Print it all."""
    train, test = (
        read(ROOT / "corpus" / "questions" / "train.jsonl"),
        read(ROOT / "corpus" / "questions" / "test.jsonl"),
    )
    sets = {"test": test} | ({"lists": read(SHARED)} if SHARED.exists() else {})
    print("right, macro F1 of aspects, macro F1 of topics; mean and deviation over seeds")
    for make in (tf_idf, minilm, ours):
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in sets}
        for seed in range(seeds):
            model = fitted(make, random.Random(seed).sample(train, int(KEPT * len(train))))
            for name, rows in sets.items():
                found[name].append(scores(model, rows))
        for name, some in found.items():
            mean, deviation = np.mean(some, axis=0), np.std(some, axis=0)
            print(
                make.__name__, name, *(f"{m:.3f} ({d:.3f})" for m, d in zip(mean, deviation, strict=True)), flush=True
            )
    for share in CURVE:
        model = fitted(ours, random.Random(0).sample(train, int(share * len(train))))
        print("curve", int(share * len(train)), *(f"{one:.3f}" for one in scores(model, test)), flush=True)
    probabilities = model.predict_proba([row["question"] for row in test])
    labels = model.labeller_.labels(probabilities)
    print("confused", Counter((row["aspect"], one.aspect) for row, one in zip(test, labels, strict=True)).most_common())
    wrong = [
        (one.aspect_probability, row["question"], row["aspect"], row["topic"], one.aspect, one.topic)
        for row, one in zip(test, labels, strict=True)
        if one.aspect not in {row["aspect"], *row["also"]}
    ]
    for line in sorted(wrong, reverse=True)[:WORST]:
        print("worst", *line)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
