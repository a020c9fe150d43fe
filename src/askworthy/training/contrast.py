"""Lists of questions and passages in; an encoder whose vectors and token vectors tell answers from near misses out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from askworthy.training.batches import LENGTH_STEP, QUESTION_TOKENS, WITH_HEADING, Tokens
from askworthy.training.intents import Intent
from askworthy.training.lists import Example, List
from askworthy.training.pace import Pace, learned, share_of_rate

AT_ONCE = 32  # questions a step
TEXTS = 6  # passages a question
SAME = 32  # questions a step that come with another wording
TOPICS = 64  # questions a step that come with a topic
PASSAGE_TOKENS = 128
SHARPNESS = 20.0  # a cosine of 1 against one of 0, in log-odds
FROZEN_LAYERS = 1  # the lowest stays as it is: what words mean needs no learning
RATE, HEAD_RATE = 6e-5, 1e-2
SUB_BATCH = {"cpu": 48, "cuda": 256}  # texts encoded together, those of like length
Watch = Callable[[float], None]


@dataclass(frozen=True)
class Topics:
    """Questions with the number of their topic."""

    questions: Sequence[str]
    labels: Sequence[int]
    count: int


@dataclass(frozen=True)
class Step:
    """What one step learns from; texts are rows of token ids."""

    questions: list[list[int]]
    passages: list[list[int]]
    own: list[int]  # of each passage, the question it was drawn for
    targets: list[float]  # of each passage, how far it answers that question
    weights: list[float]
    right: list[tuple[int, int]]  # question and passage that answers it
    wordings: list[
        list[int]
    ]  # questions, then as many other wordings of them, then near questions that want something else
    topical: list[list[int]]
    topics: list[int]


def tune(
    network: Any,
    tokens: Tokens,
    lists: Sequence[List],
    intents: Sequence[Intent] = (),
    topics: Topics | None = None,
    *,
    steps: int | None = None,
    seconds: float | None = None,
    seed: int = 0,
    feed: Callable[[Iterator[Step]], Iterator[Step]] = iter,
    watch: Watch | None = None,
) -> int:
    """Train in place, in bfloat16.

    Each step's loss is a sum over the cosine of the mean vectors and over MaxSim of the token vectors (Khattab and
    Zaharia, 2020), for each of them

    - which of the step's passages answers (InfoNCE, van den Oord et al., 2018);
    - in what order a question's own passages answer it (ListNet, Cao et al., 2007), and whether each does at all;

    and over what questions want: the same as another wording, and none of what near ones want; and their topic, by a
    linear layer that is thrown away afterwards.

    Args:
        network: A transformers BERT model.
        tokens: Its tokenizer.
        lists: One question's passages each; a judge's probabilities will do for targets.
        intents: Wordings of one question, and near ones that want something else.
        topics: Questions with topics, if these are to be learned beside.
        steps: When to stop; or, instead,
        seconds: how long to go on.
        seed: Of all that is drawn.
        feed: Wraps the steps, to draw them in other processes, say.
        watch: Told what share is done.

    Returns:
        The steps taken.
    """
    import torch
    from torch.nn import functional

    torch.manual_seed(seed)
    device = next(network.parameters()).device
    frozen = ("embeddings", "pooler", *(f"layer.{n}." for n in range(FROZEN_LAYERS)))
    weights_learned = learned(network, frozen)
    slope = torch.nn.Parameter(torch.tensor([12.0, 12.0], device=device))
    offset = torch.nn.Parameter(torch.tensor([-6.0, -7.0], device=device))
    topic_of = torch.nn.Linear(network.config.hidden_size, topics.count if topics else 1, device=device)
    heads = [slope, offset, *topic_of.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": weights_learned, "peak": RATE}, {"params": heads, "peak": HEAD_RATE}], weight_decay=0.01
    )
    network.train()
    pace, step = Pace(steps, seconds), 0
    for drawn in feed(_draw(lists, intents, topics, tokens, random.Random(seed))):
        done = pace.done(step)
        if done >= 1:
            break
        for part in optimiser.param_groups:
            part["lr"] = part["peak"] * share_of_rate(done)
        questions, question_tokens = _encode(network, drawn.questions)
        passages, passage_tokens = _encode(network, drawn.passages)
        own = torch.tensor(drawn.own, device=device)
        right = torch.tensor(drawn.right, device=device)
        targets = torch.tensor(drawn.targets, device=device)
        weights = torch.tensor(drawn.weights, device=device)
        loss: Any = torch.zeros((), device=device)
        for n, likeness in enumerate((questions @ passages.T, max_sim(question_tokens, passage_tokens))):
            if drawn.right:
                loss = loss + functional.cross_entropy(SHARPNESS * likeness[right[:, 0]], right[:, 1]) / 2
            mine = likeness[own, torch.arange(len(own), device=device)]
            whether = functional.binary_cross_entropy_with_logits(
                mine * slope[n] + offset[n], targets, reduction="none"
            )
            loss = loss + (whether * weights).mean() + _order(SHARPNESS * likeness, own, targets, weights) / 2
        if drawn.wordings:
            vectors, _ = _encode(network, drawn.wordings)
            same = SHARPNESS * vectors[:SAME] @ vectors[SAME:].T
            loss = loss + functional.cross_entropy(same, torch.arange(SAME, device=device)) / 2
        if drawn.topical:
            vectors, _ = _encode(network, drawn.topical)
            told = topic_of(vectors * network.config.hidden_size**0.5)
            loss = loss + functional.cross_entropy(told, torch.tensor(drawn.topics, device=device)) / 2
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights_learned, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        if watch:
            watch(done)
    network.eval()
    return step


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


def _order(likeness: Any, own: Any, targets: Any, weights: Any) -> Any:
    """Mean over the questions that something answers: cross-entropy of the shares that passages should and do have."""
    import torch

    kept = torch.zeros_like(likeness, dtype=torch.bool)
    wanted = torch.zeros_like(likeness)
    columns = torch.arange(len(own), device=own.device)
    kept[own, columns] = weights > 0
    wanted[own, columns] = targets * (weights > 0)
    answered = wanted.sum(1) > 0.25
    if not bool(answered.any()):
        return likeness.sum() * 0.0
    log_shares = likeness.masked_fill(~kept, -1e4)[answered].log_softmax(1)
    shares = wanted[answered] / wanted[answered].sum(1, keepdim=True)
    return -(shares * log_shares).sum(1).mean()


def _draw(
    lists: Sequence[List], intents: Sequence[Intent], topics: Topics | None, tokens: Tokens, source: random.Random
) -> Iterator[Step]:
    worded = [intent for intent in intents if len(intent.questions) > 1]
    queue: list[int] = []
    while True:
        if len(queue) < AT_ONCE:
            queue = source.sample(range(len(lists)), len(lists))
        drawn = Step([], [], [], [], [], [], [], [], [])
        for n in range(min(AT_ONCE, len(queue))):
            pairs = _some(lists[queue.pop()], source)
            drawn.questions.append(tokens.single(source.choice(pairs[0].questions), QUESTION_TOKENS))
            good = [m for m, pair in enumerate(pairs) if pair.target >= 0.5]
            if good:
                drawn.right.append((n, len(drawn.passages) + max(good, key=lambda m: pairs[m].target)))
            for pair in pairs:
                heading = pair.text.heading if source.random() < WITH_HEADING else ""
                drawn.passages.append(tokens.single(pair.text.text, PASSAGE_TOKENS, heading))
                drawn.own.append(n)
                drawn.targets.append(pair.target)
                drawn.weights.append(pair.weight)
        if len(worded) >= SAME:
            chosen = source.sample(worded, SAME)
            two = [source.sample(intent.questions, 2) for intent in chosen]
            near = [source.choice(intent.others) for intent in chosen if intent.others]
            texts = [one for one, _ in two] + [other for _, other in two] + near
            drawn.wordings.extend(tokens.single(text, QUESTION_TOKENS) for text in texts)
        if topics:
            rows = source.sample(range(len(topics.questions)), min(TOPICS, len(topics.questions)))
            drawn.topical.extend(tokens.single(topics.questions[row], QUESTION_TOKENS) for row in rows)
            drawn.topics.extend(topics.labels[row] for row in rows)
        yield drawn


def _some(pairs: List, source: random.Random) -> list[Example]:
    """A question's passages, at most `TEXTS`: up to two of those that answer, then any."""
    if len(pairs) <= TEXTS:
        return list(pairs)
    good = [pair for pair in pairs if pair.target >= 0.5 and pair.weight > 0]
    kept = source.sample(good, min(len(good), 2))
    rest = [pair for pair in pairs if pair not in kept and pair.weight > 0]
    return kept + source.sample(rest, min(len(rest), TEXTS - len(kept)))


