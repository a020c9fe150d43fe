"""Questions with their candidates in; how likely each candidate answers its question out."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from askworthy.evidence.index import Watch
from askworthy.evidence.retrieve import Candidate
from askworthy.inference.cross_encoder import CrossEncoder, Logits, Pair

JUDGED = 12  # candidates a question, best first: few that rank below answer, and judging is what takes time
HOPELESS_BELOW = 0.05  # cosine; with no word shared either, such a passage has never been an answer
JUDGED_AT_ONCE = 256  # pairs between two writes to the cache: what a stopped run keeps


def judge(
    queries: Sequence[str],
    candidates: Sequence[Sequence[Candidate]],
    judge_model: CrossEncoder,
    *,
    scores: Scores | None = None,
    watch: Watch | None = None,
) -> list[Logits]:
    """Judge the candidates of each query.

    Args:
        queries: q questions, or their main parts.
        candidates: q lists, as `retrieve` gives them.
        judge_model: Reads question and passage together.
        scores: Where judgements are kept between runs.
        watch: Told how many pairs are done.

    Returns:
        q arrays of logits, one for each candidate; minus infinity where a candidate was not judged: it was hopeless, or
        behind the first `JUDGED`.
    """
    pairs: dict[Pair, float] = {}
    for query, some in zip(queries, candidates, strict=True):
        pairs |= {(query, one.passage.with_heading): -np.inf for one in some[:JUDGED] if not _hopeless(one)}
    known = scores.read(list(pairs)) if scores else {}
    pairs |= known
    wanted = sorted((pair for pair in pairs if pair not in known), key=lambda pair: len(pair[0]) + len(pair[1]))
    for at in range(0, len(wanted), JUDGED_AT_ONCE):
        batch = wanted[at : at + JUDGED_AT_ONCE]
        judged = {pair: float(logit) for pair, logit in zip(batch, judge_model.logits(batch), strict=True)}
        pairs |= judged
        if scores:
            scores.write(judged)
        if watch:
            watch("judging", at + len(batch), len(wanted))
    return [
        np.array([pairs.get((query, one.passage.with_heading), -np.inf) for one in some], dtype=np.float32)
        for query, some in zip(queries, candidates, strict=True)
    ]


def _hopeless(candidate: Candidate) -> bool:
    return candidate.cosine < HOPELESS_BELOW and candidate.bm25 == 0


class Scores:
    """Judgements of one model, kept in a SQLite file; any number of runs may share it."""

    def __init__(self, folder: Path, model_hash: str) -> None:
        self._file = folder / f"judged-{model_hash}.sqlite"

    def read(self, pairs: Sequence[Pair]) -> dict[Pair, float]:
        """The logits known of these pairs; none if the file is missing or damaged."""
        if self._file.is_symlink() or not self._file.is_file():
            return {}
        try:
            with closing(self._open()) as file:
                names = {_name(pair): pair for pair in pairs}
                found = {}
                for name, pair in names.items():
                    if row := file.execute("select logit from judged where pair = ?", (name,)).fetchone():
                        found[pair] = float(row[0])
                return found
        except sqlite3.Error:
            return {}

    def write(self, judged: dict[Pair, float]) -> None:
        """Keep logits; a cache that cannot be written costs time and nothing else."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as file, file:
                rows = [(_name(pair), logit) for pair, logit in judged.items()]
                file.executemany("insert or replace into judged values (?, ?)", rows)
        except (sqlite3.Error, OSError):
            return

    def _open(self) -> sqlite3.Connection:
        if self._file.is_symlink():
            raise OSError(f"{self._file} is a link")  # to a file that is not ours, perhaps
        file = sqlite3.connect(self._file, timeout=10)
        file.execute("pragma journal_mode = wal")
        file.execute("create table if not exists judged (pair blob primary key, logit real) without rowid")
        return file


def _name(pair: Pair) -> bytes:
    return hashlib.sha256("\0".join(pair).encode("utf-8", "surrogatepass")).digest()
