"""Pairs of question and passage in; a judge, as a sentence-transformers CrossEncoder, out.

Two stages on MiniLM's weights: general question-answering pairs teach what an answer looks like, then judged pairs of
employers, most of them near misses, teach that the topic has to be the asked one too.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from askworthy.evidence.index import Watch
from askworthy.training.encoder import upstream_folder
from askworthy.training.pairs import Pair, read_pairs

MAX_LENGTH = 224  # tokens of question and passage together
BATCH = 32
LENGTH_STEP = 16  # batches are padded to multiples of it: few shapes, so the arithmetic library plans once
WARM_UP = 100  # steps


@dataclass(frozen=True)
class Stage:
    """One pass of training over one kind of pairs."""

    pairs: Sequence[Pair]
    epochs: float
    rate: float  # the optimiser's highest learning rate


def train_answerability(
    general: Sequence[Path], judged: Sequence[Path], target: Path, *, seed: int = 0, watch: Watch | None = None
) -> dict[str, Any]:
    """Train a judge and write it to `target/`.

    Args:
        general: Files of question-answering pairs, JSON Lines, gzipped or not: question, passage, label (0 or 1).
        judged: Files of judged pairs of employers: the same and `heading`; label answers, partly or topic.
        target: Folder to write: a sentence-transformers CrossEncoder.
        seed: Of the order of pairs and of the headings left out.
        watch: Told how many steps are done.

    Returns:
        How many pairs each stage had, the seed, and the seconds it took.

    Raises:
        BadCorpus: A file cannot be read or holds no pairs.
    """
    began = time.monotonic()
    stages = [
        Stage([pair for path in general for pair in read_pairs(path)], epochs=1, rate=6e-5),
        Stage([pair for path in judged for pair in read_pairs(path)], epochs=3, rate=5e-5),
    ]
    model = new_judge(upstream_folder())
    for stage in stages:
        if stage.pairs:
            fit(model, stage, seed=seed, watch=watch)
    model.model.float().eval()
    model.save_pretrained(str(target))
    return {
        "pairs": [len(stage.pairs) for stage in stages],
        "seed": seed,
        "training_seconds": round(time.monotonic() - began),
    }


def new_judge(weights: Path) -> Any:
    """A sentence-transformers CrossEncoder with one output, on the weights of that folder."""
    from sentence_transformers import CrossEncoder

    # Eager attention: with bfloat16 on a CPU it trains several times faster than the fused kind.
    return CrossEncoder(
        str(weights),
        num_labels=1,
        max_length=MAX_LENGTH,
        model_kwargs={"attn_implementation": "eager"},
        local_files_only=True,
    )


def fit(model: Any, stage: Stage, *, seed: int, watch: Watch | None = None) -> None:
    """Train on the pairs of one stage, in place.

    A loop of our own rather than the library's trainer: headings are left out afresh in every epoch (a third of the
    time, so that the judge learns to do with and without), batches hold like lengths, and the word embeddings stay as
    they are, since a small corpus would only blur them.
    """
    import torch

    random_source = random.Random(seed)
    torch.manual_seed(seed)
    network = model.model
    device = next(network.parameters()).device
    for name, parameter in network.named_parameters():
        parameter.requires_grad_("word_embeddings" not in name)
    learned = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=stage.rate, weight_decay=0.01)
    loss_of = torch.nn.BCEWithLogitsLoss()
    steps = max(1, int(stage.epochs * len(stage.pairs) / BATCH))
    network.train()
    for step, batch in enumerate(_batches(model.tokenizer, stage.pairs, steps, random_source)):
        for group in optimiser.param_groups:
            group["lr"] = stage.rate * min(1.0, (step + 1) / WARM_UP) * max(0.03, 1 - step / steps)
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
    tokenizer: Any, pairs: Sequence[Pair], steps: int, random_source: random.Random
) -> Iterator[dict[str, Any]]:
    import torch

    done = 0
    while done < steps:
        encoded = [
            tokenizer(
                pair.question,
                pair.text(with_heading=random_source.random() < 0.65),
                truncation="only_second",
                max_length=MAX_LENGTH,
            )
            for pair in pairs
        ]
        order = list(range(len(pairs)))
        random_source.shuffle(order)
        # Like lengths together within stretches of forty batches: little padding, and still a random order.
        stretch = BATCH * 40
        order = [
            row
            for at in range(0, len(order), stretch)
            for row in sorted(order[at : at + stretch], key=lambda one: len(encoded[one]["input_ids"]))
        ]
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        random_source.shuffle(batches)
        for rows in batches[: steps - done]:
            length = max(len(encoded[row]["input_ids"]) for row in rows)
            length = -(-length // LENGTH_STEP) * LENGTH_STEP
            batch = {
                name: torch.tensor([encoded[row][name] + [0] * (length - len(encoded[row][name])) for row in rows])
                for name in ("input_ids", "attention_mask", "token_type_ids")
            }
            yield batch | {"labels": torch.tensor([pairs[row].label for row in rows])}
            done += 1
