"""Questions that others judged in; what texts usually answer out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from askworthy.errors import BadCorpus
from askworthy.findings.logistic import Figures
from askworthy.findings.usual import USUALLY, Usual
from askworthy.inference.encoder import Encoder, Vectors
from askworthy.questions.form import read_form

LABELS = {"published": 1.0, "partial": 0.5, "partly": 0.5, "open": 0.0}
SHARPNESS = 2.0  # lowest loss on left-out companies, and on left-out ratings
PENALTIES = (0.3, 0.1, 0.1)  # likewise; one for each of `USUALLY`
TOO_LIKE = 0.85  # cosine of two questions that are one question


@dataclass(frozen=True)
class Elsewhere:
    """n questions, as they were put to other companies or rated without one."""

    vectors: Vectors  # (n, d)
    figures: Figures  # (n, u) as `Usual.fit` takes them

    def usual(self, unlike: Vectors | None = None) -> Usual:
        """What is usually answered, learned from those questions that are not too like any of m vectors."""
        kept = np.ones(len(self.figures), dtype=bool)
        if unlike is not None:
            kept = (self.vectors @ unlike.T).max(axis=1) < TOO_LIKE
        return Usual.fit(self.vectors[kept], self.figures[kept], SHARPNESS, PENALTIES)


def read_elsewhere(folders: Sequence[Path], rated: Path | None, encoder: Encoder) -> Elsewhere | None:
    """Read judged questions, whose companies' text is not needed, and rated ones.

    Args:
        folders: Of `<company>.jsonl`, each line with question and label.
        rated: A jsonl file, each line with question, and of how many employers (`of`) a reader thinks that
            they publish its answer (`published`) or a part of it (`partly`).
        encoder: Of the questions.

    Returns:
        None where neither is named.

    Raises:
        BadCorpus: A file holds something else, or the folders hold none.
    """
    found = [_judged(file) for folder in folders for file in sorted(folder.glob("*.jsonl"))]
    if folders and not any(questions for questions, _ in found):
        raise BadCorpus(f"no judged questions in {', '.join(map(str, folders))}; name folders of <company>.jsonl")
    if rated:
        found.append(_rated(rated))
    if not found:
        return None
    asked = [form.parts[0] for form in read_form([question for questions, _ in found for question in questions])]
    return Elsewhere(encoder.encode(asked), np.concatenate([figures for _, figures in found]))


def read_rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a jsonl file; OSError or ValueError if it is something else."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def _judged(file: Path) -> tuple[list[str], Figures]:
    try:
        rows = read_rows(file)
        questions, labels = [str(row["question"]) for row in rows], np.array([LABELS[row["label"]] for row in rows])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(f"{file} holds no judged questions ({error}); each line needs question and label") from error
    # Some publish more of everything, so that a label counts by what it has over the company's mean.
    return questions, _figures(len(rows), answered=labels - labels.mean() if rows else labels)


def _rated(file: Path) -> tuple[list[str], Figures]:
    try:
        rows = read_rows(file)
        questions = [str(row["question"]) for row in rows]
        counts = np.array([[row[name] for name in ("published", "partly", "of")] for row in rows], dtype=np.float64)
        published, partly, of = counts.reshape(-1, 3).T
        if not rows or (counts < 0).any() or (of < 1).any() or (published + partly > of).any():
            raise ValueError(f"{len(rows)} lines, or counts that do not add up")
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise BadCorpus(
            f"{file} holds no rated questions ({error}); each line needs question, published, partly and of"
        ) from error
    odds = (_log_odds(published, of), _log_odds(published + partly, of))
    less_mean = {name: one - one.mean() for name, one in zip(USUALLY[1:], odds, strict=True)}
    return questions, _figures(len(rows), **less_mean)


def _log_odds(counts: Figures, of: Figures) -> Figures:
    odds: Figures = np.log((counts + 0.5) / (of - counts + 0.5))
    return odds


def _figures(n: int, *, answered: Figures | None = None, **more: Figures) -> Figures:
    known = more | ({USUALLY[0]: answered} if answered is not None else {})
    return np.stack([known.get(name, np.full(n, np.nan)) for name in USUALLY], axis=1)
