"""A corpus and the name of a simple method in; its rows, cross-fitted so that none has seen its own answer, out."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from askworthy.errors import BadCorpus
from askworthy.evaluation.measures import WORTH
from askworthy.evaluation.published import Opened, first_hit, first_rank
from askworthy.evaluation.rows import Row, Shown
from askworthy.evidence.index import Watch
from askworthy.findings.logistic import sigmoid
from askworthy.inference.encoder import Encoder, load_encoder
from askworthy.records import Evidence
from askworthy.training.verdict import cut_off, platt

FOLDS = 5
SHOWN = 3
SIMPLE = {"tfidf", "bm25", "cosine"}  # any other name is a model's


_named = cache(load_encoder)


def check_baselines(kind: str, names: Sequence[str]) -> None:
    """Refuse a baseline that there is not, before the work and not after it.

    Raises:
        BadCorpus: A corpus of this kind has nothing for it.
        BadModel: No such model can be loaded.
    """
    for name in names:
        if kind == "aspects" and name == "bm25":
            raise BadCorpus("bm25 ranks passages and an aspects corpus has none; use tfidf, cosine or a model's name")
        if name not in SIMPLE:
            _ = _named(name).hash  # loads it


def baseline_encoder(name: str, bundled: Encoder) -> Encoder | None:
    """The encoder that a baseline needs: the bundled one for cosine, none for word methods, or one by its name."""
    if name in {"tfidf", "bm25"}:
        return None
    return bundled if name == "cosine" else _named(name)


def published_baseline(
    opened: Sequence[Opened],
    rows: Sequence[Row],
    name: str,
    bundled: Encoder,
    *,
    max_false_flags: float,
    watch: Watch | None = None,
) -> list[Row]:
    """Rank each company's passages by one likeness, and take the best one's for the answer.

    Probabilities and cut-offs are fitted on the other companies, or on the other folds of questions where there is one
    company; the partly cut-off is the median of the partly questions there.

    Raises:
        BadCorpus: The corpus has no open or no published questions to fit on.
    """
    encoder = baseline_encoder(name, bundled)
    likeness: list[float] = []
    found: list[Row] = []
    by_key = {row.key: row for row in rows}
    for done, one in enumerate(opened, start=1):
        passages = one.index.text.passages
        table = _likeness(one, name, encoder, bundled)
        for row, values in zip(one.rows, table, strict=True):
            best = np.argsort(-values, kind="stable")
            top = [passages[p] for p in best[:50]]
            evidence = [Evidence(p.page.source, p.text, p.start, p.end, 0.0) for p in top[:SHOWN]]
            found.append(
                replace(
                    by_key[f"{one.employer.name}/{row.id}"],
                    evidence=tuple(Shown(e.source, e.quote) for e in evidence),
                    hit=first_hit(evidence, row.quotes),
                    rank=first_rank(top, row.quotes),
                )
            )
            likeness.append(float(values[best[0]]))
        if watch:
            watch(f"baseline {name}", done, len(opened))
    return _decided(found, np.array(likeness), max_false_flags)


def aspects_baseline(rows: Sequence[Row], name: str, bundled: Encoder) -> list[Row]:
    """Learn the labels by logistic regression on words or vectors, five folds, each scored by the other four.

    Raises:
        BadCorpus: Fewer than two labels have five rows, or the method has nothing to learn from.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    check_baselines("aspects", [name])
    gold = np.array([row.gold for row in rows])
    names, counts = np.unique(gold, return_counts=True)
    if (counts >= FOLDS).sum() < 2:
        raise BadCorpus(
            f"a baseline needs two labels of {FOLDS} rows or more to learn; found {int((counts >= FOLDS).sum())}"
        )
    texts = [row.question for row in rows]
    learner: Any = LogisticRegression(C=10.0, max_iter=1000)
    if encoder := baseline_encoder(name, bundled):
        inputs: Any = encoder.encode(texts)
    else:
        inputs, learner = texts, make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), learner)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of labels too rare for every fold: they are then not learned there, as in life
        table = cross_val_predict(learner, inputs, gold, cv=folds, method="predict_proba").clip(0, 1)
    return [
        replace(row, said=str(names[one.argmax()]), probability=float(one.max()), sure=True)
        for row, one in zip(rows, table, strict=True)
    ]


def _likeness(one: Opened, name: str, encoder: Encoder | None, bundled: Encoder) -> Any:
    """How like each question (rows) is to each passage (columns)."""
    texts = [row.question for row in one.rows]
    passages = [passage.with_heading for passage in one.index.text.passages]
    if name == "bm25":
        return np.array([one.index.lexical.match(text)[0] for text in texts])
    if encoder is None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        words = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit(passages)
        return (words.transform(texts) @ words.transform(passages).T).toarray()
    known = one.index.vectors if encoder is bundled else encoder.encode(passages)
    return encoder.encode(texts) @ known.T


def _decided(rows: Sequence[Row], likeness: Any, share: float) -> list[Row]:
    labels = np.array([WORTH[row.gold] for row in rows])
    groups = np.array([row.group for row in rows])
    names = sorted(set(groups.tolist()))
    fold = np.arange(len(rows)) % FOLDS if len(names) == 1 else np.searchsorted(names, groups)
    said, probability = np.full(len(rows), "open", dtype=object), np.zeros(len(rows))
    for held in np.unique(fold):
        learn, test = fold != held, fold == held
        if not {0.0, 1.0} <= set(labels[learn].tolist()):
            raise BadCorpus("a baseline is fitted on published and open questions of other companies; found too few")
        mean, spread = likeness[learn].mean(), likeness[learn].std() + 1e-9
        slope, offset = platt((likeness[learn] - mean) / spread, labels[learn])
        p = sigmoid(slope * (likeness - mean) / spread + offset)
        high = cut_off(p[learn & (labels == 0)], share)
        partly = p[learn & (labels == 0.5)]
        low = min(high, float(np.median(partly))) if len(partly) else high
        probability[test] = p[test]
        said[test] = np.where(p[test] >= high, "published", np.where(p[test] >= low, "partly", "open"))
    return [
        replace(row, said=str(s), probability=round(float(p), 6))
        for row, s, p in zip(rows, said, probability, strict=True)
    ]