def _encode(network: Any, rows: Sequence[list[int]]) -> tuple[Any, tuple[Any, Any]]:
    """The unit mean vectors of n texts, and their unit token vectors with their mask."""
    import torch
    from torch.nn import functional

    device = next(network.parameters()).device
    width = -(-max(map(len, rows)) // LENGTH_STEP) * LENGTH_STEP
    order = sorted(range(len(rows)), key=lambda n: len(rows[n]))
    found, masks = [], []
    for at in range(0, len(order), SUB_BATCH[device.type]):
        some = [rows[n] for n in order[at : at + SUB_BATCH[device.type]]]
        padded = -(-len(some[-1]) // LENGTH_STEP) * LENGTH_STEP
        ids = torch.tensor([row + [0] * (padded - len(row)) for row in some], device=device)
        mask = torch.tensor([[1] * len(row) + [0] * (padded - len(row)) for row in some], device=device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            output = network(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        found.append(functional.pad(output, (0, 0, 0, width - padded)))
        masks.append(functional.pad(mask, (0, width - padded)))
    back = torch.tensor(sorted(range(len(order)), key=order.__getitem__), device=device)
    stacked, mask = torch.cat(found)[back], torch.cat(masks)[back]
    mean = (stacked * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    return functional.normalize(mean, dim=-1), (functional.normalize(stacked, dim=-1), mask)
