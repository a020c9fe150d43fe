"""Questions and employers in; what search finds for these questions there, for a teacher to judge, out."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

from askworthy.company.company import Company
from askworthy.errors import BadCorpus
from askworthy.evaluation.corpora import text_of
from askworthy.evidence.index import Watch, open_index
from askworthy.evidence.retrieve import retrieve
from askworthy.inference.encoder import load_encoder
from askworthy.training.intents import Text
from askworthy.training.lists import Example

QUESTIONS = 260  # put to each employer
FOUND = 12  # passages a question


def put_to_employers(
    asked: Path, corpora: Sequence[Path], source: random.Random, *, watch: Watch | None = None
) -> list[list[Example]]:
    """Draw questions for each employer and search its text for them.

    Args:
        asked: JSON Lines with a question each; those whose aspect is `other` are left out.
        corpora: Of these the folders of judged employers count.
        source: Draws the questions.
        watch: Told how many employers are searched.

    Returns:
        A list of examples a question; their targets mean nothing yet.

    Raises:
        BadCorpus: The questions cannot be read.
    """
    try:
        rows = [json.loads(line) for line in asked.read_text(encoding="utf-8").splitlines()]
        questions = [str(row["question"]) for row in rows if row.get("aspect") != "other"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(f"{asked} holds no questions ({error}); each line needs question") from error
    encoder = load_encoder()
    names = sorted({text_of(file) for folder in corpora if folder.is_dir() for file in folder.glob("*.jsonl")})
    lists = []
    for done, name in enumerate(names, start=1):
        some = source.sample(questions, min(QUESTIONS, len(questions)))
        found = retrieve(some, open_index(Company.open(name), encoder), encoder, top_k=FOUND)
        for question, candidates in zip(some, found, strict=True):
            texts = [Text(one.passage.heading, one.passage.text) for one in candidates]
            lists.append([Example((question,), text, 0.0) for text in texts])
        if watch:
            watch("searching", done, len(names))
    return lists
