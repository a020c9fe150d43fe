"""Files of judged pairs in; questions with passages that answer, and passages that only look like it, out."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from askworthy.errors import BadCorpus

LABELS = {"answers": 1.0, "partly": 0.5, "topic": 0.0}


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, a passage under its heading, and how far the passage answers: 1, 0.5 for partly, or 0."""

    question: str
    passage: str
    label: float
    heading: str = ""

    def text(self, *, with_heading: bool) -> str:
        """What a model reads."""
        return f"{self.heading}: {self.passage}" if self.heading and with_heading else self.passage


def read_pairs(path: Path) -> Iterator[Pair]:
    """Read pairs from a JSON Lines file, gzipped or not.

    A line holds question, passage, label (answers, partly, topic, or a number from 0 to 1), and maybe heading.

    Raises:
        BadCorpus: A line is something else.
    """
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                number += 1
                row = json.loads(line)
                label = LABELS[row["label"]] if isinstance(row["label"], str) else float(row["label"])
                if not 0 <= label <= 1:
                    raise ValueError(f"label {label}")
                yield Pair(str(row["question"]), str(row["passage"]), label, str(row.get("heading") or ""))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(
            f"{path}, line {number}: {error!r}; each line needs question, passage and label (answers, partly, topic)"
        ) from error
