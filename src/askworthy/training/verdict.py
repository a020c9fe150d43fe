"""Companies with judged questions in; `models/verdict/` out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askworthy.company import Company
from askworthy.errors import BadCorpus
from askworthy.evaluation.corpora import text_of
from askworthy.evidence.cues import cue_names, cues
from askworthy.evidence.index import Watch, open_index
from askworthy.evidence.search import Searched, search
from askworthy.findings.features import feature_names, features
from askworthy.findings.logistic import Figures, Logistic, sigmoid
from askworthy.findings.usual import NUMBERS as USUAL
from askworthy.findings.usual import USUALLY, Usual
from askworthy.findings.verdict import NEVER, NUMBERS, VerdictModel
from askworthy.inference.cross_encoder import CrossEncoder
from askworthy.inference.encoder import Encoder
from askworthy.inference.manifest import check_model_target, write_model_folder
from askworthy.records import Passage
from askworthy.training.usual import LABELS, Elsewhere, read_elsewhere, read_rows

FALSE_FLAG_SHARES = (0.01, 0.02, 0.03, 0.05, 0.10, 0.20)
STRENGTHS = (
    0.001,
    0.003,
    0.01,
    0.03,
    0.1,
    0.3,
    1.0,
)  # inverse of the penalty, chosen by cross-validation over companies
FOLDS = 8
SAME_WORDS = 0.5  # share of the shorter text's words that makes a passage the marked one
Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class Judged:
    """The questions of one company, as searched and as people labelled them."""

    company: str
    searched: Sequence[Searched]
    labels: Figures  # (q,): 1 published, 0.5 partly, 0 open
    answers: Sequence[Figures]  # q arrays of (c,): how far each candidate answers, 0 to 1


def train_verdict(
    corpora: Sequence[Path],
    target: Path,
    encoder: Encoder,
    judge: CrossEncoder | None = None,
    *,
    calibrate: Sequence[Path] = (),
    usual: Sequence[Path] = (),
    rated: Path | None = None,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Fit the verdict model and its cut-offs on judged questions, and write it to `target/`.

    Calibration and cut-offs come from companies that the model was not fitted on, so that what is promised of false
    flags is promised for a new company: each company of the corpora left out in turn, and those of `calibrate`, which
    alone decide about the probability where there are any.

    Args:
        corpora: Folders of `<company>.jsonl`, each with the text in `../companies/<company>/`; companies that encoder
            and judge have not learned from, for where they did the judge looks better than it is.
        target: Folder to write.
        calibrate: Folders of the same form, more like the companies to come.
        usual: Folders of the same form, of other companies, from which it is learned what texts usually answer.
        rated: Questions with a reader's view of how many employers publish the answer; see `read_elsewhere`.
        encoder: Searches the companies.
        judge: Judges what was found, if there is one; the model fits this judge's logits and no other's.
        watch: Told how many companies are done.

    Returns:
        What the manifest says: companies, questions, and the figures on left-out companies.

    Raises:
        BadCorpus: There are fewer than two companies, or none of their questions is published, or open.
    """
    check_model_target(target)
    files = [[file for corpus in some for file in sorted(corpus.glob("*.jsonl"))] for some in (corpora, calibrate)]
    done, total = 0, sum(map(len, files))
    judged: list[list[Judged]] = [[], []]
    for some, found in zip(files, judged, strict=True):
        for file in some:
            found.append(read_judged(file, encoder, judge))
            done += 1
            if watch:
                watch("companies", done, total)
    judge_hash = judge.hash if judge else None
    elsewhere = read_elsewhere(usual, rated, encoder)
    model, facts = fit_verdict(
        judged[0], calibrate=judged[1], elsewhere=elsewhere, encoder_hash=encoder.hash, judge_hash=judge_hash
    )
    written = {NUMBERS: model.to_json()} | ({USUAL: model.usual.to_bytes()} if model.usual else {})
    write_model_folder(target, written, {"kind": "verdict"} | facts)
    return facts


