"""A sentence encoder in; a reader of two questions, which can learn and tell, out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askworthy.errors import BadModel
from askworthy.evidence.index import Watch
from askworthy.training.batches import LENGTH_STEP, like_lengths
from askworthy.training.fewer_words import fewer_words
from askworthy.training.four_bits import four_bits
from askworthy.training.pace import share_of_rate

TOKENS = 48  # of a question, while training
LENGTH = 5.0  # of the vectors of either question, before they are compared
ASKED_AT_ONCE = 512  # pairs, when it tells


@dataclass(frozen=True)
class Lesson:
    """How a reader learns."""

    epochs: int  # times through all pairs
    at_once: int  # pairs a step
    rate: float
    rate_of_last: float  # of the last matrix, which may begin at nothing
    dropout: float
    rounded_from: float = 1.0  # share of the steps after which its matrices are rounded to four bits while it learns


def open_reader(weights: str, texts: Sequence[str]) -> Any:
    """A sentence encoder over both questions, and a last matrix over how the means of their token vectors differ.

    It reads both together, and compares the means (as in InferSent, Conneau et al., 2017): a sentence encoder knows
    from the start that what is alike is near. The last matrix gives two log-odds: that the two ask the same, and
    that they are the same or close. The word table stays as it is.

    Args:
        weights: Name or folder of the encoder; its tokenizer has to be one of word pieces.
        texts: What it will read; the words of its vocabulary that are rare, and not in these, are left out.

    Raises:
        BadModel: The weights cannot be read.
    """
    import torch
    from tokenizers import Tokenizer
    from transformers import AutoModel, AutoTokenizer

    kept: dict[str, Any] = {"local_files_only": Path(weights).is_dir()}
    if not torch.cuda.is_available():  # with bfloat16 on a CPU any other attention is several times slower
        kept |= {"attn_implementation": "eager"}
    try:
        encoder: Any = AutoModel.from_pretrained(weights, **kept)
        whole: Any = AutoTokenizer.from_pretrained(weights, local_files_only=kept["local_files_only"])
        smaller, rows = fewer_words(whole.backend_tokenizer.to_str(), texts)
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise BadModel(
            f"cannot read {weights} as a sentence encoder ({error}); name a transformers model or its folder"
        ) from error
    typed = "token_type_ids" in whole.model_input_names
    table = torch.nn.Embedding(len(rows), encoder.config.hidden_size, padding_idx=rows.index(whole.pad_token_id))
    with torch.no_grad():
        table.weight.copy_(encoder.get_input_embeddings().weight[rows])
    encoder.set_input_embeddings(table)
    encoder.config.vocab_size = len(rows)
    encoder.embeddings.requires_grad_(False)
    tokenizer = Tokenizer.from_str(smaller)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    nothing = table.padding_idx
    start, *inner, end = tokenizer.encode("a", "a").ids
    between = [one for one in inner if one == end]

    class Reader(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder, self.tokenizer = encoder, tokenizer
            self.last = torch.nn.Linear(3 * encoder.config.hidden_size, 2)
            torch.nn.init.zeros_(self.last.weight)
            torch.nn.init.zeros_(self.last.bias)

        def rows(self, pairs: Sequence[tuple[str, str]]) -> list[list[int]]:
            """Each pair's token ids."""
            texts = list(dict.fromkeys(text for pair in pairs for text in pair))
            found = tokenizer.encode_batch(texts, add_special_tokens=False)
            known = {text: one.ids[:TOKENS] for text, one in zip(texts, found, strict=True)}
            return [[start, *known[first], *between, *known[second], end] for first, second in pairs]

        def batch(self, rows: Sequence[list[int]]) -> tuple[Any, Any]:
            longest, device = -(-max(map(len, rows)) // LENGTH_STEP) * LENGTH_STEP, self.last.weight.device
            ids = torch.tensor([row + [nothing] * (longest - len(row)) for row in rows], device=device)
            mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows], device=device)
            return ids, mask

        def forward(self, ids: Any, mask: Any) -> Any:
            # "[CLS] a [SEP] b [SEP]" for BERT, "<s> a </s></s> b </s>" for MPNet: where a question stands is counted.
            is_end = (ids == end).long()
            ended = is_end.cumsum(1) - is_end
            real = mask * (1 - is_end) * (ids != start)
            inputs = {"input_ids": ids, "attention_mask": mask}
            inputs |= {"token_type_ids": (ended > 0).long() * mask} if typed else {}
            tokens = self.encoder(**inputs).last_hidden_state.float()
            first, second = (_mean(tokens, real * (ended == n)) for n in (0, len(between)))
            return self.last(torch.cat([(first - second).abs(), first * second, tokens[:, 0]], dim=1))

        def matrices(self) -> list[Any]:
            """What is stored in four bits, but for the tables."""
            return [one.weight for one in self.encoder.encoder.modules() if isinstance(one, torch.nn.Linear)]

    return Reader()


