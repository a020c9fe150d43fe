"""Questions and a company's index in; each question's form, candidates and judgements out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from askworthy.evidence.index import Index, Watch
from askworthy.evidence.judge import Scores, judge
from askworthy.evidence.retrieve import Candidate, rank
from askworthy.inference.cross_encoder import CrossEncoder
from askworthy.inference.encoder import Encoder, Vectors, encode_tokens
from askworthy.questions.form import read_form
from askworthy.records import Form


@dataclass(frozen=True)
class Searched:
    """What the company's text has to say to one question."""

    form: Form
    vector: Vectors  # (d,) of the part that is asked, of length 1
    candidates: tuple[Candidate, ...]  # best first
    logits: NDArray[np.float32] | None  # the judge's, one a candidate; minus infinity where it was hopeless

    @property
    def asked(self) -> str:
        """The part of the question that is searched and judged: the main one."""
        return self.form.parts[0]


def search(
    texts: Sequence[str],
    index: Index,
    encoder: Encoder,
    judge_model: CrossEncoder | None = None,
    *,
    scores: Scores | None = None,
    watch: Watch | None = None,
) -> list[Searched]:
    """Read the form of q questions, retrieve candidates for their main parts, and judge those if there is a judge.

    Args:
        texts: q questions as they were written.
        index: The company's passages.
        encoder: The one the index was made with.
        judge_model: Reads question and passage together; None to go by retrieval alone.
        scores: Where judgements are kept between runs.
        watch: Told how many pairs are judged.
    """
    forms = read_form(texts)
    asked = [form.parts[0] for form in forms]
    vectors, tokens = encode_tokens(encoder, asked)
    candidates = rank(asked, vectors, tokens, index)
    logits: list[NDArray[np.float32]] | list[None] = [None] * len(asked)
    if judge_model is not None:
        logits = judge(asked, candidates, judge_model, scores=scores, watch=watch)
    return [
        Searched(form, vector, tuple(some), row)
        for form, vector, some, row in zip(forms, vectors, candidates, logits, strict=True)
    ]
