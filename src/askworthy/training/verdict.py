"""Companies with judged questions in; `models/verdict/` out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askworthy.company import Company
from askworthy.errors import BadCorpus
from askworthy.evidence.index import Watch, open_index
from askworthy.evidence.search import search
from askworthy.findings.features import feature_names, features
from askworthy.findings.verdict import NUMBERS, VerdictModel
from askworthy.inference.cross_encoder import CrossEncoder
from askworthy.inference.encoder import Encoder
from askworthy.inference.manifest import write_model_folder

FALSE_FLAG_SHARES = (0.01, 0.02, 0.03, 0.05, 0.10, 0.20)
LABELS = {"published": 1.0, "partial": 0.5, "partly": 0.5, "open": 0.0}
STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3)  # inverse of the penalty, chosen by cross-validation over companies
FOLDS = 8


@dataclass(frozen=True)
class Judged:
    """The questions of one company, as figures and as a person labelled them."""

    company: str
    figures: NDArray[np.float64]  # (q, features)
    labels: NDArray[np.float64]  # (q,): 1 published, 0.5 partly, 0 open


def train_verdict(
    corpora: Sequence[Path], target: Path, encoder: Encoder, judge: CrossEncoder, *, watch: Watch | None = None
) -> dict[str, Any]:
    """Fit the verdict model and its cut-offs on judged questions, and write it to `target/`.

    The model's strength and the cut-offs are chosen on predictions for companies left out of the fit, so that what is
    promised of false flags is promised for a new company.

    Args:
        corpora: Folders of `<company>.jsonl`, each with the text in `../companies/<company>/`.
        target: Folder to write.
        encoder: Searches the companies.
        judge: Judges what was found; the model fits this judge's logits and no other's.
        watch: Told how many companies are done.

    Returns:
        What the manifest says: companies, questions, and the figures on left-out companies.

    Raises:
        BadCorpus: There are fewer than two companies, or no question of either kind.
    """
    files = [file for corpus in corpora for file in sorted(corpus.glob("*.jsonl"))]
    judged = []
    for done, file in enumerate(files, start=1):
        judged.append(read_judged(file, encoder, judge))
        if watch:
            watch("companies", done, len(files))
    if len(judged) < 2:
        raise BadCorpus(f"found {len(judged)} judged companies, expected two or more; name folders of <company>.jsonl")
    model, facts = fit_verdict(judged, judge_hash=judge.hash)
    write_model_folder(target, {NUMBERS: model.to_json()}, {"kind": "verdict", "encoder": encoder.hash} | facts)
    return facts


def read_judged(file: Path, encoder: Encoder, judge: CrossEncoder) -> Judged:
    """Run the path up to the figures for the labelled questions of one company.

    Raises:
        BadCorpus: The file is no list of judged questions.
    """
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        questions, labels = [str(row["question"]) for row in rows], [LABELS[row["label"]] for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadCorpus(f"{file} holds no judged questions ({error}); each line needs question and label") from error
    if not rows:
        raise BadCorpus(f"{file} is empty; each line needs question and label")
    company = Company.open(file.parent.parent / "companies" / file.stem)
    found = search(questions, open_index(company, encoder), encoder, judge)
    figures = np.array([features(one) for one in found])
    return Judged(file.stem, figures, np.array(labels))


def fit_verdict(judged: Sequence[Judged], *, judge_hash: str | None) -> tuple[VerdictModel, dict[str, Any]]:
    """Fit on c companies; strength and cut-offs come from predictions for companies that were left out."""
    from sklearn.metrics import roc_auc_score

    figures = np.concatenate([one.figures for one in judged])
    labels = np.concatenate([one.labels for one in judged])
    companies = np.concatenate([[one.company] * len(one.labels) for one in judged])
    left_out = {strength: _left_out(figures, labels, companies, strength) for strength in STRENGTHS}
    strength = min(STRENGTHS, key=lambda one: _log_loss(labels, left_out[one]))
    predicted = left_out[strength]
    mean, weight, bias = _fit(figures, labels, strength)
    sure = labels != 0.5
    model = VerdictModel(
        names=feature_names(),
        mean=mean,
        weight=weight,
        bias=bias,
        published_at={f"{share:.3f}": cut_off(predicted[labels == 0], share) for share in FALSE_FLAG_SHARES},
        partly_at=_partly_at(labels, predicted, cut_off(predicted[labels == 0], 0.05)),
        judge_hash=judge_hash,
    )
    return model, {
        "companies": len(judged),
        "questions": len(labels),
        "strength": strength,
        "auc_left_out": round(float(roc_auc_score(labels[sure], predicted[sure])), 4),
        "log_loss_left_out": round(_log_loss(labels, predicted), 4),
    }


def cut_off(open_probabilities: NDArray[np.float64], share: float) -> float:
    """The lowest probability that at most this share of open questions reaches, by split-conformal counting.

    With n open questions that the model was not fitted on, a new one of the same kind lies above the k-th largest with
    probability k / (n + 1) (Vovk, Gammerman and Shafer, 2005); k is the largest whole number that keeps this within
    the share. 1 when n is too small to promise it.
    """
    n = len(open_probabilities)
    k = int(np.floor(share * (n + 1)))
    return float(np.nextafter(np.sort(open_probabilities)[::-1][k - 1], 2.0)) if k else 1.0


def _left_out(
    figures: NDArray[np.float64], labels: NDArray[np.float64], companies: NDArray[Any], strength: float
) -> NDArray[np.float64]:
    """Each company's probabilities from a model fitted without it."""
    names = sorted(set(companies))
    predicted = np.zeros(len(labels))
    for fold in range(min(FOLDS, len(names))):
        held = np.isin(companies, names[fold :: min(FOLDS, len(names))])
        mean, weight, bias = _fit(figures[~held], labels[~held], strength)
        predicted[held] = 1 / (1 + np.exp(-((figures[held] - mean) @ weight + bias)))
    return predicted


def _fit(
    figures: NDArray[np.float64], labels: NDArray[np.float64], strength: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """A ridge logistic model; a `partly` counts half as published and half as open."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = figures.mean(axis=0), figures.std(axis=0)
    scale[scale == 0] = 1
    scaled = (figures - mean) / scale
    twice = np.concatenate([scaled, scaled])
    answers = np.concatenate([np.ones(len(labels)), np.zeros(len(labels))])
    shares = np.concatenate([labels, 1 - labels])
    kept = shares > 0
    fitted = LogisticRegression(C=strength, max_iter=2000).fit(twice[kept], answers[kept], sample_weight=shares[kept])
    return mean, fitted.coef_[0] / scale, float(fitted.intercept_[0])


def _log_loss(labels: NDArray[np.float64], predicted: NDArray[np.float64]) -> float:
    p = np.clip(predicted, 1e-6, 1 - 1e-6)
    return float(-(labels * np.log(p) + (1 - labels) * np.log(1 - p)).mean())


def _partly_at(labels: NDArray[np.float64], predicted: NDArray[np.float64], published_at: float) -> float:
    """The lower cut-off with the best mean F1 of the three verdicts."""
    from sklearn.metrics import f1_score

    truth = (labels * 2).astype(int)

    def score(low: float) -> float:
        return float(f1_score(truth, (predicted >= low).astype(int) + (predicted >= published_at), average="macro"))

    return max((float(one) for one in np.quantile(predicted, np.linspace(0.02, 0.98, 97)) if one < published_at), key=score)
