"""A question and an index in; the passages worth judging out, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from askworthy.evidence.index import Index
from askworthy.evidence.late import max_sim
from askworthy.inference.encoder import Encoder, Tokens, Vectors, encode_tokens
from askworthy.records import Passage

TOP_K = 24
LOOKED_AT = 3  # times as many passages are looked at by token
RANK_OFFSET = 20  # how fast a rank loses weight in the fusion; small, since k is


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, with what retrieval knows of it."""

    passage: Passage
    cosine: float  # of question and passage vectors, -1 to 1
    bm25: float  # 0 and up; comparable within one company only
    max_sim: float  # mean cosine of the question's tokens and their nearest in the passage, -1 to 1
    coverage: float  # share of the question's topic words, weighted by rarity, that the passage holds: 0 to 1


def retrieve(queries: Sequence[str], index: Index, encoder: Encoder, *, top_k: int = TOP_K) -> list[list[Candidate]]:
    """Encode q queries with the encoder that the index was made with, and rank its passages for each; see `rank`."""
    vectors, tokens = encode_tokens(encoder, queries)
    return rank(queries, vectors, tokens, index, top_k=top_k)


def rank(
    queries: Sequence[str], vectors: Vectors, tokens: Sequence[Tokens], index: Index, *, top_k: int = TOP_K
) -> list[list[Candidate]]:
    """Rank one company's passages for each query, by meaning and by words.

    The two rankings are joined by reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009); the first of them are
    put in order by the tokens' meaning, which tells most and is too slow for all.

    Args:
        queries: q texts.
        vectors: Their (q, d) unit vectors.
        tokens: Their tokens.
        index: p passages.
        top_k: Candidates a query; fewer come back if p is smaller.

    Returns:
        q lists, best candidate first; ties keep the order of the fusion.
    """
    cosines = vectors @ index.vectors.T  # (q, p)
    found = []
    for query, cosine, asked in zip(queries, cosines, tokens, strict=True):
        bm25, coverage = index.lexical.match(query)
        fused = _reciprocal_ranks(cosine) + np.where(bm25 > 0, _reciprocal_ranks(bm25), 0)
        first = np.argsort(-fused, kind="stable")[: LOOKED_AT * top_k]
        late = max_sim(asked, index.tokens, first)
        order = np.argsort(-late, kind="stable")[:top_k]
        found.append(
            [
                Candidate(index.text.passages[p], float(cosine[p]), float(bm25[p]), float(late[n]), float(coverage[p]))
                for n, p in ((int(n), int(first[n])) for n in order)
            ]
        )
    return found


def _reciprocal_ranks(scores: np.ndarray) -> np.ndarray:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return 1 / (RANK_OFFSET + 1 + ranks)
