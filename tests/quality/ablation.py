"""Judged employers in; what each step of the verdict adds, with and without it, out.

usage: python tests/quality/ablation.py FITTED NEW...    folders of <company>.jsonl; minutes, most of it judging

Every row is a verdict model of fewer figures. It is fitted on FITTED's companies: each is measured with a model that
was fitted without it, and those of NEW with a model of them all. `python tests/quality/ablation.py
corpus/employers/lists-dev DEVELOPMENT/published` gives the table of models/verdict/CARD.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from askworthy.check import MAX_FALSE_FLAGS
from askworthy.findings.logistic import Figures, Logistic, sigmoid
from askworthy.findings.usual import USUALLY
from askworthy.findings.verdict import VerdictModel
from askworthy.inference.cross_encoder import load_cross_encoder
from askworthy.inference.encoder import load_encoder
from askworthy.training import verdict as v
from askworthy.training.usual import read_elsewhere

STRENGTH = 0.03
GOAL, DRAWS = 0.05, 2000  # of the calibration error
CORPUS = Path(__file__).resolve().parents[2] / "corpus"
USUAL, RATED = CORPUS / "employers" / "lists-train", CORPUS / "usual" / "ratings.jsonl"
FORM = ("words_asked", "asks_opinion", "yes_no", "statement", "several_parts")
FOUND = ("cosine_max", "bm25_max", "max_sim_max")
STEPS = {
    "the highest cosine": FOUND[:1],
    "the highest BM25": FOUND[1:2],
    "the highest MaxSim": FOUND[2:],
    "the three together": FOUND,
    "+ the question's form": (*FOUND, *FORM),
    "+ the judge's highest logit": (*FOUND, *FORM, "judge_max"),
}


def main(fitted: str, *new: str) -> None:
    """Print auc, published against open, and the calibration error, a row for each step."""
    encoder, judge = load_encoder(), load_cross_encoder()
    known = [v.read_judged(file, encoder, judge) for file in sorted(Path(fitted).glob("*.jsonl"))]
    others = [v.read_judged(file, encoder, judge) for folder in new for file in sorted(Path(folder).glob("*.jsonl"))]
    print("auc and calibration error:", "left out,", ", ".join(one.company for one in others))
    for name, columns in STEPS.items():
        _row(name, known, others, *_few(columns, known, others))
    asked = np.array([found.vector for one in known for found in one.searched])
    elsewhere = read_elsewhere([USUAL], RATED, encoder)
    plain = None, None
    labelled = _without_ratings(elsewhere.usual(unlike=asked)), _without_ratings(elsewhere.usual())
    whole = elsewhere.usual(unlike=asked), elsewhere.usual()
    for name, (for_known, for_others) in {
        "all of the search's and the judge's figures, passages weighed": plain,
        "+ what other employers' texts answer": labelled,
        "+ what readers expect (the verdict model)": whole,
    }.items():
        table = v._Table(known, for_known)
        passage, question = table.fit(np.ones(len(known), dtype=bool), STRENGTH)
        _row(name, known, others, table.left_out(STRENGTH), v._Table(others, for_others).logits(passage, question))
    bundled = VerdictModel.load()
    print("as bundled, calibrated on its own companies; and what perfect probabilities would have")
    for one in others:
        weighed = [bundled.weigh(found, MAX_FALSE_FLAGS).probability for found in one.searched]
        sure = one.labels != 0.5
        found = np.array(weighed)[sure]
        chance = _by_chance(found)
        print(
            f"{one.company}: {sure.sum()} questions, ece {_ece(found, one.labels[sure]):.3f}; by chance "
            f"{chance.mean():.3f}, {GOAL} or less in {(chance <= GOAL).mean():.3f} of draws"
        )


def _few(columns: tuple[str, ...], known: list[v.Judged], others: list[v.Judged]) -> tuple[Figures, Figures]:
    """Log-odds from these figures alone, of left-out companies and of new ones."""
    rows = [_figures(one, columns) for one in known]
    labels = [one.labels for one in known]
    left_out = []
    for held in range(len(known)):
        some = [n for n in range(len(known)) if n != held]
        left_out.append(_fit(columns, [rows[n] for n in some], [labels[n] for n in some]).logits(rows[held]))
    of_all = _fit(columns, rows, labels)
    return np.concatenate(left_out), np.concatenate([of_all.logits(_figures(one, columns)) for one in others])


def _fit(columns: tuple[str, ...], rows: list[Figures], labels: list[Figures]) -> Logistic:
    return Logistic.fit(columns, np.concatenate(rows), np.concatenate(labels), STRENGTH)


def _figures(one: v.Judged, columns: tuple[str, ...]) -> Figures:
    names = (*v.feature_names(judged=True), "bm25_max")
    places = [names.index(name) for name in columns]
    rows = []
    for found in one.searched:
        figures = v.features(found, np.zeros(len(found.candidates)))
        rows.append(np.append(figures, np.log1p(max(each.bm25 for each in found.candidates)))[places])
    return np.array(rows)


def _without_ratings(usual: object) -> object:
    """What is usually answered by the labels alone: the ratings' two figures are the same for all."""

    class Labels:
        def of(self, vectors: Figures) -> Figures:
            found = np.array(usual.of(vectors))  # type: ignore[attr-defined]
            found[:, 1:] = 0
            return found

    assert len(USUALLY) == 3
    return Labels()


def _row(name: str, known: list[v.Judged], others: list[v.Judged], left_out: Figures, new: Figures) -> None:
    labels = np.concatenate([one.labels for one in known])
    sure = labels != 0.5
    slope, offset = v.platt(left_out[sure], labels[sure])
    cells = [_cell(left_out, labels, slope, offset)]
    start = 0
    for one in others:
        cells.append(_cell(new[start : start + len(one.labels)], one.labels, slope, offset))
        start += len(one.labels)
    print(f"{name}: {'; '.join(cells)}", flush=True)


def _cell(logits: Figures, labels: Figures, slope: float, offset: float) -> str:
    sure = labels != 0.5
    plain, set_right = sigmoid(logits[sure]), sigmoid(slope * logits[sure] + offset)
    truth = labels[sure]
    return (
        f"auc {roc_auc_score(truth, logits[sure]):.3f}, ece {_ece(plain, truth):.3f} -> {_ece(set_right, truth):.3f}"
        f" (perfect ones: {_by_chance(set_right).mean():.3f})"
    )


def _by_chance(probabilities: Figures) -> Figures:
    """Calibration errors of perfect probabilities, a draw each: so few questions never hit their bins' means."""
    dice = np.random.default_rng(0)
    draws = [dice.random(len(probabilities)) < probabilities for _ in range(DRAWS)]
    return np.array([_ece(probabilities, truth.astype(float)) for truth in draws])


def _ece(probabilities: Figures, truth: Figures) -> float:
    bins = np.minimum((probabilities * 10).astype(int), 9)
    gaps = [abs(probabilities[bins == n].mean() - truth[bins == n].mean()) * (bins == n).mean() for n in set(bins)]
    return float(np.sum(gaps))


if __name__ == "__main__":
    main(*sys.argv[1:])
