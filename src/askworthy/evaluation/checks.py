"""A corpus' rows in; what is wrong with them, each with its line, out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from askworthy.evaluation.corpora import Labelled
from askworthy.inference.encoder import Encoder

LEAK = 0.95  # cosine from which two questions are the same one in other words
AT_ONCE = 128  # rows beside all of training: 50 MB at 100,000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one row."""

    file: str
    line: int
    kind: str  # "label", "empty", "duplicate", "quote", "leak"
    message: str

    @property
    def fatal(self) -> bool:
        """Whether figures would mean nothing with it."""
        return self.kind in {"label", "empty", "duplicate"}

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.file}, line {self.line}: {self.message}"


class RowChecks:
    """Looks at rows one by one, for what shows in the row itself and in those before it."""

    def __init__(self, file: Path, labels: Collection[str] | None) -> None:
        self.file, self.labels = file, labels
        self.seen: dict[str, int] = {}

    def look(self, row: Labelled) -> Iterator[Problem]:
        """Yield what is wrong with the row; call it once a row, in order."""
        if not re.search(r"\w", row.question):
            yield Problem(str(self.file), row.line, "empty", "the question is empty; write it or drop the row")
        unknown = [one for one in (row.label, *row.also) if self.labels is not None and one not in self.labels]
        if unknown or not row.label:
            known = ", ".join(sorted(self.labels or ()))
            message = f"label {(unknown or [''])[0]!r} is unknown; expected one of {known or 'any name'}"
            yield Problem(str(self.file), row.line, "label", message)
        if row.id in self.seen:
            message = f"id {row.id!r} stands in line {self.seen[row.id]} too; give each row its own"
            yield Problem(str(self.file), row.line, "duplicate", message)
        self.seen.setdefault(row.id, row.line)


def missing_quotes(file: Path, rows: Iterable[Labelled], pages: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the gold quotes whose words do not stand, in their order, in the page they name.

    Args:
        file: The corpus file, to be named.
        rows: Its rows.
        pages: The text of each of the company's files, by its path below the company's folder.
    """
    plain = {name: _words(text) for name, text in pages.items()}
    for row in rows:
        for quote in row.quotes:
            if quote.source not in plain:
                message = f"the page {quote.source!r} of a quote was not read; name it from the company's folder"
                yield Problem(str(file), row.line, "quote", message)
            elif _words(quote.quote) not in plain[quote.source]:
                message = f"the quote {quote.quote[:50]!r} is not in {quote.source}; copy it as it stands there"
                yield Problem(str(file), row.line, "quote", message)


class Leaks:
    """Looks rows up among those that were trained on, in the same or nearly the same words.

    Args:
        train: The rows that were trained on, each with its file.
        encoder: Tells what is nearly the same.
        by_company: Whether files are companies, so that only a question of the same one gives its answer away.
        limit: Cosine from which two questions are one.
    """

    def __init__(
        self,
        train: Iterable[tuple[Path, Labelled]],
        encoder: Encoder,
        *,
        by_company: bool = False,
        limit: float = LEAK,
    ) -> None:
        self.train, self.encoder, self.by_company, self.limit = list(train), encoder, by_company, limit
        self._known = encoder.encode([row.question for _, row in self.train])
        self._companies = np.array([file.stem for file, _ in self.train])

    def look(self, file: Path, rows: Iterable[Labelled]) -> Iterator[Problem]:
        """Yield the rows of a file that are a training row too."""
        stream = iter(rows)
        while self.train and (some := list(islice(stream, AT_ONCE))):
            cosines = self.encoder.encode([row.question for row in some]) @ self._known.T
            for row, near in zip(some, cosines, strict=True):
                if near.max() >= self.limit:
                    yield Problem(str(file), row.line, "leak", self._told(file, near))

    def _told(self, file: Path, near: Any) -> str:
        same = self._companies == file.stem
        own = np.where(same, near, -1.0)
        at = int(own.argmax() if self.by_company and own.max() >= self.limit else near.argmax())
        twin = f"{self.train[at][0].name}, line {self.train[at][1].line} (cosine {float(near[at]):.3f})"
        if self.by_company and not same[at]:
            return f"the model learned this question from another company, {twin}; its wording is no longer new"
        return f"leaks from training: {twin}; drop one"


def _words(text: str) -> str:
    found = " ".join(re.findall(r"[^\W_]+", text.lower()))
    return f" {found} "
