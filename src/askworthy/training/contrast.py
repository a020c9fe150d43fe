"""Groups of questions and passages in; an encoder whose vectors and token vectors tell answers from near misses out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from askworthy.evidence.index import Watch
from askworthy.training.groups import Group

AT_ONCE = 24  # questions a step
MISSES = 2  # near misses a question
SHARPNESS = 20.0  # a cosine of 1 against one of 0, in log-odds
QUESTION_TOKENS, PASSAGE_TOKENS = 48, 112
WITH_HEADING = 0.65  # share of passages that are read under their heading, so that the encoder learns both
FROZEN_LAYERS = 2  # lowest layers that stay as they are: what words mean needs no learning, and a step costs less
RATE, HEAD_RATE = 4e-5, 1e-2
WARM_UP = 30  # steps
SUB_BATCH = 48  # texts encoded together, those of like length


@dataclass(frozen=True)
class Topics:
    """Questions with the number of their topic."""

    questions: Sequence[str]
    labels: Sequence[int]
    count: int


def tune(
    network: Any,
    tokenizer: Any,
    groups: Sequence[Group],
    topics: Topics | None = None,
    *,
    steps: int,
    seed: int = 0,
    watch: Watch | None = None,
) -> None:
    """Train in place, in bfloat16 where the device has it.

    Each step's loss is a sum of three:

    - question and passage: which of the step's passages answers (InfoNCE, van den Oord et al., 2018), and for each of
      the question's own passages, whether it answers at all; for the cosine of the mean vectors, and for MaxSim over
      the token vectors (Khattab and Zaharia, 2020);
    - question and question: which of the step's questions wants the same, near ones that want something else beside it;
    - topic: a linear layer tells it from the question's vector; it is thrown away afterwards.

    Args:
        network: A transformers BERT model with eager attention and no dropout.
        tokenizer: Its tokenizer.
        groups: Questions with passages; those without any are left out.
        topics: Questions with topics, if these are to be learned beside.
        steps: Steps of `AT_ONCE` questions.
        seed: Of all that is drawn.
        watch: Told how many steps are done.
    """
    import torch
    from torch.nn import functional

    source = random.Random(seed)
    torch.manual_seed(seed)
    groups = [group for group in groups if group.answers or group.misses]
    groups += [group for group in groups if len(group.questions) > 1]  # so that more than one wording is seen
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(
            "embeddings" not in name and not any(f"layer.{n}." in name for n in range(FROZEN_LAYERS))
        )
    learned = [parameter for parameter in network.parameters() if parameter.requires_grad]
    slope = torch.nn.Parameter(torch.tensor([12.0, 12.0]))
    offset = torch.nn.Parameter(torch.tensor([-6.0, -7.0]))
    topic_of = torch.nn.Linear(network.config.hidden_size, topics.count if topics else 1)
    heads = [slope, offset, *topic_of.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": learned, "peak": RATE}, {"params": heads, "peak": HEAD_RATE}], weight_decay=0.01
    )
    network.train()
    for step, drawn in enumerate(_draw(groups, steps, source)):
        for part in optimiser.param_groups:
            part["lr"] = part["peak"] * min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
        questions, question_tokens = _encode(network, tokenizer, drawn.questions, QUESTION_TOKENS)
        passages, passage_tokens = _encode(network, tokenizer, drawn.passages, PASSAGE_TOKENS)
        right = torch.tensor(drawn.right)
        own = torch.tensor(drawn.own), torch.arange(len(drawn.own))
        labels = torch.tensor(drawn.labels)
        loss: Any = torch.zeros(())
        for n, likeness in enumerate((questions @ passages.T, max_sim(question_tokens, passage_tokens))):
            loss = loss + functional.cross_entropy(SHARPNESS * likeness[right[:, 0]], right[:, 1]) / 2
            loss = loss + functional.binary_cross_entropy_with_logits(likeness[own] * slope[n] + offset[n], labels)
        if drawn.again:
            again, _ = _encode(network, tokenizer, [*drawn.again, *drawn.others], QUESTION_TOKENS)
            same = SHARPNESS * questions[torch.tensor(drawn.again_of)] @ again.T
            loss = loss + functional.cross_entropy(same, torch.arange(len(drawn.again))) / 2
        if topics:
            rows = source.sample(range(len(topics.questions)), min(2 * AT_ONCE, len(topics.questions)))
            vectors, _ = _encode(network, tokenizer, [topics.questions[row] for row in rows], QUESTION_TOKENS)
            told = topic_of(vectors * network.config.hidden_size**0.5)
            loss = loss + functional.cross_entropy(told, torch.tensor([topics.labels[row] for row in rows])) / 2
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if watch:
            watch("training", step + 1, steps)
    network.eval()


def max_sim(questions: Any, passages: Any) -> Any:
    """Late interaction: for each question token the nearest passage token, averaged; (q, p) cosines, -1 to 1.

    Args:
        questions: Unit token vectors (q, a, d) and their mask (q, a); first and last token say where text begins and
            ends, and do not count.
        passages: The same of p passages; all their tokens count.
    """
    (asked, mask), (told, told_mask) = questions, passages
    q, a, d = asked.shape
    likeness = (asked.reshape(-1, d) @ told.reshape(-1, d).T).view(q, a, *told_mask.shape)
    nearest = likeness.masked_fill(told_mask[None, None] == 0, -1.0).amax(-1)
    counted = mask.clone()
    counted[:, 0] = 0
    counted[range(q), mask.sum(1) - 1] = 0
    return (nearest * counted[..., None]).sum(1) / counted.sum(1).clamp(min=1)[:, None]


@dataclass
class _Drawn:
    questions: list[str]
    passages: list[str]
    own: list[int]  # of each passage, the question that it was drawn for
    labels: list[float]  # of each passage, how far it answers that question
    right: list[tuple[int, int]]  # question and passage that answers it
    again: list[str]  # another wording of some questions
    again_of: list[int]  # of which
    others: list[str]  # questions that want something else


def _draw(groups: Sequence[Group], steps: int, source: random.Random) -> Iterator[_Drawn]:
    queue: list[int] = []
    for _ in range(steps):
        if len(queue) < AT_ONCE:
            queue = source.sample(range(len(groups)), len(groups))
        drawn = _Drawn([], [], [], [], [], [], [], [])
        for n in range(min(AT_ONCE, len(queue))):
            group = groups[queue.pop()]
            question, *more = source.sample(group.questions, len(group.questions))
            drawn.questions.append(question)
            if more:
                drawn.again.append(more[0])
                drawn.again_of.append(n)
                drawn.others += source.sample(group.others, min(1, len(group.others)))
            texts = [(text, 0.0) for text in source.sample(group.misses, min(MISSES, len(group.misses)))]
            if group.answers:
                answer = source.choice(group.answers)
                drawn.right.append((n, len(drawn.passages)))
                texts.insert(0, answer)
            for text, label in texts:
                drawn.passages.append(text.read(with_heading=source.random() < WITH_HEADING))
                drawn.own.append(n)
                drawn.labels.append(label)
        yield drawn


def _encode(network: Any, tokenizer: Any, texts: Sequence[str], longest: int) -> tuple[Any, tuple[Any, Any]]:
    """The unit mean vectors of n texts, and their unit token vectors with their mask."""
    import torch
    from torch.nn import functional

    ids = [tokenizer(text, truncation=True, max_length=longest)["input_ids"] for text in texts]
    width = max(map(len, ids))
    order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
    tokens = [torch.zeros(0)] * len(ids)
    for at in range(0, len(order), SUB_BATCH):
        rows = order[at : at + SUB_BATCH]
        padded = -(-len(ids[rows[-1]]) // 8) * 8  # few shapes, so that the arithmetic library plans once
        batch = torch.zeros((len(rows), padded), dtype=torch.int64)
        mask = torch.zeros_like(batch)
        for n, row in enumerate(rows):
            batch[n, : len(ids[row])] = torch.tensor(ids[row])
            mask[n, : len(ids[row])] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = network(input_ids=batch, attention_mask=mask).last_hidden_state.float()
        for n, row in enumerate(rows):
            kept = output[n, : len(ids[row])]
            tokens[row] = functional.pad(kept, (0, 0, 0, width - len(kept)))
    stacked = torch.stack(tokens)
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in ids])
    mean = (stacked * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    return functional.normalize(mean, dim=-1), (functional.normalize(stacked, dim=-1), mask)
