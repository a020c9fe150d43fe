"""The bundled models in; the figures that floors are pinned for out.

usage: python tests/quality/figures.py    prints them all, with the hashes of the corpora
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from duplicates import folding

from askworthy.inference.encoder import load_encoder

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "dev"
COMPANIES = ("madetech", "mattermost")


def corpus_hash(*paths: Path) -> str:
    """One hash over files, and over every file below folders."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and ".askworthy" not in file.parts:
                digest.update(file.relative_to(path.parent).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def expected_calibration_error(probabilities: Any, right: Any, bins: int = 10) -> float:
    """The mean gap between probability and share right, over bins of equal width."""
    probabilities, right = np.asarray(probabilities), np.asarray(right, dtype=float)
    bin_of = np.minimum((probabilities * bins).astype(int), bins - 1)
    gaps = [
        abs(probabilities[bin_of == b].mean() - right[bin_of == b].mean()) * (bin_of == b).mean() for b in set(bin_of)
    ]
    return float(sum(gaps))


def aspects(path: Path) -> dict[str, float]:
    """How well a labelled list's aspects and topics are told."""
    from sklearn.metrics import f1_score

    from askworthy.aspects.labeller import Labeller
    from askworthy.inference.encoder import load_encoder

    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    labels = Labeller.load().label([row["question"] for row in rows], load_encoder())
    strict = [label.aspect == row["aspect"] for label, row in zip(labels, rows, strict=True)]
    right = [label.aspect in {row["aspect"], *row.get("also", ())} for label, row in zip(labels, rows, strict=True)]
    in_scope = [name for name in ("role", "organisation", "team") if any(row["aspect"] == name for row in rows)]
    topics = sorted({row["topic"] for row in rows if row["topic"] != "other"})
    figures = {
        "aspect_right": float(np.mean(right)),
        "aspect_strict": float(np.mean(strict)),
        "aspect_macro_f1": float(
            f1_score([row["aspect"] for row in rows], [one.aspect for one in labels], labels=in_scope, average="macro")
        ),
        "topic_macro_f1": float(
            f1_score([row["topic"] for row in rows], [one.topic for one in labels], labels=topics, average="macro")
        ),
        "ece": expected_calibration_error([one.aspect_probability for one in labels], right),
    }
    other = np.array([row["aspect"] == "other" for row in rows])
    if other.sum() >= 20:
        said = np.array([one.aspect == "other" for one in labels])
        figures |= {"other_recall": float(said[other].mean()), "in_scope_kept": float((~said[~other]).mean())}
    return figures


def published(gold: Path) -> dict[str, float]:
    """The whole path on one judged company, scored by the development data's own script."""
    from askworthy import Company, Question, check

    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    rows = score.load(gold)
    report = check(
        [Question(row["question"], id=name) for name, row in rows.items()],
        Company.open(gold.parent.parent / "companies" / gold.stem),
        cache=False,
    )
    return dict(score.score(rows, {one.question.id: one.to_dict() for one in report.findings}))


def employers(folder: Path) -> dict[str, float]:
    """Published told from open, on judged employers that nothing was fitted on."""
    from sklearn.metrics import roc_auc_score

    from askworthy.check import Models
    from askworthy.training.verdict import read_judged

    models = Models.load()
    judged = [read_judged(file, models.encoder) for file in sorted(folder.glob("*.jsonl"))]
    labels = np.concatenate([one.labels for one in judged])
    found = [models.verdict.weigh(one, 0.05) for some in judged for one in some.searched]
    probabilities = np.array([one.probability for one in found])
    sure = labels != 0.5
    flagged = np.array([one.verdict == "published" for one in found])
    return {
        "auc": float(roc_auc_score(labels[sure], probabilities[sure])),
        "false_flags": float(flagged[labels == 0].mean()),
        "flag_recall": float(flagged[labels == 1].mean()),
        "flag_precision": float(labels[flagged].mean()),
    }


def everything() -> dict[str, dict[str, Any]]:
    """Every figure there is data for, by corpus."""
    corpus = ROOT / "corpus"
    found: dict[str, dict[str, Any]] = {}
    for split in ("test", "advice"):
        path = corpus / "questions" / f"{split}.jsonl"
        found[f"questions/{split}"] = {"hash": corpus_hash(path)} | aspects(path)
    pairs = corpus / "duplicates" / "test.jsonl"
    found["duplicates/test"] = {"hash": corpus_hash(pairs)} | folding("test", load_encoder())
    test = corpus / "employers" / "test"
    found["employers/test"] = {"hash": corpus_hash(test)} | employers(test)
    if SHARED.is_dir():
        path = SHARED / "aspects.jsonl"
        found["development/aspects"] = {"hash": corpus_hash(path)} | aspects(path)
        for name in COMPANIES:
            gold = SHARED / "published" / f"{name}.jsonl"
            found[f"development/{name}"] = {"hash": corpus_hash(gold)} | published(gold)
    return found


if __name__ == "__main__":
    json.dump(everything(), sys.stdout, indent=1)
    print()
