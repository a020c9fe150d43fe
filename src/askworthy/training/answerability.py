"""Pairs of question and passage in; a judge out: the ONNX file that the product runs, and a CrossEncoder beside it.

Two stages on MiniLM's weights: general question-answering pairs teach what an answer looks like, then questions of
candidates, with passages that answer them and near misses, teach that the topic has to be the asked one too.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from askworthy.errors import BadCorpus
from askworthy.evidence.index import Watch
from askworthy.training.encoder import UPSTREAM_SHA256, upstream_folder
from askworthy.training.export import export_onnx
from askworthy.training.groups import Group, Text, read_groups
from askworthy.training.pairs import read_pairs

MAX_LENGTH = 144  # tokens of question and passage together
BATCH = 32
LENGTH_STEP = 8  # batches are padded to multiples of it: few shapes, so the arithmetic library plans once
WARM_UP = 50  # steps
WITH_HEADING = 0.65  # share of passages that are read under their heading, so that the judge learns both
MOST_GENERAL = 14_000  # pairs: half an hour on one core; more of them pull it back to answers of any topic
ANSWERS_COUNT = 2  # times an answer is seen in an epoch: near misses outnumber answers
FROM_OTHERS = 2  # answers of another intent on the same topic that count as near misses of one


@dataclass(frozen=True, slots=True)
class Example:
    """A question, in one of several wordings, and a passage."""

    questions: tuple[str, ...]
    text: Text
    label: float  # how far it answers: 0 to 1


@dataclass(frozen=True)
class Stage:
    """One pass of training over one kind of examples."""

    examples: Sequence[Example]
    epochs: float
    rate: float  # the optimiser's highest learning rate


def train_answerability(
    general: Sequence[Path], corpora: Sequence[Path], target: Path, *, seed: int = 0, watch: Watch | None = None
) -> dict[str, Any]:
    """Train a judge and write it to `target/`.

    Args:
        general: Files of question-answering pairs, JSON Lines, gzipped or not: question, passage, label (0 or 1).
        corpora: Questions of candidates with passages that answer and that do not; see `read_groups`.
        target: Folder to write; `torch/` in it is the same as a sentence-transformers CrossEncoder.
        seed: Of the order, the wordings and the headings left out.
        watch: Told how many steps are done.

    Returns:
        How many examples each stage had, the seed, and the seconds it took.

    Raises:
        BadCorpus: A file cannot be read, or nothing is in them.
    """
    began = time.monotonic()
    source = random.Random(seed)
    pairs = [pair for path in general for pair in read_pairs(path)]
    first = [Example((pair.question,), Text(pair.heading, pair.passage), pair.label) for pair in pairs]
    stages = [
        Stage(source.sample(first, min(MOST_GENERAL, len(first))), epochs=1, rate=6e-5),
        Stage(examples(read_groups(corpora, watch=watch), source), epochs=2, rate=5e-5),
    ]
    if not stages[1].examples:
        raise BadCorpus(f"nothing to learn from in {', '.join(map(str, corpora)) or 'no corpus'}; name judged pairs")
    model = new_judge(upstream_folder())
    for stage in stages:
        if stage.examples:
            fit(model, stage, seed=seed, watch=watch)
    model.model.float().eval()
    facts = {
        "kind": "answerability",
        "max_length": MAX_LENGTH,
        "origin": "sentence-transformers/all-MiniLM-L6-v2",
        "origin_sha256": UPSTREAM_SHA256,
        "licence": "Apache-2.0",
        "examples": [len(stage.examples) for stage in stages],
        "seed": seed,
        "seconds": round(time.monotonic() - began),
    }
    export_onnx(model.model, upstream_folder() / "tokenizer.json", target, facts, output="logits")
    model.save_pretrained(str(target / "torch"))
    return facts


def examples(groups: Sequence[Group], source: random.Random) -> list[Example]:
    """Single judgements: each group's own, and answers crossed with questions that they do not answer."""
    found = []
    topics: dict[str, list[Group]] = {}
    for group in groups:
        if group.topic:
            topics.setdefault(group.topic, []).append(group)
    for group in groups:
        for text, label in group.answers:
            times = ANSWERS_COUNT if label == 1 and group.topic else 1
            found += times * [Example(group.questions, text, label)]
            if group.others and label == 1:
                found.append(Example(group.others, text, 0.0))
        found += [Example(group.questions, text, 0.0) for text in group.misses]
        other = source.choice(topics[group.topic]) if group.topic else group
        if other is not group:
            # The same kind of answer about another thing: what a judge of general pairs falls for.
            texts = source.sample(other.answers, min(FROM_OTHERS, len(other.answers)))
            found += [Example(group.questions, text, 0.0) for text, _ in texts]
    return found


