"""A question and a passage that answers it in; the sentences that carry the answer out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from askworthy.evidence.lexical import stems
from askworthy.records import Passage

MAX_SENTENCES = 3
WORTH_OF_LENGTH = 0.2  # shared words that e times as many words are worth
Spans = list[tuple[int, int]]
Scorer = Callable[[list[tuple[str, str]]], NDArray[np.floating]]


def quotes(
    asked: Sequence[tuple[str, Passage]], sentences: Callable[[str], Spans], score: Scorer
) -> list[tuple[int, int]]:
    """Choose the run of one to three sentences in each passage that answers best.

    Args:
        asked: n pairs of question and passage.
        sentences: Cuts a text into sentences.
        score: Scores pairs of question and text; higher is a better answer. A longer run is chosen over a shorter one
            only for a higher score, so quotes stay short.

    Returns:
        n spans, in characters of the page's text.
    """
    runs = [_runs(passage, sentences) for _, passage in asked]
    texts = [
        (question, _headed(passage, span))
        for (question, passage), spans in zip(asked, runs, strict=True)
        for span in spans
    ]
    scores = iter(score(texts).tolist() if texts else ())
    chosen = []
    for spans in runs:
        scored = [(next(scores), -(end - start), (start, end)) for start, end in spans]
        chosen.append(max(scored)[2])
    return chosen


def shared_words(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """Score texts without a judge: by the question's topic words in them, and then by what else they say.

    Three sentences with the answer in them serve a reader better than one that only sounds like the question.
    """
    return np.array(
        [
            len(set(stems(question)) & set(stems(text))) + WORTH_OF_LENGTH * np.log1p(len(text.split()))
            for question, text in pairs
        ]
    )


def _headed(passage: Passage, span: tuple[int, int]) -> str:
    text = passage.page.text[span[0] : span[1]]
    return f"{passage.heading}: {text}" if passage.heading else text


def _runs(passage: Passage, sentences: Callable[[str], Spans]) -> Spans:
    """Every run of one to three neighbouring sentences; list items and table rows count as sentences.

    None ends with the question that opens what comes next, as on a page of questions and answers.
    """
    single: Spans = []
    opening: set[int] = set()  # places of the sentences that begin a line
    at = passage.start
    for line in passage.text.split("\n"):
        opening.add(len(single))
        single += [(at + start, at + end) for start, end in sentences(line)]
        at += len(line) + 1
    single = single or [(passage.start, passage.end)]
    asks = [passage.page.text[end - 1] == "?" for _, end in single]
    next_one = {place for place in opening if 0 < place < len(single) and asks[place] and not asks[place - 1]}
    return [
        (single[first][0], single[last][1])
        for first in range(len(single))
        for last in range(first, min(first + MAX_SENTENCES, len(single)))
        if first == last or last not in next_one
    ]
