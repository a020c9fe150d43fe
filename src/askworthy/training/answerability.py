"""Pairs of question and passage in; a judge out: the ONNX file that the product runs, and a CrossEncoder beside it.

General question-answering pairs teach what an answer looks like, then questions of candidates, with passages that
answer them and near misses, teach that it has to be an answer to what was asked. A bigger network can learn both first
and hand on what it makes of every pair, those without a label among them (knowledge distillation, Hinton et al., 2015).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from askworthy.errors import BadCorpus
from askworthy.evidence.index import Watch
from askworthy.inference.manifest import check_model_target
from askworthy.training.batches import MAX_LENGTH, Tokens
from askworthy.training.distilling import distilled
from askworthy.training.export import export_onnx
from askworthy.training.intents import Text
from askworthy.training.judging import fit, open_judge
from askworthy.training.lists import Example, List, read_lists
from askworthy.training.pairs import Pair, read_pairs
from askworthy.training.restore import restore
from askworthy.training.unlabelled import put_to_employers
from askworthy.training.upstream import UPSTREAM_SHA256, upstream_folder

PAIRS = 128  # a step
GENERAL_EPOCHS, EPOCHS = 1.0, 2.0
RATE, TEACHER_RATE = 1.2e-4, 3e-5
MOST_GENERAL = 8  # pairs of one general question: what answers, and some of the windows beside it


def train_answerability(
    general: Sequence[Path],
    corpora: Sequence[Path],
    target: Path,
    *,
    teacher: str | None = None,
    asked: Path | None = None,
    start: Path | None = None,
    seed: int = 0,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Train a judge and write it to `target/`.

    Args:
        general: Files of question-answering pairs, JSON Lines, gzipped or not: question, passage, label (0 or 1).
        corpora: Questions of candidates with passages that answer and that do not; see `read_lists`.
        target: Folder to write; `torch/` in it is the same as a sentence-transformers CrossEncoder, and `teacher/` the
            teacher, if there is one, which an encoder may learn from too.
        teacher: A bigger sentence encoder's name or folder; it learns to judge first, and as it is its cosines count.
        asked: Questions without labels, JSON Lines: they are put to the employers among `corpora`, and the teacher says
            what search finds for them.
        seed: Of the order, the wordings and the headings left out.
        watch: Told how far it has come.

    Returns:
        How many lists there were of each kind, the seed, and the seconds it took.

    Raises:
        BadCorpus: A file cannot be read, or nothing is in the corpora.
        BadModel: The teacher, or the judge to go on from, cannot be read.
    """
    check_model_target(target)
    began = time.monotonic()
    source = random.Random(seed)
    first = _by_question(
        [Example((pair.question,), _text(pair), pair.label) for p in general for pair in read_pairs(p)]
    )
    lists: list[List] = list(read_lists(corpora, source, watch=watch))
    if not lists:
        raise BadCorpus(f"nothing to learn from in {', '.join(map(str, corpora)) or 'no corpus'}; name judged pairs")
    taught = open_judge(teacher) if teacher else None
    if taught:
        _train(taught, first, lists, TEACHER_RATE, seed, watch)
        extra = put_to_employers(asked, corpora, source, watch=watch) if asked else []
        lists = distilled(taught, lists, extra, beside=teacher)
    model = restore(start) if start else open_judge(str(upstream_folder()))
    before = deepcopy(model.model.state_dict()) if start else None
    _train(model, [] if start else first, lists, RATE, seed, watch)
    if before:
        model.model.load_state_dict(_mean(before, model.model.state_dict()))
    network = model.model.float().cpu().eval()
    facts = {
        "kind": "answerability",
        "max_length": MAX_LENGTH,
        "origin": "sentence-transformers/all-MiniLM-L6-v2",
        "origin_sha256": UPSTREAM_SHA256,
        "licence": "Apache-2.0",
        "teacher": Path(teacher).name if teacher else None,
        "lists": [len(first), len(lists)],
        "seed": seed,
        "seconds": round(time.monotonic() - began),
    }
    export_onnx(network, upstream_folder() / "tokenizer.json", target, facts, output="logits")
    model.save_pretrained(str(target / "torch"))
    if taught:
        taught.save_pretrained(str(target / "teacher"))
    return facts


def _train(
    model: Any, general: Sequence[List], lists: Sequence[List], rate: float, seed: int, watch: Watch | None
) -> None:
    tokens = Tokens(model.tokenizer)
    for some, epochs in ((general, GENERAL_EPOCHS), (lists, EPOCHS)):
        if some:
            seen = sum(min(MOST_GENERAL, len(one)) for one in some)
            steps = max(1, round(epochs * seen / PAIRS))
            fit(model.model, tokens, some, rate=rate, pairs=PAIRS, steps=steps, seed=seed, watch=_told(watch, steps))


def _mean(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Weights half way between; what was learned on the way costs less elsewhere (Wortsman et al., 2022)."""
    return {name: ((value.float() + after[name].float()) / 2).to(value.dtype) for name, value in before.items()}


def _told(watch: Watch | None, steps: int) -> Callable[[float], None] | None:
    return (lambda done: watch("training", round(done * steps), steps)) if watch else None


def _by_question(examples: Sequence[Example]) -> list[List]:
    asked: dict[tuple[str, ...], list[Example]] = {}
    for one in examples:
        asked.setdefault(one.questions, []).append(one)
    return list(asked.values())


def _text(pair: Pair) -> Text:
    return Text(pair.heading, pair.passage)
