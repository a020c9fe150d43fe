"""A cross-encoder and lists of pairs in; the same network, that tells answers from what only looks like them, out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from askworthy.errors import BadModel
from askworthy.training.batches import MAX_LENGTH, Batch, Tokens, batches, collate
from askworthy.training.lists import Example, List
from askworthy.training.pace import Pace, learned, share_of_rate

LISTWISE = 0.6  # how much the order within a list counts beside each pair's own figure
Watch = Callable[[float], None]


def fit(
    network: Any,
    tokens: Tokens,
    lists: Sequence[List],
    *,
    rate: float,
    pairs: int = 128,
    steps: int | None = None,
    seconds: float | None = None,
    seed: int = 0,
    feed: Callable[[Iterator[Batch]], Iterator[Batch]] = iter,
    watch: Watch | None = None,
) -> int:
    """Train in place, in bfloat16 where the device has it; the word embeddings stay as they are.

    Each pair has a loss of its own (cross-entropy against how far it answers), and each list in which something
    answers one for its order (ListNet's, Cao et al., 2007).

    Args:
        network: A transformers model for sequence classification with one output.
        tokens: Its tokenizer.
        lists: What to learn from.
        rate: The optimiser's highest learning rate.
        pairs: Pairs a step, about.
        steps: When to stop; or, instead,
        seconds: how long to go on.
        seed: Of all that is drawn.
        feed: Wraps the batches, to make them in other processes, say.
        watch: Told what share is done.

    Returns:
        The steps taken.
    """
    import torch
    from torch.nn import functional

    torch.manual_seed(seed)
    device = next(network.parameters()).device
    weights_learned = learned(network, frozen=("embeddings",))
    optimiser = torch.optim.AdamW(weights_learned, lr=rate, weight_decay=0.01, fused=device.type == "cuda")
    network.train()
    pace, step = Pace(steps, seconds), 0
    for batch in feed(batches(lists, tokens, pairs, random.Random(seed))):
        done = pace.done(step)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = rate * share_of_rate(done)
        logits = run(network, batch, typed=tokens.typed)
        targets, weights = batch.targets.to(device), batch.weights.to(device)
        loss = (functional.binary_cross_entropy_with_logits(logits, targets, reduction="none") * weights).mean()
        loss = loss + LISTWISE * _order(logits, targets, weights, batch.lists.to(device))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights_learned, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        if watch:
            watch(done)
    network.eval()
    return step


def run(network: Any, batch: Batch, *, typed: bool) -> Any:
    """The logits of a batch's pairs."""
    import torch

    device = next(network.parameters()).device
    inputs = {"input_ids": batch.ids, "attention_mask": batch.mask} | ({"token_type_ids": batch.types} if typed else {})
    with torch.autocast(device.type, dtype=torch.bfloat16):
        output = network(**{name: values.to(device, non_blocking=True) for name, values in inputs.items()})
    return output.logits.squeeze(-1).float()


def score(network: Any, tokens: Tokens, pairs: Sequence[Example], *, at_once: int = 512) -> list[float]:
    """The logits of pairs, in their order: first wordings, passages under their headings."""
    import torch

    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].text.text))
    found = [0.0] * len(pairs)
    network.eval()
    with torch.inference_mode():
        for at in range(0, len(order), at_once):
            rows = order[at : at + at_once]
            logits = run(network, collate([[pairs[n] for n in rows]], tokens, None), typed=tokens.typed).tolist()
            for row, logit in zip(rows, logits, strict=True):
                found[row] = logit
    return found


def open_judge(weights: str) -> Any:
    """A sentence-transformers CrossEncoder with one output, on these weights.

    Raises:
        BadModel: They cannot be read.
    """
    import torch
    from sentence_transformers import CrossEncoder

    # With bfloat16 on a CPU, eager attention without dropout trains several times faster than anything else.
    slow = not torch.cuda.is_available()
    kept = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "classifier_dropout": 0.1} if slow else {}
    try:
        return CrossEncoder(
            weights,
            num_labels=1,
            max_length=MAX_LENGTH,
            model_kwargs={"attn_implementation": "eager"} if slow else {},
            config_kwargs=kept,
            local_files_only=Path(weights).is_dir(),
        )
    except (OSError, ValueError) as error:
        raise BadModel(
            f"cannot read {weights} as a judge ({error}); name a transformers model or its folder"
        ) from error


def _order(logits: Any, targets: Any, weights: Any, lists: Any) -> Any:
    """Mean over the lists with an answer in them: cross-entropy of the shares that pairs should and do have."""
    import torch

    count = int(lists[-1]) + 1
    kept = weights > 0
    shifted = torch.where(kept, logits, torch.full_like(logits, -30.0))
    highest = torch.full((count,), -30.0, device=logits.device).scatter_reduce(0, lists, shifted, "amax").detach()
    total = torch.zeros(count, device=logits.device).index_add(0, lists, (shifted - highest[lists]).exp() * kept)
    log_shares = shifted - highest[lists] - total.clamp(min=1e-9).log()[lists]
    wanted = torch.zeros(count, device=logits.device).index_add(0, lists, targets * kept)
    answered = wanted > 0.25
    losses = torch.zeros(count, device=logits.device).index_add(0, lists, -targets * kept * log_shares)
    return (losses / wanted.clamp(min=0.25))[answered].mean() if bool(answered.any()) else logits.sum() * 0.0
