"""Questions in; for each, the matter of everyday working life that it is about, with questions that dig deeper, out."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from askworthy.evidence.lexical import stems
from askworthy.inference.encoder import Encoder, Vectors
from askworthy.inference.pair_reader import PairReader

VECTORS = "matters.npz"  # made by `python -m askworthy.training.matters`
STEP = 127  # a vector's figures are kept as whole numbers of this part of 1
# So many matters that a question comes near, and at least so near, are read together with it.
READ, NEAR = 4, 0.45
# The least log-odds of their being the same or close, from which on a question is on a matter, and on a second one too.
ON_IT, ON_IT_TOO = 2.5, 3.5
# Least cosine of a question and one that digs deeper: two independent readers find four in five above it deeper, and
# half of those between 0.4 and it. Where the reader has seen that it is on the matter, less will do, and still less
# where the question comes as near as that to a typical one, for which it was written.
FITS, FITS_IF_READ, FITS_IF_TYPICAL, TYPICAL = 0.5, 0.4, 0.2, 0.68
# In so many of the questions at most stands a word that is seldom said.
SELDOM = 40
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
    # Each can be said alone, text cannot answer it, and it takes nothing for granted that not every employer has.
    questions: tuple[str, ...]
    asked: tuple[str, ...] = ()  # typical questions on it, in different words
    words: re.Pattern[str] | None = None  # of a broad matter: at least one must stand in a question on it


@cache
def fine_matters() -> tuple[Matter, ...]:
    """Matters that a question is on if it asks what a typical one does, or nearly."""
    return tuple(_matter(row, asked=tuple(row["asked"])) for row in _data()["fine"])


def typical_questions() -> list[str]:
    """Of all fine matters, in their order."""
    return [asked for matter in fine_matters() for asked in matter.asked]


def made_from(asked: Sequence[str], encoder: Encoder) -> str:
    """Names these questions and this encoder, and no others."""
    return hashlib.sha256("\n".join([encoder.hash, *asked]).encode()).hexdigest()


@cache
def broad_matters() -> tuple[Matter, ...]:
    """Matters that a question is on if it has one of their words; those with the more telling words first."""
    return tuple(_matter(row, words=re.compile(row["words"], re.I)) for row in _data()["broad"])


@cache
def topic_questions() -> dict[str, tuple[str, ...]]:
    """For each topic, questions that fit any question on it, for those on none of the matters."""
    return {topic: tuple(some) for topic, some in _data()["topics"].items()}


def deeper_questions(questions: Sequence[str], encoder: Encoder, reader: PairReader) -> list[list[str]]:
    """Find what digs deeper, for each of n questions: what was written for the matters that it is on, surest first.

    It is on a fine matter if the reader finds it the same as a typical question, or close; else on a broad one whose
    words it has. Empty where it is on none.
    """
    if not questions:
        return []
    vectors = encoder.encode(list(questions))
    fine, broad = _fine(questions, vectors, encoder, reader), _broad(questions, encoder)
    return [
        [one for matter, least in some for one in _near(matter, asked, encoder, least)]
        if some
        else (_near(other, asked, encoder, FITS) if other else [])
        for asked, some, other in zip(vectors, fine, broad, strict=True)
    ]


def _near(matter: Matter, asked: NDArray[np.float32], encoder: Encoder, least: float) -> list[str]:
    """A matter's questions that come as near a question as that, nearest first."""
    cosines = (encoder.encode(matter.questions) @ asked).tolist()
    near = [(-cosine, text) for cosine, text in zip(cosines, matter.questions, strict=True) if cosine >= least]
    return [text for _, text in sorted(near)]


def _fine(
    questions: Sequence[str], vectors: Vectors, encoder: Encoder, reader: PairReader
) -> list[list[tuple[Matter, float]]]:
    """The fine matters that each of n questions is on, surest first, and how near what was written for them must be."""
    typical = [(matter, asked) for matter in fine_matters() for asked in matter.asked]
    pairs: list[tuple[int, Matter, str, float]] = []
    for place, cosines in enumerate(vectors @ _typical_vectors(encoder).T):
        near: dict[Matter, tuple[str, float]] = {}
        for row in np.argsort(-cosines):
            if len(near) == READ or cosines[row] < NEAR:
                break
            matter, asked = typical[row]
            near.setdefault(matter, (asked, float(cosines[row])))
        pairs += [(place, matter, *nearest) for matter, nearest in near.items()]
    odds = reader.log_odds([(questions[place], asked) for place, _, asked, _ in pairs])[:, 1].tolist()
    found: list[list[tuple[Matter, float]]] = [[] for _ in questions]
    for (place, matter, _, cosine), sure in sorted(zip(pairs, odds, strict=True), key=lambda one: -one[1]):
        if sure >= (ON_IT_TOO if found[place] else ON_IT):
            found[place].append((matter, FITS_IF_TYPICAL if cosine >= TYPICAL else FITS_IF_READ))
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


@cache
def particular() -> frozenset[str]:
    """The stems that name a matter and are seldom said: "standby", "sprint". What has them may not fit everywhere."""
    every = (*fine_matters(), *broad_matters())
    said = Counter(stem for one in every for text in one.questions for stem in telling(text))
    return frozenset(stem for one in every for stem in telling(one.name) if said[stem] <= SELDOM)


def telling(text: str) -> frozenset[str]:
    """The stems of a text, without those that stand in every question."""
    return frozenset(stems(text)) - _EVERYWHERE


def _matter(row: Mapping[str, Any], **told: Any) -> Matter:
    return Matter(row["matter"], tuple(row["questions"]), **told)


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((resources.files("askworthy.findings") / "matters.json").read_bytes())
    return data
