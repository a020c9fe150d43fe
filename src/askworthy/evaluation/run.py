"""Scored rows in; a run with its figures, that can be saved, read again and compared, out."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import numpy as np

import askworthy
from askworthy.errors import BadCorpus
from askworthy.evaluation import figures as f
from askworthy.evaluation.bootstrap import RESAMPLES, Figure, measure, method
from askworthy.evaluation.measures import definitions, labelled, labels, right
from askworthy.evaluation.rows import Row
from askworthy.evidence.index import Watch

SCHEMA = 1
MAX_SAVED = 2_000_000_000  # bytes
LIBRARIES = ("bm25s", "numpy", "onnxruntime", "scikit-learn", "sentence-transformers", "spacy", "tokenizers")
Kind = Literal["aspects", "published"]


@dataclass(frozen=True)
class Run:
    """One model on one corpus."""

    kind: Kind
    model: str  # what was scored, for people
    corpus: str
    rows: Sequence[Row]
    figures: Mapping[str, Figure]
    facts: Mapping[str, Any]  # hashes of corpus and models, seed, resamples, method

    def to_dict(self) -> dict[str, Any]:
        """The run as `metrics.json` holds it, but for its rows: they may be many, and are written one by one."""
        names = labels(self.kind, self.rows)
        gold, said = labelled(self.rows)
        return {
            "schema": SCHEMA,
            "askworthy": askworthy.__version__,
            "kind": self.kind,
            "model": self.model,
            "corpus": self.corpus,
            **self.facts,
            "figures": {name: one.to_dict() for name, one in self.figures.items()},
            "confusion": {"labels": names, "counts": f.confusion(gold, said, names)},
            "topics": topics(self.rows),
        }


def make_run(
    kind: Kind,
    rows: Sequence[Row],
    *,
    model: str,
    corpus: str,
    facts: Mapping[str, Any],
    count: int = RESAMPLES,
    seed: int = 0,
    watch: Watch | None = None,
) -> Run:
    """Measure the figures of scored rows."""
    groups = [row.group for row in rows]
    figures = measure(definitions(kind, rows), groups, count=count, seed=seed, watch=watch)
    told = {"seed": seed, "resamples": count, "interval": f"95 % percentile bootstrap; {method(groups)}"}
    return Run(kind, model, corpus, rows, figures, {**facts, "versions": versions(), **told})


def load_rows(path: Path, kind: Kind) -> tuple[str, tuple[Row, ...]]:
    """Read a saved run: what was scored, and its rows.

    Raises:
        BadCorpus: It is no saved run of this kind.
    """
    try:
        if path.stat().st_size > MAX_SAVED:
            raise BadCorpus(f"{path} is larger than {MAX_SAVED // 10**9} GB; name a metrics.json of --report")
        saved = json.loads(path.read_bytes())
        if saved["kind"] != kind or saved["schema"] != SCHEMA:
            raise ValueError(f"kind {saved['kind']!r} of schema {saved['schema']!r}, expected {kind!r} of {SCHEMA}")
        return str(saved["model"]), tuple(Row.from_dict(row) for row in saved["rows"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(f"{path} is no saved run ({error}); name a metrics.json that --report wrote") from error


def versions() -> dict[str, str]:
    """Of Python, and of the libraries that a figure can depend on."""
    return {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES}


def topics(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """For each topic: its rows, and the share of them whose label is right."""
    found: dict[str, list[bool]] = {}
    for row in rows:
        found.setdefault(row.topic or "none", []).append(right(row))
    return {name: {"rows": len(some), "right": float(np.mean(some))} for name, some in sorted(found.items())}
