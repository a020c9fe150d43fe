"""Labelled questions in; a scikit-learn estimator that labels others out.

This is the one module of `aspects` that imports scikit-learn: labelling a list needs `Labeller` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin  # noqa: TID253 - an estimator has to be scikit-learn's
from sklearn.linear_model import LogisticRegression  # noqa: TID253
from sklearn.model_selection import StratifiedKFold  # noqa: TID253
from sklearn.utils.validation import check_is_fitted  # noqa: TID253

from askworthy.aspects.labeller import SEPARATOR, Labeller
from askworthy.aspects.taxonomy import OTHER
from askworthy.aspects.words import WordWeights
from askworthy.inference.encoder import Encoder, RememberingEncoder, load_encoder, load_question_encoder

UNSURE_SHARE = 0.08  # of the training questions, cross-validated, that are marked unsure
TEMPERATURES = np.geomspace(0.3, 3.0, 60)
FAVOURS = np.arange(1, 41) * 0.05  # log-odds that `other` may be given


class AspectClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression over a question's vector and its words, with calibrated probabilities.

    X is a sequence of n texts and y of n class names; a name may be an aspect, or an aspect and a topic as
    "role/tasks". Works with `clone`, Pipeline, `cross_val_score` and searches.

    Args:
        encoder: A sentence-transformers name or path; None for the bundled encoder of questions.
        strength: Inverse of the penalty on weights, above 0.
        word_scale: How much words weigh beside the vector; 0 leaves them out.
        folds: Parts for the cross-validation that calibrates; with fewer than two examples of a class it is left out.
        seed: Of the folds.

    Attributes:
        classes_: The class names, sorted.
        labeller_: What was learned, as plain arrays; `labeller_.save(folder)` keeps it.
    """

    def __init__(
        self,
        encoder: str | None = None,
        strength: float = 10.0,
        word_scale: float = 0.8,
        folds: int = 5,
        seed: int = 0,
    ) -> None:
        self.encoder = encoder
        self.strength = strength
        self.word_scale = word_scale
        self.folds = folds
        self.seed = seed

    def fit(
        self,
        X: Sequence[str],  # noqa: N803 - scikit-learn's name
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Learn from n texts and their n class names.

        Args:
            X: The texts.
            y: Their class names.
            sample_weight: (n,) how much each counts, 1 if not given.

        Raises:
            ValueError: X and y differ in length, are empty, or y has fewer than two classes.
        """
        texts, names = _texts(X), np.asarray(y, dtype=str)
        if len(texts) != len(names) or not texts:
            raise ValueError(
                f"found {len(texts)} texts and {len(names)} labels; expected as many of both, at least one"
            )
        self.classes_, coded = np.unique(names, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"found one class, {str(self.classes_[0])!r}; expected two or more")
        rows = self._encoder.encode(texts)
        words = WordWeights((), np.zeros(0, dtype=np.float32))
        if self.word_scale:
            words = WordWeights.learn(texts)
            rows = np.hstack([rows, self.word_scale * words.transform(texts)])
        weights = None if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        temperature, unsure_below = self._calibrated(rows, coded, weights)
        fitted = _regression(self.strength).fit(rows, coded, sample_weight=weights)
        weight, bias = fitted.coef_, fitted.intercept_
        if len(self.classes_) == 2:  # scikit-learn keeps one row for two classes
            weight, bias = np.vstack([-weight, weight]) / 2, np.concatenate([-bias, bias]) / 2
        self.labeller_ = Labeller(
            classes=tuple(str(name) for name in self.classes_),
            words=words,
            word_scale=self.word_scale,
            weight=weight.T.astype(np.float32),
            bias=bias.astype(np.float32),
            temperature=temperature,
            unsure_below=unsure_below,
            encoder_hash=self._encoder.hash,
        )
        self.n_features_in_ = 1
        return self

    def take_over(self, classes: Sequence[str], matrix: ArrayLike, bias: ArrayLike, encoder: Encoder) -> Self:
        """Label by a matrix that was learned together with the encoder, in place of `fit`.

        Args:
            classes: c class names, sorted.
            matrix: What a unit vector is multiplied with: (c, d).
            bias: (c,).
            encoder: That encoder.
        """
        self.encoder_ = encoder
        self.classes_ = np.array(classes)
        self.labeller_ = Labeller(
            classes=tuple(classes),
            words=WordWeights((), np.zeros(0, dtype=np.float32)),
            word_scale=0.0,
            weight=np.asarray(matrix, dtype=np.float32).T.copy(),
            bias=np.asarray(bias, dtype=np.float32),
            temperature=1.0,
            unsure_below=0.0,
            encoder_hash=self._encoder.hash,
        )
        self.n_features_in_ = 1
        return self

    def calibrate(
        self,
        X: Sequence[str],  # noqa: N803
        y: ArrayLike,
        *,
        also: Sequence[Collection[str]] | None = None,
        keep: float | None = None,
    ) -> Self:
        """Set the probabilities by n other texts and their class names, in place of the cross-validation's figures.

        For an encoder that has seen the questions of `fit`, whose vectors flatter every fold of these. What is
        promised by an aspect's probability is that somebody who reads the question finds it right.

        Args:
            X: The texts.
            y: Their class names.
            also: For each, further aspects that are right as well.
            keep: The aspect `other` is favoured as far as this share, 0 to 1, of what is not `other` is still kept;
                None favours nothing.

        Raises:
            ValueError: A class name is none of `classes_`.
        """
        check_is_fitted(self, "labeller_")
        texts, names = _texts(X), np.asarray(y, dtype=str)
        if unknown := sorted({*names.tolist()} - {*self.classes_.tolist()}):
            raise ValueError(f"found the class {unknown[0]!r}; expected one of those it was fitted on")
        plain = replace(self.labeller_, temperature=1.0)
        logits = np.log(plain.probabilities(texts, self._encoder.encode(texts)) + 1e-12)
        temperature, unsure_below = self._tempered(logits, np.searchsorted(self.classes_, names))
        self.labeller_ = replace(self.labeller_, temperature=temperature, unsure_below=unsure_below)
        if keep is not None:
            self.labeller_ = self._favouring_other(texts, names, keep)
        right = [{name.split(SEPARATOR)[0], *more} for name, more in zip(names, also or [()] * len(names), strict=True)]
        self.labeller_ = self._as_sure_as_right(texts, right)
        return self

    def _favouring_other(self, texts: list[str], names: NDArray[Any], keep: float) -> Labeller:
        """Of these labellers, the one that calls most texts `other` and keeps that share of those that are not."""
        is_other = np.array([name.split(SEPARATOR)[0] == OTHER for name in self.classes_])
        in_scope = [text for text, name in zip(texts, names, strict=True) if name.split(SEPARATOR)[0] != OTHER]
        chosen = self.labeller_
        for favour in FAVOURS * chosen.temperature:
            tried = replace(self.labeller_, bias=(self.labeller_.bias + favour * is_other).astype(np.float32))
            labels = tried.labels(tried.probabilities(in_scope, self._encoder.encode(in_scope)))
            if sum(one.aspect != OTHER for one in labels) < keep * len(labels):
                break
            chosen = tried
        return chosen

    def _as_sure_as_right(self, texts: list[str], right: Sequence[Collection[str]]) -> Labeller:
        """The labeller with the temperature by which its aspects' probabilities tell best whether they are right."""
        vectors = self._encoder.encode(texts)

        def told(temperature: float) -> tuple[float, Labeller]:
            tried = replace(self.labeller_, temperature=float(temperature))
            labels = tried.labels(tried.probabilities(texts, vectors))
            sure = np.array([one.aspect_probability for one in labels])
            is_right = np.array([one.aspect in some for one, some in zip(labels, right, strict=True)])
            loss = -np.log(np.where(is_right, sure, 1 - sure) + 1e-12).mean()
            return float(loss), replace(tried, unsure_below=float(np.quantile(sure, UNSURE_SHARE)))

        return min(map(told, TEMPERATURES * self.labeller_.temperature), key=lambda one: one[0])[1]

    def predict_proba(self, X: Sequence[str]) -> NDArray[np.float64]:  # noqa: N803
        """The calibrated probability of each class for n texts: (n, classes), columns as in `classes_`."""
        check_is_fitted(self, "labeller_")
        texts = _texts(X)
        return self.labeller_.probabilities(texts, self._encoder.encode(texts))

    def predict(self, X: Sequence[str]) -> NDArray[np.str_]:  # noqa: N803
        """The likeliest class of each of n texts."""
        best = self.predict_proba(X).argmax(axis=1)
        chosen: NDArray[np.str_] = self.classes_[best]
        return chosen

    def save(self, folder: str | Path) -> None:
        """Write what was learned to a folder, for `--aspects` and for `Labeller.load`; no pickle."""
        check_is_fitted(self, "labeller_")
        self.labeller_.save(Path(folder))

    @property
    def _encoder(self) -> Encoder:
        # Kept by name in one place for all clones: a cross-validation makes dozens.
        return getattr(self, "encoder_", None) or _encoder_of(self.encoder)

    def _calibrated(self, rows: NDArray[Any], coded: NDArray[Any], weights: NDArray[Any] | None) -> tuple[float, float]:
        """A temperature for the logits and the aspect probability under which a label is unsure."""
        folds = min(self.folds, int(np.bincount(coded).min()))
        if folds < 2:
            return 1.0, 0.0
        logits = np.zeros((len(coded), len(self.classes_)))
        for train, held in StratifiedKFold(folds, shuffle=True, random_state=self.seed).split(rows, coded):
            counting = None if weights is None else weights[train]
            fitted = _regression(self.strength).fit(rows[train], coded[train], sample_weight=counting)
            found = fitted.decision_function(rows[held])
            logits[held] = found if found.ndim == 2 else np.stack([-found, found], axis=1) / 2
        return self._tempered(logits, coded)

    def _tempered(self, logits: NDArray[Any], coded: NDArray[Any]) -> tuple[float, float]:
        temperature = min(TEMPERATURES, key=lambda one: _log_loss(logits / one, coded))
        by_class = _softmax(logits / temperature)
        aspects = [name.split(SEPARATOR)[0] for name in self.classes_]
        by_aspect = np.stack(
            [by_class[:, [one == aspect for one in aspects]].sum(axis=1) for aspect in sorted(set(aspects))], axis=1
        )
        return float(temperature), float(np.quantile(by_aspect.max(axis=1), UNSURE_SHARE))


@cache
def _encoder_of(name: str | None) -> Encoder:
    # A cross-validation shows it each text dozens of times.
    return RememberingEncoder(load_encoder(name) if name else load_question_encoder())


def _regression(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=3000)


def _texts(X: Any) -> list[str]:  # noqa: N803
    found = np.asarray(X, dtype=object)
    if not found.ndim:  # numpy takes a generator for one thing, too
        raise ValueError(f"found one {type(X).__name__}, expected a sequence of texts; put it in a list")
    return [str(one) for one in found.ravel()]


def _softmax(logits: NDArray[Any]) -> NDArray[np.float64]:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = odds / odds.sum(axis=1, keepdims=True)
    return shares


def _log_loss(logits: NDArray[Any], coded: NDArray[Any]) -> float:
    return float(-np.log(_softmax(logits)[np.arange(len(coded)), coded] + 1e-12).mean())
