"""Judged employers in; how well the promise about false flags holds on new ones, over random splits by company, out.

usage: python tests/quality/false_flag_splits.py FOLDER...    of <company>.jsonl; ten minutes for a dozen companies

Each company's log-odds come from models that were fitted without it. Of every split, one half of the companies sets
calibration and cut-off, as `train verdict` does, and the other half is measured.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from askworthy.findings.logistic import sigmoid
from askworthy.inference.cross_encoder import load_cross_encoder
from askworthy.inference.encoder import load_encoder
from askworthy.training import verdict as v
from askworthy.training.usual import read_elsewhere

SPLITS = 200
SHARES = (0.02, 0.05, 0.1)
STRENGTH = 0.03
CORPUS = Path(__file__).resolve().parents[2] / "corpus"
USUAL, RATED = CORPUS / "employers" / "lists-train", CORPUS / "usual" / "ratings.jsonl"


def main(*folders: str) -> None:
    """Print it for each share."""
    encoder, judge = load_encoder(), load_cross_encoder()
    files = [file for folder in folders for file in sorted(Path(folder).glob("*.jsonl"))]
    judged = [v.read_judged(file, encoder, judge) for file in files]
    asked = np.array([found.vector for one in judged for found in one.searched])
    elsewhere = read_elsewhere([USUAL], RATED, encoder)
    table = v._Table(judged, elsewhere.usual(unlike=asked) if elsewhere else None)
    labels = [one.labels for one in judged]
    logits = np.split(table.left_out(STRENGTH), np.cumsum([len(one) for one in labels])[:-1])
    dice = np.random.default_rng(0)
    flagged: dict[float, list[float]] = {share: [] for share in SHARES}
    for _ in range(SPLITS):
        order = dice.permutation(len(judged))
        known, new = order[: len(order) // 2], order[len(order) // 2 :]
        odds, truth = np.concatenate([logits[n] for n in known]), np.concatenate([labels[n] for n in known])
        slope, offset = v.platt(odds[truth != 0.5], truth[truth != 0.5])
        for share in SHARES:
            at = v.cut_off(sigmoid(slope * odds[truth == 0] + offset), share)
            opens = np.concatenate([logits[n][labels[n] == 0] for n in new])
            flagged[share].append(float((sigmoid(slope * opens + offset) >= at).mean()))
    for share, some in flagged.items():
        print(f"promised {share}: mean {np.mean(some):.4f}, 95th percentile {np.quantile(some, 0.95):.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
