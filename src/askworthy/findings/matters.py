"""Questions in; for each, the matter of everyday working life that it is about, with questions that dig deeper, out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from askworthy.inference.encoder import Encoder

# How much nearer a matter must be than one whose words tell more, for each place between them.
_TELLING = 0.002


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter finer than a topic, as "on-call" or "pension"."""

    name: str
    words: re.Pattern[str]  # at least one must stand in a question on it
    questions: tuple[str, ...]  # each can be said alone, claims nothing of this employer, and text cannot answer it


@cache
def matters() -> tuple[Matter, ...]:
    """Every matter, those with the more telling words first."""
    return tuple(
        Matter(row["matter"], re.compile(row["words"], re.I), tuple(row["questions"])) for row in _data()["matters"]
    )


@cache
def topic_questions() -> dict[str, tuple[str, ...]]:
    """For each topic, questions that fit any question on it, for those on none of the matters."""
    return {topic: tuple(some) for topic, some in _data()["topics"].items()}


def matters_of(questions: Sequence[str], encoder: Encoder) -> list[Matter | None]:
    """Find the matter of each question: of those whose words it has, the nearest; None where it has none.

    Words alone mistake "leave a job" for leave, vectors alone name a neighbour where there is no such matter.
    """
    able = [[place for place, one in enumerate(matters()) if one.words.search(question)] for question in questions]
    wanted = sorted({place for some in able for place in some})
    if not wanted:
        return [None for _ in questions]
    vectors = dict(zip(wanted, encoder.encode([_described(matters()[place]) for place in wanted]), strict=True))
    return [
        _nearest({place: float(asked @ vectors[place]) for place in some})
        for some, asked in zip(able, encoder.encode(list(questions)), strict=True)
    ]


def _nearest(cosines: Mapping[int, float]) -> Matter | None:
    if not cosines:
        return None
    return matters()[max(cosines, key=lambda place: cosines[place] - _TELLING * place)]


def _described(matter: Matter) -> str:
    return f"{matter.name}: {' '.join(matter.questions)}"


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((resources.files("askworthy.findings") / "matters.json").read_bytes())
    return data
