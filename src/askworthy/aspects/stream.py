"""A stream of questions in; each with its label out, whatever the stream's length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from askworthy.aspects.labeller import Labeller
from askworthy.inference.encoder import Encoder
from askworthy.records import Label, Question

AT_ONCE = 4096  # questions held: enough to put like lengths together, flat in memory


def labelled(questions: Iterable[Question], labeller: Labeller, encoder: Encoder) -> Iterator[tuple[Question, Label]]:
    """Label questions in their order, a batch at a time."""
    stream = iter(questions)
    while batch := list(islice(stream, AT_ONCE)):
        yield from zip(batch, labeller.label([question.text for question in batch], encoder), strict=True)
