"""Labelled questions in; what a bigger model that has learned their topics says of any question, out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from askworthy.errors import BadModel
from askworthy.evidence.index import Watch
from askworthy.inference.encoder import Vectors
from askworthy.training.aspects import Labelled
from askworthy.training.batches import LENGTH_STEP, like_lengths
from askworthy.training.pace import share_of_rate

EPOCHS = 3
AT_ONCE = 64  # questions a step
TOKENS = 64  # of a question
RATE = 4e-5
RATE_OF_LAST = 1e-3  # of the last matrix, which begins at nothing
DOUBT = 0.05  # share of each label that is spread over all classes


def topics_told(
    weights: str,
    known: Labelled,
    texts: Sequence[str],
    *,
    epochs: int = EPOCHS,
    seed: int = 0,
    watch: Watch | None = None,
) -> Vectors:
    """Fine-tune a transformers encoder on labelled questions, and ask it about others; in bfloat16.

    Args:
        weights: Name or folder of the encoder; its embeddings stay as they are.
        known: Questions with class names.
        texts: n questions to ask about.
        epochs: Times through the labelled questions.
        seed: Of all that is drawn.
        watch: Told how far it has come.

    Returns:
        Probabilities of the sorted class names: (n, classes), rows sum to 1.

    Raises:
        BadModel: The weights cannot be read.
    """
    import torch
    from torch.nn import functional

    torch.manual_seed(seed)
    classes = sorted(set(known.classes))
    told = torch.tensor([classes.index(name) for name in known.classes])
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network: Any = _reader(weights, len(classes)).to(device)
    optimiser = torch.optim.AdamW(
        [
            {"params": [one for one in network.encoder.parameters() if one.requires_grad], "top": RATE},
            {"params": list(network.last.parameters()), "top": RATE_OF_LAST},
        ],
        weight_decay=0.01,
    )
    rows = network.token_ids(known.texts)
    batches = list(like_lengths(rows, epochs, AT_ONCE, random.Random(seed)))
    network.train()
    for step, some in enumerate(batches):
        for part in optimiser.param_groups:
            part["lr"] = part["top"] * share_of_rate(step / len(batches))
        found = network([rows[row] for row in some])
        loss: Any = functional.cross_entropy(found, told[some].to(device), label_smoothing=DOUBT)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        if watch:
            watch("teaching the teacher", step + 1, len(batches))
    network.eval()
    rows = network.token_ids(texts)
    answers = torch.zeros(len(texts), len(classes))
    with torch.inference_mode():
        for some in like_lengths(rows, 1, 8 * AT_ONCE, random.Random(seed)):
            answers[some] = network([rows[row] for row in some]).softmax(1).cpu()
    said: Vectors = answers.numpy()
    return said


def _reader(weights: str, classes: int) -> Any:
    """The encoder, the mean of its token vectors, and a last matrix."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    kept: dict[str, Any] = {"local_files_only": Path(weights).is_dir()}
    if not torch.cuda.is_available():  # with bfloat16 on a CPU any other attention is several times slower
        kept |= {"attn_implementation": "eager"}
    try:
        encoder = AutoModel.from_pretrained(weights, **kept)
        tokenizer = AutoTokenizer.from_pretrained(weights, local_files_only=kept["local_files_only"])
    except (OSError, ValueError) as error:
        raise BadModel(
            f"cannot read {weights} as a teacher ({error}); name a transformers model or its folder"
        ) from error

    class Reader(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.encoder.embeddings.requires_grad_(False)
            self.unsure = torch.nn.Dropout(0.1)
            self.last = torch.nn.Linear(encoder.config.hidden_size, classes)
            torch.nn.init.zeros_(self.last.weight)

        def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
            found: list[list[int]] = tokenizer(list(texts), truncation=True, max_length=TOKENS)["input_ids"]
            return found

        def forward(self, rows: Sequence[list[int]]) -> Any:
            longest = -(-max(map(len, rows)) // LENGTH_STEP) * LENGTH_STEP
            device, nothing = self.last.weight.device, tokenizer.pad_token_id
            ids = torch.tensor([row + [nothing] * (longest - len(row)) for row in rows], device=device)
            mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows], device=device)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                found = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
            mean = (found.float() * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            return self.last(self.unsure(mean))

    return Reader()