def read_judged(file: Path, encoder: Encoder, judge: CrossEncoder | None = None) -> Judged:
    """Search the text of one company for its labelled questions.

    Raises:
        BadCorpus: The file is no list of judged questions.
    """
    try:
        rows = read_rows(file)
        questions, labels = [str(row["question"]) for row in rows], [LABELS[row["label"]] for row in rows]
        marked = [[(str(one["file"]), str(one["quote"])) for one in row.get("evidence", ())] for row in rows]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(f"{file} holds no judged questions ({error}); each line needs question and label") from error
    if not rows:
        raise BadCorpus(f"{file} is empty; each line needs question and label")
    company = Company.open(text_of(file))
    searched = search(questions, open_index(company, encoder), encoder, judge)
    answers = [
        np.array([label if any(marks(quote, one.passage) for quote in quotes) else 0.0 for one in found.candidates])
        for found, label, quotes in zip(searched, labels, marked, strict=True)
    ]
    return Judged(file.stem, searched, np.array(labels), answers)


def fit_verdict(
    judged: Sequence[Judged],
    *,
    encoder_hash: str,
    judge_hash: str | None = None,
    calibrate: Sequence[Judged] = (),
    elsewhere: Elsewhere | None = None,
) -> tuple[VerdictModel, dict[str, Any]]:
    """Fit on c companies; see `train_verdict` for where calibration and cut-offs come from.

    Raises:
        BadCorpus: There are fewer than two companies, or none of their questions is published, or open.
    """
    from sklearn.metrics import roc_auc_score

    labels = np.concatenate([one.labels for one in judged]) if judged else np.zeros(0)
    if len(judged) < 2 or not {0.0, 1.0} <= set(labels.tolist()):
        names = ", ".join(name for name, label in LABELS.items() if label in labels) or "none"
        raise BadCorpus(
            f"found {len(judged)} companies with the labels {names}; expected two or more with published and open"
        )
    # Like questions are left out where weights are fitted, or these would trust a question's own answer elsewhere.
    asked = np.array([found.vector for one in judged for found in one.searched])
    table = _Table(judged, elsewhere.usual(unlike=asked) if elsewhere else None)
    usual = elsewhere.usual() if elsewhere else None
    predictions = {strength: table.left_out(strength) for strength in STRENGTHS}
    strength = min(predictions, key=lambda one: float(_losses(judged, sigmoid(predictions[one])).mean()))
    passage, question = table.fit(np.ones(len(judged), dtype=bool), strength)
    sure = labels != 0.5
    facts: dict[str, Any] = {
        "companies": len(judged),
        "questions": len(labels),
        "strength": strength,
        "auc_left_out": round(float(roc_auc_score(labels[sure], predictions[strength][sure])), 4),
    }
    logits = predictions[strength]
    left_out_open = logits[labels == 0]
    if calibrate:
        labels = np.concatenate([one.labels for one in calibrate])
        logits = _Table(calibrate, usual).logits(passage, question)
        facts |= {"calibrated_on": [one.company for one in calibrate]}
    # The probability speaks of published against open; a partly answered question is neither.
    sure = labels != 0.5
    slope, offset = platt(logits[sure], labels[sure])
    predicted = sigmoid(slope * logits + offset)
    # What is promised of false flags is promised for companies of any kind, so those left out count here as well.
    opens = predicted[labels == 0]
    if calibrate:
        opens = np.concatenate([opens, sigmoid(slope * left_out_open + offset)])
    published_at = {f"{share:.3f}": cut_off(opens, share) for share in FALSE_FLAG_SHARES}
    model = VerdictModel(
        passage=passage,
        question=replace(question, weight=question.weight * slope, bias=question.bias * slope + offset),
        usual=usual,
        published_at=published_at,
        partly_at=_partly_at(labels, predicted, published_at["0.050"]),
        encoder_hash=encoder_hash,
        judge_hash=judge_hash,
    )
    return model, facts


def platt(logits: Figures, labels: Figures) -> tuple[float, float]:
    """The slope and offset that make log-odds calibrated (Platt, 1999)."""
    fitted = Logistic.fit(("logit",), logits[:, None], labels, strength=10.0)
    slope = max(1e-3, float(fitted.weight[0]))  # never turns the order round
    return slope, fitted.bias - float(fitted.mean[0]) * float(fitted.weight[0])


