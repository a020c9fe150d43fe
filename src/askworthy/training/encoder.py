"""The upstream MiniLM weights and labelled corpora in; `models/encoder/` out."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from askworthy.errors import BadCorpus
from askworthy.evidence.index import Watch
from askworthy.inference.manifest import check_model_target
from askworthy.training.batches import Tokens
from askworthy.training.contrast import Topics, tune
from askworthy.training.distilling import distilled
from askworthy.training.export import export_onnx
from askworthy.training.intents import read_intents
from askworthy.training.judging import open_judge
from askworthy.training.lists import List, kind_of, read_lists
from askworthy.training.unlabelled import put_to_employers
from askworthy.training.upstream import UPSTREAM_SHA256, upstream_folder

STEPS = 1500
MAX_LENGTH = 256  # tokens; the length upstream was trained for


def train_encoder(
    target: Path,
    corpora: Sequence[Path] = (),
    *,
    topics: Path | None = None,
    judge: str | None = None,
    asked: Path | None = None,
    steps: int = STEPS,
    seed: int = 0,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Tune the upstream encoder on these corpora, and export it to `target/`; without any it is exported as it is.

    A judge's word on every pair is worth more than labels alone: near misses share their words with the question on
    purpose, and an encoder that learns from labels of these distrusts shared words, which on real pages are the best
    sign there is.

    Args:
        target: Folder to write.
        corpora: Questions with passages that answer and that do not; see `read_lists` for what they may be.
        topics: Labelled questions, whose topics are learned beside.
        judge: A CrossEncoder's name or folder, the teacher of `train answerability`, say: how far passages answer is
            learned from it too.
        asked: Questions without labels, put to the employers among the corpora for that judge.
        steps: Training steps of 32 questions.
        seed: Of all that is drawn.
        watch: Told how far it has come.

    Returns:
        What the manifest says of the training.

    Raises:
        BadModel: The upstream weights or the judge are not there.
        BadCorpus: A corpus cannot be read.
        BadOutput: The folder cannot be written.
    """
    from transformers import AutoTokenizer

    check_model_target(target)
    folder = upstream_folder()
    network = _upstream() if corpora else _upstream().cpu()
    facts = {
        "kind": "encoder",
        "dimensions": network.config.hidden_size,
        "max_length": MAX_LENGTH,
        "origin": "sentence-transformers/all-MiniLM-L6-v2",
        "origin_sha256": UPSTREAM_SHA256,
        "licence": "Apache-2.0",
    }
    if corpora:
        began = time.monotonic()
        source = random.Random(seed)
        lists: list[List] = list(read_lists(corpora, source, by_question=True, watch=watch))
        if judge:
            extra = put_to_employers(asked, corpora, source, watch=watch) if asked else []
            lists = distilled(open_judge(judge), lists, extra)
        intents = [one for path in corpora if kind_of(path) == "intents" for one in read_intents(path)]
        tokens = Tokens(AutoTokenizer.from_pretrained(folder, local_files_only=True))
        told = read_topics(topics) if topics else None
        tune(network, tokens, lists, intents, told, steps=steps, seed=seed, watch=_told(watch, steps))
        network.float().cpu().eval()
        facts |= {"lists": len(lists), "steps": steps, "seed": seed, "seconds": round(time.monotonic() - began)}
    export_onnx(network, folder / "tokenizer.json", target, facts)
    return facts


def _upstream() -> Any:
    """Upstream's network; on a GPU, if there is one, with the dropout it came with.

    With bfloat16 on a CPU, eager attention without dropout trains several times faster than anything else.
    """
    import torch
    from transformers import AutoModel

    if torch.cuda.is_available():
        return AutoModel.from_pretrained(upstream_folder(), local_files_only=True).to("cuda").eval()
    return AutoModel.from_pretrained(
        upstream_folder(),
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        local_files_only=True,
    ).eval()


def _told(watch: Watch | None, steps: int) -> Callable[[float], None] | None:
    return (lambda done: watch("training", round(done * steps), steps)) if watch else None


def read_topics(path: Path) -> Topics:
    """Read labelled questions.

    Raises:
        BadCorpus: A line is none.
    """
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        names = sorted({str(row["topic"]) for row in rows})
        return Topics([str(row["question"]) for row in rows], [names.index(row["topic"]) for row in rows], len(names))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(f"{path} holds no labelled questions ({error}); each line needs question and topic") from error
