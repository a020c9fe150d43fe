"""Labelled corpora in; lists of questions and passages that belong together, each pair with how far it answers, out."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from askworthy.errors import BadCorpus
from askworthy.evidence.index import Watch
from askworthy.inference.encoder import load_encoder
from askworthy.training.intents import Intent, Text, read_intents
from askworthy.training.pairs import LABELS, Pair, read_pairs
from askworthy.training.verdict import Judged, read_judged

MAX_LINE = 10_000_000  # bytes
FROM_OTHERS = 4  # answers to other intents on a topic that stand beside an intent's own passages
OTHERS_TRUST = 0.7  # how sure it is that they do not answer
FIRST = 6  # candidates of a question that something answers: what ranks so high may answer too, though nobody marked it
FIRST_TRUST, LATER_TRUST = 0.15, 0.4  # how sure it is that it does not, and that those after it do not


@dataclass(frozen=True, slots=True)
class Example:
    """A question, in one of several wordings, and a passage."""

    questions: tuple[str, ...]
    text: Text
    target: float  # how far the passage answers: 0 to 1
    weight: float = 1.0  # how sure that is


List = Sequence[Example]  # weighed against each other: one question's passages, or one passage's questions


def read_lists(
    corpora: Sequence[Path], source: random.Random, *, by_question: bool = False, watch: Watch | None = None
) -> list[list[Example]]:
    """Read corpora of any of four kinds.

    - a file of intents, as `corpus/answers`: questions, answers, partly, near and other_questions a line;
    - a file of contrasts, as `corpus/contrast`: a passage, and questions that it answers or only seems to, a line;
    - a file of judged pairs of question and passage, as `corpus/employers/pairs`;
    - a folder of judged employers, as `corpus/employers/lists-train`; the bundled encoder searches it for near misses.

    Args:
        corpora: Files and folders.
        source: Draws answers to other intents.
        by_question: No lists of one passage's questions: what is known of these comes as lists of one.
        watch: Told how many employers are searched.

    Raises:
        BadCorpus: One cannot be read.
    """
    lists: list[list[Example]] = []
    for corpus in corpora:
        if corpus.is_dir():
            lists += _from_employers(corpus, watch)
            continue
        kind = kind_of(corpus)
        if kind == "intents":
            lists += from_intents(read_intents(corpus), source, by_question=by_question)
        elif kind == "contrasts":
            found = read_contrasts(corpus)
            lists += [[one] for some in found for one in some] if by_question else found
        else:
            lists += from_pairs(read_pairs(corpus))
    return lists


def from_intents(
    intents: Sequence[Intent], source: random.Random, *, by_question: bool = False
) -> Iterator[list[Example]]:
    """Each intent with its passages, and each of its answers with its questions and others that it does not answer."""
    topics: dict[str, list[Intent]] = {}
    for intent in intents:
        topics.setdefault(intent.topic, []).append(intent)
    for intent in intents:
        others = [other for other in topics[intent.topic] if other is not intent]
        texts = [(text, 1.0) for text in intent.answers] + [(text, 0.5) for text in intent.partly]
        own = [Example(intent.questions, text, target) for text, target in texts]
        own += [Example(intent.questions, text, 0.0) for text in intent.misses]
        # The same kind of answer about another thing: what a judge of general pairs falls for.
        strange = [one for one in source.sample(others, min(FROM_OTHERS, len(others))) if one.answers]
        own += [Example(intent.questions, source.choice(one.answers), 0.0, OTHERS_TRUST) for one in strange]
        yield own
        if not by_question:
            for text in intent.answers:
                asked = [Example(intent.questions, text, 1.0)]
                if intent.others:
                    asked.append(Example(intent.others, text, 0.0))
                strange = source.sample(others, min(FROM_OTHERS, len(others)))
                yield asked + [Example(one.questions, text, 0.0, OTHERS_TRUST) for one in strange]


def read_contrasts(path: Path) -> list[list[Example]]:
    """Read passages with questions: each line holds heading, passage and questions, these with question and label.

    Raises:
        BadCorpus: A line is something else.
    """
    found: list[list[Example]] = []
    try:
        with path.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                text = Text(str(row["heading"]), str(row["passage"]))
                asked = [(str(one["question"]), LABELS[one["label"]]) for one in row["questions"]]
                found.append([Example((question,), text, target) for question, target in asked])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(
            f"{path}, line {len(found) + 1}: {error!r}; each line needs heading, passage and questions with labels"
        ) from error
    return [some for some in found if some]


def from_pairs(pairs: Iterable[Pair]) -> Iterator[list[Example]]:
    """Judged pairs, those of one question together."""
    asked: dict[str, list[Pair]] = {}
    for pair in pairs:
        asked.setdefault(pair.question, []).append(pair)
    for question, some in asked.items():
        yield [Example((question,), Text(pair.heading, pair.passage), pair.label) for pair in some]


def from_judged(company: Judged) -> Iterator[list[Example]]:
    """Judged questions: their marked passages, and what the product's own search puts forward beside them.

    Nothing that is found for an open question answers it; for others it is less sure, as an answer may stand on several
    pages and be marked on one.
    """
    for searched, label, answers in zip(company.searched, company.labels, company.answers, strict=True):
        some = []
        for rank, (one, answer) in enumerate(zip(searched.candidates, answers, strict=True)):
            trust = 1.0 if label == 0 or answer > 0 else FIRST_TRUST if rank < FIRST else LATER_TRUST
            some.append(Example((searched.asked,), Text(one.passage.heading, one.passage.text), float(answer), trust))
        yield some


def _from_employers(folder: Path, watch: Watch | None) -> Iterator[list[Example]]:
    files, encoder = sorted(folder.glob("*.jsonl")), load_encoder()
    for done, file in enumerate(files, start=1):
        yield from from_judged(read_judged(file, encoder))
        if watch:
            watch("searching", done, len(files))


def kind_of(path: Path) -> str:
    """Which kind of file: intents, contrasts, or pairs, by its first line."""
    try:
        with path.open("rb") as lines:
            row = json.loads(lines.readline(MAX_LINE))
        return "intents" if "answers" in row else "contrasts" if "questions" in row else "pairs"
    except (OSError, ValueError, TypeError, RecursionError):
        return "pairs"  # a gzipped file, or one that the reader of pairs will say is none
