"""Labelled corpora in; questions, each with passages that answer it and passages that only seem to, out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from askworthy.errors import BadCorpus
from askworthy.evidence.index import Watch
from askworthy.inference.encoder import load_encoder
from askworthy.training.pairs import Pair, read_pairs
from askworthy.training.verdict import Judged, read_judged

MAX_LINE = 10_000_000  # bytes
NEAREST = 8  # candidates of an open question that are taken as near misses
FAR_ENOUGH = slice(10, 16)  # of a published question: what ranks above them may be an answer that nobody marked


@dataclass(frozen=True, slots=True)
class Text:
    """A passage under its heading."""

    heading: str
    text: str

    def read(self, *, with_heading: bool) -> str:
        """What a model reads."""
        return f"{self.heading}: {self.text}" if self.heading and with_heading else self.text


@dataclass(frozen=True, slots=True)
class Group:
    """One thing that candidates want to know."""

    questions: tuple[str, ...]  # wordings of it, at least one
    answers: tuple[tuple[Text, float], ...]  # passages, and how far each answers: 1, or 0.5 for partly
    misses: tuple[Text, ...]  # passages on the topic that do not answer
    others: tuple[str, ...] = ()  # questions near it that want something else
    topic: str = ""


def read_groups(corpora: Sequence[Path], *, watch: Watch | None = None) -> list[Group]:
    """Read corpora of any of three kinds.

    - a file of intents, as `corpus/answers`: questions, answers, partly, near and other_questions a line;
    - a file of judged pairs of question and passage, as `corpus/employers/pairs`;
    - a folder of judged employers, as `corpus/employers/lists-train`; the bundled encoder searches it for near misses.

    Raises:
        BadCorpus: One cannot be read.
    """
    groups: list[Group] = []
    for corpus in corpora:
        if corpus.is_dir():
            groups += _from_employers(corpus, watch)
        elif _holds_intents(corpus):
            groups += read_intents(corpus)
        else:
            groups += from_pairs(list(read_pairs(corpus)))
    return groups


def read_intents(path: Path) -> list[Group]:
    """Read a file of intents.

    Raises:
        BadCorpus: A line is something else.
    """
    found: list[Group] = []
    try:
        with path.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                answers = [(_text(one), 1.0) for one in row["answers"]] + [(_text(one), 0.5) for one in row["partly"]]
                misses = tuple(map(_text, row["near"]))
                others = tuple(map(str, row["other_questions"]))
                questions = tuple(map(str, row["questions"]))
                if not questions:
                    raise ValueError("no question")
                found.append(Group(questions, tuple(answers), misses, others, str(row["topic"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(
            f"{path}, line {len(found) + 1}: {error!r}; "
            f"each line needs topic, questions, answers, partly, near and other_questions"
        ) from error
    return found


def from_pairs(pairs: Sequence[Pair]) -> Iterator[Group]:
    """Judged pairs, those of one question together."""
    asked: dict[str, list[Pair]] = {}
    for pair in pairs:
        asked.setdefault(pair.question, []).append(pair)
    for question, some in asked.items():
        yield Group(
            (question,),
            tuple((Text(pair.heading, pair.passage), pair.label) for pair in some if pair.label > 0),
            tuple(Text(pair.heading, pair.passage) for pair in some if pair.label == 0),
        )


def from_judged(company: Judged) -> Iterator[Group]:
    """Judged questions: their marked passages, and what the product's own search puts forward beside them.

    Nothing that is found for an open question answers it; for others the best ranked are left out, as an answer may
    stand on several pages and be marked on one.
    """
    for searched, label, answers in zip(company.searched, company.labels, company.answers, strict=True):
        texts = [Text(one.passage.heading, one.passage.text) for one in searched.candidates]
        wrong = [text for text, answer in zip(texts, answers, strict=True) if answer == 0]
        yield Group(
            (searched.asked,),
            tuple((text, float(answer)) for text, answer in zip(texts, answers, strict=True) if answer > 0),
            tuple(wrong[:NEAREST] if label == 0 else wrong[FAR_ENOUGH]),
        )


def _from_employers(folder: Path, watch: Watch | None) -> Iterator[Group]:
    files, encoder = sorted(folder.glob("*.jsonl")), load_encoder()
    for done, file in enumerate(files, start=1):
        yield from from_judged(read_judged(file, encoder))
        if watch:
            watch("searching", done, len(files))


def _holds_intents(path: Path) -> bool:
    try:
        with path.open("rb") as lines:
            return "answers" in json.loads(lines.readline(MAX_LINE))
    except (OSError, ValueError, TypeError, RecursionError):
        return False  # a gzipped file, or one that the reader of pairs will say is none


def _text(row: dict[str, str]) -> Text:
    return Text(str(row["heading"]), str(row["text"]))