def keep_layers(reader: Any, layers: Sequence[int]) -> None:
    """Leave out the layers that are not named."""
    import torch

    all_of_them = reader.encoder.encoder.layer
    reader.encoder.encoder.layer = torch.nn.ModuleList([all_of_them[n] for n in layers if n < len(all_of_them)])
    reader.encoder.config.num_hidden_layers = len(reader.encoder.encoder.layer)


def learn(
    reader: Any,
    pairs: Sequence[tuple[str, str]],
    told: NDArray[np.float32],
    counts: NDArray[np.float32],
    lesson: Lesson,
    *,
    seed: int,
    watch: Watch | None = None,
) -> int:
    """Fine-tune a reader, in bfloat16; each pair is read in either order. The number of steps.

    Args:
        reader: As `open_reader` gives it.
        pairs: n pairs of questions.
        told: The probabilities of both kinds: (n, 2).
        counts: How much each of these counts: (n, 2).
        lesson: How it learns.
        seed: Of all that is drawn.
        watch: Told how far it has come.
    """
    import torch
    from torch.nn import functional

    device = reader.last.weight.device
    for part in reader.encoder.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = lesson.dropout
    body = [one for one in reader.encoder.parameters() if one.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "top": lesson.rate}, {"params": list(reader.last.parameters()), "top": lesson.rate_of_last}],
        weight_decay=0.01,
    )
    wanted, weights = torch.tensor(told, device=device), torch.tensor(counts, device=device)
    either = [reader.rows(pairs), reader.rows([(b, a) for a, b in pairs])]
    source = random.Random(seed)
    batches = list(like_lengths(either[0], lesson.epochs, lesson.at_once, source))
    reader.train()
    for step, some in enumerate(batches):
        done = step / len(batches)
        for part in optimiser.param_groups:
            part["lr"] = part["top"] * share_of_rate(done)
        with four_bits(reader.matrices()) if done >= lesson.rounded_from else nullcontext():
            with torch.autocast(device.type, dtype=torch.bfloat16):
                logits = reader(*reader.batch([source.choice(either)[row] for row in some])).float()
            loss: Any = functional.binary_cross_entropy_with_logits(logits, wanted[some], reduction="none")
            loss = (loss * weights[some]).sum() / len(some)
            loss.backward()
        torch.nn.utils.clip_grad_norm_(body, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        if watch:
            watch("training", step + 1, len(batches))
    return len(batches)


def tell(reader: Any, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    """The probabilities of both kinds: (n, 2), of n pairs as they stand."""
    import torch

    device, rows = reader.last.weight.device, reader.rows(pairs)
    found = np.zeros((len(pairs), 2), dtype=np.float32)
    reader.eval()
    with torch.inference_mode(), torch.autocast(device.type, dtype=torch.bfloat16):
        for some in like_lengths(rows, 1, ASKED_AT_ONCE, random.Random(0)):
            found[some] = reader(*reader.batch([rows[row] for row in some])).float().sigmoid().cpu().numpy()
    return found


def _mean(tokens: Any, kept: Any) -> Any:
    """The sum of the vectors that are kept, (b, dimensions), as long as all others; a mean has the same direction."""
    total = (tokens * kept[:, :, None]).sum(1)
    return LENGTH * total / ((total * total).sum(1, keepdim=True).sqrt() + 1e-6)
