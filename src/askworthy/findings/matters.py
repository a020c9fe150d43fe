"""Questions in; for each, the matter of everyday working life that it is about, with questions that dig deeper, out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any
from zipfile import BadZipFile

import numpy as np

from askworthy.evidence.lexical import stems
from askworthy.inference.encoder import Encoder, Vectors

VECTORS = "matters.npz"  # made by `python -m askworthy.training.matters`
STEP = 127  # a vector's figures are kept as whole numbers of this part of 1
# Least cosine of a question and a typical one on a matter: from here on nine in ten are on it, as people read them.
CLOSE = 0.66
NEAR = 0.6  # where they share a word that is not in every question: two in three
# Least cosine of a question and one that digs deeper: two independent readers find four in five above it deeper, and
# half of those between 0.4 and it.
FITS = 0.5
# How much nearer a broad matter must be than one whose words tell more, for each place between them.
_TELLING = 0.002
_EVERYWHERE = frozenset(
    stems(
        "what how who when where why which is are do does would will can could the a an of for in on at to and or "
        "my me you your there work working job role company people team here get have has many much often long "
        "day days week weeks month months year years time"
    )
)


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter finer than a topic, as "on-call" or "pension"."""

    name: str
    questions: tuple[str, ...]  # each can be said alone, claims nothing of this employer, and text cannot answer it
    asked: tuple[str, ...] = ()  # typical questions on it, in different words
    words: re.Pattern[str] | None = None  # of a broad matter: at least one must stand in a question on it


@cache
def fine_matters() -> tuple[Matter, ...]:
    """Matters that a question is on if it comes near a typical one."""
    return tuple(Matter(row["matter"], tuple(row["questions"]), tuple(row["asked"])) for row in _data()["fine"])


def typical_questions() -> list[str]:
    """Of all fine matters, in their order."""
    return [asked for matter in fine_matters() for asked in matter.asked]


def made_from(asked: Sequence[str], encoder: Encoder) -> str:
    """Names these questions and this encoder, and no others."""
    return hashlib.sha256("\n".join([encoder.hash, *asked]).encode()).hexdigest()


@cache
def broad_matters() -> tuple[Matter, ...]:
    """Matters that a question is on if it has one of their words; those with the more telling words first."""
    return tuple(
        Matter(row["matter"], tuple(row["questions"]), words=re.compile(row["words"], re.I)) for row in _data()["broad"]
    )


@cache
def topic_questions() -> dict[str, tuple[str, ...]]:
    """For each topic, questions that fit any question on it, for those on none of the matters."""
    return {topic: tuple(some) for topic, some in _data()["topics"].items()}


def matters_of(questions: Sequence[str], encoder: Encoder) -> list[Matter | None]:
    """Find each question's matter: a fine one that it comes near, else a broad one whose words it has, else None."""
    if not questions:
        return []
    fine, broad = _fine(questions, encoder), _broad(questions, encoder)
    return [one or other for one, other in zip(fine, broad, strict=True)]


def fitting_questions(
    questions: Sequence[str], matters: Sequence[Matter | None], encoder: Encoder
) -> list[Matter | None]:
    """Each matter with those of its questions that come near the n-th question, nearest first; None where none does."""
    wanted = list(dict.fromkeys(one for matter in matters if matter for one in matter.questions))
    vectors = dict(zip(wanted, encoder.encode(wanted), strict=True))
    found: list[Matter | None] = []
    for matter, asked in zip(matters, encoder.encode(list(questions)), strict=True):
        cosines = {one: float(asked @ vectors[one]) for one in (matter.questions if matter else ())}
        near = sorted((one for one in cosines if cosines[one] >= FITS), key=lambda one: -cosines[one])
        found.append(replace(matter, questions=tuple(near)) if matter and near else None)
    return found


def _fine(questions: Sequence[str], encoder: Encoder) -> list[Matter | None]:
    typical = [(matter, asked) for matter in fine_matters() for asked in matter.asked]
    vectors = _typical_vectors(encoder)
    found: list[Matter | None] = []
    for question, cosines in zip(questions, encoder.encode(list(questions)) @ vectors.T, strict=True):
        best = int(cosines.argmax())
        matter, asked = typical[best]
        shared = telling(question) & (telling(asked) | telling(matter.name))
        found.append(matter if cosines[best] >= (NEAR if shared else CLOSE) else None)
    return found


def _typical_vectors(encoder: Encoder) -> Vectors:
    """From the file if it was made from today's questions by this encoder, in place of seconds of encoding."""
    asked = typical_questions()
    try:
        with (
            (resources.files("askworthy.findings") / VECTORS).open("rb") as file,
            np.load(file, allow_pickle=False) as kept,
        ):
            if str(kept["made_from"]) == made_from(asked, encoder):
                vectors: Vectors = kept["vectors"].astype(np.float32) / np.float32(STEP)
                return vectors
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        pass  # a damaged file costs time and nothing else
    return encoder.encode(asked)


def _broad(questions: Sequence[str], encoder: Encoder) -> list[Matter | None]:
    """Of the broad matters whose words a question has, the nearest.

    Words alone mistake "leave a job" for leave, vectors alone name a neighbour where there is no such matter.
    """
    matters = broad_matters()
    able = [[n for n, one in enumerate(matters) if one.words and one.words.search(text)] for text in questions]
    wanted = sorted({place for some in able for place in some})
    if not wanted:
        return [None for _ in questions]
    vectors = dict(zip(wanted, encoder.encode([_described(matters[place]) for place in wanted]), strict=True))
    return [
        _nearest({place: float(asked @ vectors[place]) for place in some})
        for some, asked in zip(able, encoder.encode(list(questions)), strict=True)
    ]


def _nearest(cosines: Mapping[int, float]) -> Matter | None:
    if not cosines:
        return None
    return broad_matters()[max(cosines, key=lambda place: cosines[place] - _TELLING * place)]


def _described(matter: Matter) -> str:
    return f"{matter.name}: {' '.join(matter.questions)}"


def telling(text: str) -> frozenset[str]:
    """The stems of a text, without those that stand in every question."""
    return frozenset(stems(text)) - _EVERYWHERE


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((resources.files("askworthy.findings") / "matters.json").read_bytes())
    return data
