"""A file of intents in; what candidates want to know, each with passages that answer it and that only seem to, out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from askworthy.errors import BadCorpus


@dataclass(frozen=True, slots=True)
class Text:
    """A passage under its heading."""

    heading: str
    text: str

    @property
    def headed(self) -> str:
        """The passage as a model reads it under its heading."""
        return f"{self.heading}: {self.text}" if self.heading else self.text


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that candidates want to know."""

    questions: tuple[str, ...]  # wordings of it, at least one
    answers: tuple[Text, ...]
    partly: tuple[Text, ...]
    misses: tuple[Text, ...]  # passages on the topic that do not answer
    others: tuple[str, ...]  # questions near it that want something else
    topic: str


def read_intents(path: Path) -> list[Intent]:
    """Read a file of intents.

    Raises:
        BadCorpus: A line is something else.
    """
    found: list[Intent] = []
    try:
        with path.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                questions, others = tuple(map(str, row["questions"])), tuple(map(str, row["other_questions"]))
                if not questions:
                    raise ValueError("no question")
                texts = (_texts(row["answers"]), _texts(row["partly"]), _texts(row["near"]))
                found.append(Intent(questions, *texts, others, str(row["topic"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(
            f"{path}, line {len(found) + 1}: {error!r}; "
            f"each line needs topic, questions, answers, partly, near and other_questions"
        ) from error
    return found


def _texts(rows: Sequence[dict[str, str]]) -> tuple[Text, ...]:
    return tuple(Text(str(row["heading"]), str(row["text"])) for row in rows)