def cut_off(open_probabilities: Figures, share: float) -> float:
    """The lowest probability that at most this share of open questions reaches, by split-conformal counting.

    With n open questions that the model was not fitted on, a new one of the same kind lies above the k-th largest with
    probability k / (n + 1) (Vovk, Gammerman and Shafer, 2005); k is the largest whole number that keeps this within
    the share. `NEVER` when n is too small to promise it.
    """
    k = min(len(open_probabilities), int(np.floor(share * (len(open_probabilities) + 1))))
    return float(np.nextafter(np.sort(open_probabilities)[::-1][k - 1], 2.0)) if k else NEVER


class _Table:
    """The figures of all companies, computed once and fitted many times."""

    def __init__(self, judged: Sequence[Judged], usual: Usual | None) -> None:
        self.judged = judged
        unknown = np.zeros(len(USUALLY))
        self.usually = [
            usual.of(np.array([found.vector for found in one.searched])) if usual else [unknown] * len(one.labels)
            for one in judged
        ]
        self.cues = [[cues(found) for found in one.searched] for one in judged]
        self.judged_too = judged[0].searched[0].logits is not None

    def fit(self, kept: Rows, strength: float) -> tuple[Logistic, Logistic]:
        """Fit both models on the companies that are kept."""
        rows = [n for n, keep in enumerate(kept) if keep]
        passage = Logistic.fit(
            cue_names(judged=self.judged_too),
            np.concatenate([one for n in rows for one in self.cues[n]]),
            np.concatenate([one for n in rows for one in self.judged[n].answers]),
            strength,
        )
        question = Logistic.fit(
            feature_names(judged=self.judged_too),
            np.concatenate([self._features(n, passage) for n in rows]),
            np.concatenate([self.judged[n].labels for n in rows]),
            strength,
        )
        return passage, question

    def left_out(self, strength: float) -> Figures:
        """Each question's log-odds from models fitted without its company, companies in order."""
        found: dict[int, Figures] = {}
        folds = min(FOLDS, len(self.judged))
        for fold in range(folds):
            held = np.arange(len(self.judged)) % folds == fold
            passage, question = self.fit(~held, strength)
            for n in np.flatnonzero(held):
                found[int(n)] = question.logits(self._features(int(n), passage))
        return np.concatenate([found[n] for n in range(len(self.judged))])

    def logits(self, passage: Logistic, question: Logistic) -> Figures:
        """Each question's log-odds from these models, companies in order."""
        return np.concatenate([question.logits(self._features(n, passage)) for n in range(len(self.judged))])

    def _features(self, n: int, passage: Logistic) -> Figures:
        rows = zip(self.judged[n].searched, self.cues[n], self.usually[n], strict=True)
        return np.array([features(one, passage.logits(row), usually) for one, row, usually in rows])


def marks(quote: tuple[str, str], passage: Passage) -> bool:
    """Whether a marked quote stands in a passage, by its words: corpora mark the source's text, marks and all."""
    file, text = quote
    if passage.page.source != file:
        return False
    one, other = (re.findall(r"\w+", side.lower()) for side in (text, passage.text))
    short, long = sorted((one, other), key=len)
    held = set(long)
    return bool(short) and sum(word in held for word in short) / len(short) > max(
        SAME_WORDS, 0.8 if len(short) < 8 else 0
    )


def _losses(judged: Sequence[Judged], predicted: Figures) -> Figures:
    """Each company's mean log loss; companies in order."""
    labels = np.concatenate([one.labels for one in judged])
    p = np.clip(predicted, 1e-6, 1 - 1e-6)
    losses = -(labels * np.log(p) + (1 - labels) * np.log(1 - p))
    ends = np.cumsum([len(one.labels) for one in judged])[:-1]
    return np.array([part.mean() for part in np.split(losses, ends)])


def _partly_at(labels: Figures, predicted: Figures, published_at: float) -> float:
    """The lower cut-off with the best mean F1 of the three verdicts."""
    from sklearn.metrics import f1_score

    truth = (labels * 2).astype(int)

    def score(low: float) -> float:
        return float(f1_score(truth, (predicted >= low).astype(int) + (predicted >= published_at), average="macro"))

    lows = [float(one) for one in np.quantile(predicted, np.linspace(0.02, 0.98, 97)) if one < published_at]
    return max(lows, key=score) if lows else published_at
