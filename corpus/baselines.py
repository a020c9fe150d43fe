"""The shipped corpora in; `corpus/*/baselines.json`, what simple methods reach on their test splits, out.

usage: python corpus/baselines.py [questions] [employers]    measures those named, or both, and writes their files
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from askworthy.aspects.labeller import Labeller
from askworthy.check import Models
from askworthy.evaluation.evaluate import Evaluated, evaluate_aspects, evaluate_published
from askworthy.evaluation.run import make_run
from askworthy.files import atomic_file
from askworthy.inference.encoder import load_question_encoder

CORPUS = Path(__file__).resolve().parent


def measured(done: Evaluated, names: tuple[str, ...]) -> dict[str, Any]:
    """The figures of each method, with the hash of the corpus and the seed."""
    found: dict[str, Any] = {"split": "test", **done.run.facts, "baselines": {}}
    for name in names:
        run = make_run(done.run.kind, done.baseline(name), model=name, corpus="test", facts={})
        figures = {key: [one.value, one.low, one.high] for key, one in run.figures.items()}
        found["baselines"][name] = {
            key: [None if number is None else round(number, 4) for number in numbers]
            for key, numbers in figures.items()
        }
    return found


def main(wanted: list[str]) -> None:
    """Measure and write."""
    for corpus in wanted or ["questions", "employers"]:
        if corpus == "questions":
            done = evaluate_aspects(CORPUS / "questions" / "test.jsonl", Labeller.load(), load_question_encoder())
            row = measured(done, ("tfidf", "cosine"))
        else:
            done = evaluate_published(CORPUS / "employers" / "test", Models.load())
            row = measured(done, ("tfidf", "bm25", "cosine"))
        with atomic_file(CORPUS / corpus / "baselines.json") as out:
            out.write((json.dumps(row, indent=1) + "\n").encode())


if __name__ == "__main__":
    main(sys.argv[1:])
