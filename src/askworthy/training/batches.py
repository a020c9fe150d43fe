"""Lists of examples in; batches of token ids, drawn over and over, out."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from askworthy.training.lists import Example, List

WITH_HEADING = 0.65  # share of passages that are read under their heading, so that a model learns both
QUESTION_TOKENS = 48
MAX_LENGTH = 160  # tokens of question and passage together
MOST = 8  # pairs of one list that are seen at a time
LENGTH_STEP = 8  # batches are padded to multiples of it: few shapes, so that arithmetic libraries plan once


class Tokens:
    """A tokenizer that remembers: texts are read many times, and tokenised once."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        # What stands before, between and behind: "[CLS] a [SEP] b [SEP]" for BERT, "<s> a </s></s> b </s>" for MPNet.
        start, *inner, end = self._tokenizer("a", "b")["input_ids"]
        one, two = self.of("a"), self.of("b")
        self._start, self._end, self.pad = start, end, tokenizer.pad_token_id
        self._between = inner[len(one) : len(inner) - len(two)]
        self.typed = "token_type_ids" in tokenizer.model_input_names

    def learn(self, texts: Iterable[str]) -> None:
        """Tokenise many texts at once, which is faster than when each is first read."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        for at in range(0, len(new), 10_000):
            some = new[at : at + 10_000]
            rows = self._tokenizer(some, add_special_tokens=False)["input_ids"]
            self._known.update((text, row[:MAX_LENGTH]) for text, row in zip(some, rows, strict=True))

    def of(self, text: str) -> list[int]:
        """A text's tokens, without marks at its ends."""
        if text not in self._known:
            self._known[text] = self._tokenizer(text, add_special_tokens=False)["input_ids"][:MAX_LENGTH]
        return self._known[text]

    def single(self, text: str, longest: int, heading: str = "") -> list[int]:
        """One text as a model reads it."""
        return [self._start, *self._headed(heading, text)[: longest - 2], self._end]

    def pair(self, question: str, text: str, heading: str = "") -> tuple[list[int], int]:
        """A question and a passage as a cross-encoder reads them, and where the passage begins."""
        first = [self._start, *self.of(question)[:QUESTION_TOKENS], *self._between]
        second = self._headed(heading, text)[: MAX_LENGTH - 1 - len(first)]
        return [*first, *second, self._end], len(first)

    def _headed(self, heading: str, text: str) -> list[int]:
        return [*self.of(f"{heading}:"), *self.of(text)] if heading else self.of(text)


@dataclass(frozen=True)
class Batch:
    """n pairs as arrays: token ids, which are real, which belong to the passage; targets, weights, list numbers."""

    ids: Any
    mask: Any
    types: Any
    targets: Any
    weights: Any
    lists: Any


def batches(lists: Sequence[List], tokens: Tokens, pairs: int, source: random.Random) -> Iterator[Batch]:
    """Batches of about that many pairs, lists whole, over and over; like lengths stand together, to pad little."""
    while True:
        order = source.sample(range(len(lists)), len(lists))
        stretch: list[tuple[int, list[Example]]] = []
        held = 0
        for row in order:
            drawn = _drawn(lists[row], source)
            stretch.append((_length(drawn), drawn))
            held += len(drawn)
            if held >= 40 * pairs or row == order[-1]:
                stretch.sort(key=lambda one: one[0])
                cut = list(_cut([drawn for _, drawn in stretch], pairs))
                source.shuffle(cut)
                yield from (collate(some, tokens, source) for some in cut)
                stretch, held = [], 0


def collate(lists: Sequence[List], tokens: Tokens, source: random.Random | None) -> Batch:
    """Arrays of these lists' pairs; without a source, the first wording and always the heading."""
    import torch

    rows, starts, numbers, pairs = [], [], [], []
    for number, some in enumerate(lists):
        for pair in some:
            question = source.choice(pair.questions) if source else pair.questions[0]
            headed = source is None or source.random() < WITH_HEADING
            row, start = tokens.pair(question, pair.text.text, pair.text.heading if headed else "")
            rows.append(row)
            starts.append(start)
            numbers.append(number)
            pairs.append(pair)
    longest = -(-max(map(len, rows)) // LENGTH_STEP) * LENGTH_STEP
    ids = torch.full((len(rows), longest), tokens.pad)
    mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
    for n, (row, start) in enumerate(zip(rows, starts, strict=True)):
        ids[n, : len(row)] = torch.tensor(row)
        mask[n, : len(row)] = 1
        types[n, start : len(row)] = 1
    targets = torch.tensor([pair.target for pair in pairs])
    return Batch(ids, mask, types, targets, torch.tensor([pair.weight for pair in pairs]), torch.tensor(numbers))


def _drawn(some: List, source: random.Random) -> list[Example]:
    """At most `MOST` pairs of a list: what answers first, up to half of them, then others at random."""
    if len(some) <= MOST:
        return list(some)
    good = [pair for pair in some if pair.target >= 0.5 and pair.weight > 0]
    kept = source.sample(good, min(len(good), MOST // 2))
    rest = [pair for pair in some if pair not in kept and pair.weight > 0]
    return kept + source.sample(rest, min(len(rest), MOST - len(kept)))


def _length(some: List) -> int:
    return max(len(pair.text.text) for pair in some)


def _cut(lists: Sequence[List], pairs: int) -> Iterator[list[List]]:
    batch: list[List] = []
    held = 0
    for some in lists:
        if batch and held + len(some) > pairs:
            yield batch
            batch, held = [], 0
        batch.append(some)
        held += len(some)
    if batch:
        yield batch


def like_lengths(
    rows: Sequence[Sequence[int]], epochs: int, at_once: int, source: random.Random
) -> Iterator[list[int]]:
    """Row numbers in batches of `at_once`, each row once an epoch; rows of like lengths stand together."""
    for _ in range(epochs):
        order = source.sample(range(len(rows)), len(rows))
        batches = []
        for at in range(0, len(order), 20 * at_once):
            some = sorted(order[at : at + 20 * at_once], key=lambda row: len(rows[row]))
            batches += [some[start : start + at_once] for start in range(0, len(some), at_once)]
        yield from source.sample(batches, len(batches))