def new_judge(weights: Path) -> Any:
    """A sentence-transformers CrossEncoder with one output, on the weights of that folder."""
    from sentence_transformers import CrossEncoder

    # Eager attention: with bfloat16 on a CPU it trains several times faster than the fused kind, and dropout would cost
    # as much again.
    return CrossEncoder(
        str(weights),
        num_labels=1,
        max_length=MAX_LENGTH,
        model_kwargs={"attn_implementation": "eager"},
        config_kwargs={"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "classifier_dropout": 0.1},
        local_files_only=True,
    )


def fit(model: Any, stage: Stage, *, seed: int, watch: Watch | None = None) -> None:
    """Train on the examples of one stage, in place.

    A loop of our own rather than the library's trainer: wordings and headings are drawn afresh in every epoch, batches
    hold like lengths, and the word embeddings stay as they are, since a small corpus would only blur them.
    """
    import torch

    source = random.Random(seed)
    torch.manual_seed(seed)
    network = model.model
    device = next(network.parameters()).device
    for name, parameter in network.named_parameters():
        parameter.requires_grad_("embeddings" not in name)
    learned = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=stage.rate, weight_decay=0.01)
    loss_of = torch.nn.BCEWithLogitsLoss()
    steps = max(1, int(stage.epochs * len(stage.examples) / BATCH))
    network.train()
    for step, batch in enumerate(_batches(model.tokenizer, stage.examples, steps, source)):
        for group in optimiser.param_groups:
            group["lr"] = stage.rate * min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
        inputs = {name: values.to(device) for name, values in batch.items()}
        labels = inputs.pop("labels")
        with torch.autocast(device.type, dtype=torch.bfloat16):
            logits = network(**inputs).logits.squeeze(-1)
        loss_of(logits.float(), labels).backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if watch:
            watch("training", step + 1, steps)
    network.eval()


def _batches(
    tokenizer: Any, drawn_from: Sequence[Example], steps: int, source: random.Random
) -> Iterator[dict[str, Any]]:
    import torch

    done = 0
    while done < steps:
        order = source.sample(range(len(drawn_from)), len(drawn_from))
        # Like lengths together within stretches of forty batches: little padding, and still a random order.
        for at in range(0, len(order), BATCH * 40):
            stretch = [drawn_from[row] for row in order[at : at + BATCH * 40]]
            encoded = [
                tokenizer(
                    source.choice(one.questions),
                    one.text.read(with_heading=source.random() < WITH_HEADING),
                    truncation="only_second",
                    max_length=MAX_LENGTH,
                )
                for one in stretch
            ]
            rows = sorted(range(len(stretch)), key=lambda row: len(encoded[row]["input_ids"]))
            batches = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
            source.shuffle(batches)
            for batch in batches[: steps - done]:
                yield _padded([encoded[row] for row in batch]) | {
                    "labels": torch.tensor([stretch[row].label for row in batch])
                }
                done += 1


def _padded(encoded: Sequence[Any]) -> dict[str, Any]:
    import torch

    length = max(len(one["input_ids"]) for one in encoded)
    length = -(-length // LENGTH_STEP) * LENGTH_STEP
    return {
        name: torch.tensor([one[name] + [0] * (length - len(one[name])) for one in encoded])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    }
