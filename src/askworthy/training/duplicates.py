"""Pairs of questions in; a cross-encoder that tells whether two ask the same, as the ONNX file that the product runs.

It goes on from the judge, which has learned what candidates ask and which words an answer hangs on.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from askworthy.errors import BadCorpus
from askworthy.evidence.index import Watch
from askworthy.inference.manifest import model_folder, read_manifest
from askworthy.training.batches import MAX_LENGTH, Tokens
from askworthy.training.export import export_onnx
from askworthy.training.intents import Intent, Text, read_intents
from askworthy.training.judging import fit
from askworthy.training.lists import Example
from askworthy.training.restore import restore
from askworthy.training.upstream import upstream_folder

PAIRS = 128  # a step
EPOCHS = 6.0
RATE = 1e-4
OF_AN_INTENT = 5  # pairs of its wordings, and twice as many of a wording and another question
WORDED, OTHER = 0.95, 0.03  # how far two wordings of an intent ask the same, and an intent and another


def train_duplicates(
    corpora: Sequence[Path],
    target: Path,
    *,
    epochs: float = EPOCHS,
    seed: int = 0,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Teach the bundled judge to tell whether two questions ask the same, and write it to `target/`.

    Args:
        corpora: Files of pairs, as `corpus/duplicates`: first, second and same (true, false, or a share of 1); and of
            intents, as `corpus/answers`.
        target: Folder to write.
        epochs: Times through all pairs, each of which is read both ways round.
        seed: Of all that is drawn.
        watch: Told how far it has come.

    Returns:
        What the manifest says of the training.

    Raises:
        BadCorpus: A file cannot be read, or holds no pairs.
        BadModel: The judge is not there.
        BadOutput: The folder cannot be written.
    """
    began, source = time.monotonic(), random.Random(seed)
    pairs = [pair for corpus in corpora for pair in _pairs(corpus, source)]
    if not pairs:
        raise BadCorpus(f"no pairs in {', '.join(map(str, corpora)) or 'no corpus'}; name files of pairs or of intents")
    judge = model_folder("answerability")
    model = restore(judge)
    both_ways = [(b, a, same) for a, b, same in pairs] + pairs
    # Lists of one: no question of a pair is weighed against another's.
    lists = [[Example((a,), Text("", b), same)] for a, b, same in both_ways]
    steps = max(1, round(epochs * len(lists) / PAIRS))
    told = (lambda done: watch("training", round(done * steps), steps)) if watch else None
    fit(model.model, Tokens(model.tokenizer), lists, rate=RATE, pairs=PAIRS, steps=steps, seed=seed, watch=told)
    manifest = read_manifest(judge)
    facts = {key: manifest[key] for key in ("origin", "origin_sha256", "licence")} | {
        "kind": "duplicates",
        "max_length": MAX_LENGTH,
        "start": str(manifest["hash"])[:16],
        "trained": {"pairs": len(pairs), "steps": steps, "seed": seed},
        "seconds": round(time.monotonic() - began),
    }
    network = model.model.float().cpu().eval()
    export_onnx(network, upstream_folder() / "tokenizer.json", target, facts, output="logits")
    return facts


def _pairs(corpus: Path, source: random.Random) -> list[tuple[str, str, float]]:
    try:
        with corpus.open(encoding="utf-8") as lines:
            first = json.loads(next(lines, "{}"))
        if "questions" in first:
            return [pair for intent in read_intents(corpus) for pair in _of_intent(intent, source)]
        with corpus.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.strip()]
        return [(str(row["first"]), str(row["second"]), min(1.0, max(0.0, float(row["same"])))) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(f"{corpus} holds no pairs ({error!r}); each line needs first, second and same") from error


def _of_intent(intent: Intent, source: random.Random) -> Iterator[tuple[str, str, float]]:
    worded = list(combinations(intent.questions, 2))
    for a, b in source.sample(worded, min(OF_AN_INTENT, len(worded))):
        yield a, b, WORDED
    for other in intent.others:
        for _ in range(2):
            yield source.choice(intent.questions), other, OTHER
