"""The bundled models in; the figures that floors are pinned for out.

usage: python tests/quality/figures.py    prints them all, with the hashes of the corpora
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from duplicates import folding

from askworthy.evaluation import figures as f
from askworthy.evaluation.corpora import corpus_hash
from askworthy.inference.encoder import load_question_encoder
from askworthy.inference.pair_reader import PairReader

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "dev"
COMPANIES = ("madetech", "mattermost")
JUDGED = (
    "auc", "ap", "auc_any", "flag_precision", "flag_recall", "false_flags", "macro_f1", "evidence_at_1",
    "evidence_at_3", "ece",
)  # fmt: skip


def aspects(path: Path) -> dict[str, float]:
    """How well a labelled list's aspects and topics are told."""
    from askworthy.aspects.labeller import Labeller

    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    labels = Labeller.load().label([row["question"] for row in rows], load_question_encoder())
    ones, every = np.ones((1, len(rows))), np.ones(len(rows), dtype=bool)
    gold, said = np.array([row["aspect"] for row in rows]), np.array([one.aspect for one in labels])
    topic, said_topic = np.array([row["topic"] for row in rows]), np.array([one.topic for one in labels])
    right = np.array([one in {row["aspect"], *row.get("also", ())} for one, row in zip(said, rows, strict=True)])
    in_scope = [name for name in ("role", "organisation", "team") if name in gold]
    probability = np.array([one.aspect_probability for one in labels])
    found = {
        "aspect_right": f.share(ones, right, every),
        "aspect_strict": f.share(ones, gold == said, every),
        "aspect_macro_f1": f.macro_f1(ones, gold, said, in_scope),
        "topic_macro_f1": f.macro_f1(ones, topic, said_topic, sorted({*topic} - {"other"})),
        "ece": f.calibration_error(ones, probability, right, every),
    }
    other = gold == "other"
    if other.sum() >= 20:
        found["other_recall"] = f.share(ones, said == "other", other)
        found["in_scope_kept"] = f.share(ones, said != "other", ~other)
    return {name: float(one[0]) for name, one in found.items()}


def published(gold: Path) -> dict[str, float | None]:
    """The whole path on one judged company."""
    from askworthy.check import Models
    from askworthy.evaluation.evaluate import evaluate_published

    run = evaluate_published(gold, Models.load(), count=1).run
    return {"n": len(run.rows)} | {name: run.figures[name].value for name in JUDGED}


def employers(folder: Path) -> dict[str, float]:
    """Published told from open, on judged employers that nothing was fitted on."""
    from askworthy.check import Models
    from askworthy.training.verdict import read_judged

    models = Models.load()
    judged = [read_judged(file, models.encoder, models.judge) for file in sorted(folder.glob("*.jsonl"))]
    labels = np.concatenate([one.labels for one in judged])
    weighed = [models.verdict.weigh(one, 0.05) for some in judged for one in some.searched]
    flagged = np.array([one.verdict == "published" for one in weighed])
    ones, pos, neg = np.ones((1, len(labels))), labels == 1, labels == 0
    found = {
        "auc": f.auc(ones, np.array([one.probability for one in weighed]), pos, neg),
        "false_flags": f.share(ones, flagged, neg),
        "flag_recall": f.share(ones, flagged, pos),
        "flag_precision": f.share(ones, labels, flagged),
    }
    return {name: float(one[0]) for name, one in found.items()}


def everything() -> dict[str, dict[str, Any]]:
    """Every figure there is data for, by corpus."""
    corpus = ROOT / "corpus"
    found: dict[str, dict[str, Any]] = {}
    for split in ("test", "advice"):
        path = corpus / "questions" / f"{split}.jsonl"
        found[f"questions/{split}"] = {"hash": corpus_hash(path)} | aspects(path)
    comparing = load_question_encoder(), PairReader()
    for split in ("test", "lists-dev", "lists-test"):
        pairs = corpus / "duplicates" / f"{split}.jsonl"
        found[f"duplicates/{split}"] = {"hash": corpus_hash(pairs)} | folding(split, *comparing)
    for split in ("test", "lists-test"):
        folder = corpus / "employers" / split
        found[f"employers/{split}"] = {"hash": corpus_hash(folder)} | employers(folder)
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
