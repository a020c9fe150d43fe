"""What a search found for a question in; a calibrated probability and a verdict out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from askworthy.errors import BadModel
from askworthy.evidence.cues import cue_names, cues
from askworthy.evidence.search import Searched
from askworthy.findings.features import feature_names, features
from askworthy.findings.logistic import Logistic, sigmoid
from askworthy.findings.usual import NUMBERS as USUAL
from askworthy.findings.usual import Usual
from askworthy.inference.manifest import model_folder, read_manifest
from askworthy.records import Verdict

NUMBERS = "verdict.json"
NEVER = 2.0  # a cut-off that no probability reaches


@dataclass(frozen=True)
class Weighed:
    """One question's verdict, and how far each candidate carries it."""

    verdict: Verdict
    probability: float  # that the text answers the question's main point, 0 to 1
    passages: NDArray[np.float64]  # (c,) probability that each candidate answers


@dataclass(frozen=True)
class VerdictModel:
    """Two logistic models, passage by passage and then for the question, and the cut-offs that make verdicts."""

    passage: Logistic  # over `cues`
    question: Logistic  # over `features`
    usual: Usual | None  # how often employers' texts answer such questions; None where that is not known
    published_at: dict[str, float]  # by the share of open questions flagged at most, as "0.050": lowest probability
    partly_at: float
    encoder_hash: str  # of the encoder whose cosines it was fitted on
    judge_hash: str | None  # of the judge whose logits it was fitted on; None where there was none

    @property
    def hash(self) -> str:
        """Of everything that a verdict depends on."""
        return hashlib.sha256(self.to_json() + (self.usual.to_bytes() if self.usual else b"")).hexdigest()

    def weigh(self, searched: Searched, max_false_flags: float) -> Weighed:
        """Decide one question, flagging at most this share of open questions as published."""
        logits = self.passage.logits(cues(searched))
        usually = self.usual.of(searched.vector[None])[0] if self.usual else None
        probability = float(sigmoid(self.question.logits(features(searched, logits, usually)[None, :]))[0])
        verdict: Verdict = "open"
        if probability >= self.cut_off(max_false_flags):
            verdict = "published"
        elif probability >= self.partly_at:
            verdict = "partly"
        return Weighed(verdict, probability, sigmoid(logits))

    def cut_off(self, max_false_flags: float) -> float:
        """The lowest probability that is published; between two measured shares, the stricter one's.

        Below the lowest of these nothing is; above the highest, as much as there.
        """
        allowed = [share for share in self.published_at if float(share) <= max_false_flags + 1e-9]
        return self.published_at[max(allowed, key=float)] if allowed else NEVER

    def to_json(self) -> bytes:
        """The model as its file holds it, without `usual`, which has a file of its own."""
        row = {
            "passage": self.passage.to_dict(),
            "question": self.question.to_dict(),
            "published_at": self.published_at,
            "partly_at": self.partly_at,
            "encoder_hash": self.encoder_hash,
            "judge_hash": self.judge_hash,
        }
        return (json.dumps(row, indent=1) + "\n").encode()

    @classmethod
    def load(cls, folder: Path | None = None) -> VerdictModel:
        """Read a verdict model; the bundled one if no folder is named.

        Raises:
            BadModel: The folder holds no verdict model, or one made from other figures than today's.
        """
        folder = folder or model_folder("verdict")
        read_manifest(folder)
        try:
            row = json.loads((folder / NUMBERS).read_bytes())
            model = cls(
                passage=Logistic.from_dict(row["passage"]),
                question=Logistic.from_dict(row["question"]),
                usual=Usual.load(folder / USUAL) if (folder / USUAL).exists() else None,
                published_at={str(share): float(at) for share, at in row["published_at"].items()},
                partly_at=float(row["partly_at"]),
                encoder_hash=str(row["encoder_hash"]),
                judge_hash=row["judge_hash"],
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadModel(f"{folder / NUMBERS} is no verdict model ({error}); make it with train verdict") from error
        judged = model.judge_hash is not None
        if (model.passage.names, model.question.names) != (cue_names(judged=judged), feature_names(judged=judged)):
            raise BadModel(f"{folder / NUMBERS} was made from other figures; make it again with train verdict")
        return model
