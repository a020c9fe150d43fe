"""Labelled pairs of questions in; `models/duplicates/`, which tells the pairs that ask the same, out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askworthy.evidence.index import Watch
from askworthy.inference.encoder import load_question_encoder
from askworthy.inference.manifest import check_model_target
from askworthy.training.export import export_four_bits
from askworthy.training.four_bits import rounded
from askworthy.training.near_pairs import near_pairs
from askworthy.training.question_pairs import QuestionPair, read_question_pairs
from askworthy.training.questions import read_questions
from askworthy.training.reading_pairs import Lesson, keep_layers, learn, open_reader, tell

TEACHERS = 3  # from the same weights; what they say is averaged
TEACHING = Lesson(epochs=3, at_once=64, rate=6e-5, rate_of_last=1e-3, dropout=0.1)
LAYERS = (0, 1, 2, 4, 6, 8, 10, 11)  # of the first teacher, from which the reader starts
LEARNING = Lesson(epochs=3, at_once=256, rate=1.2e-4, rate_of_last=5e-4, dropout=0.03, rounded_from=0.4)
NEAR = 360_000  # pairs without a label, at most
LABELS_COUNT = 2  # a labelled pair is seen so often for each time that another is
TOLD = 0.5  # share of a labelled pair that is its label's, not the teachers'
DOUBT = 0.02  # least and most that a label says are this far from 0 and 1
CLOSE = 0.5  # how much it counts whether a pair is close, beside whether it is the same
MAX_LENGTH = 128  # tokens of both questions together, when it is used


def train_duplicates(
    labelled: Sequence[Path],
    target: Path,
    *,
    weights: str,
    asked: Sequence[Path] = (),
    without: Sequence[Path] = (),
    licence: str = "unknown",
    seed: int = 0,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """Teach a reader of two questions what bigger ones have learned, and write it to `target/`.

    Distillation (Hinton, Vinyals and Dean, 2015): a sentence encoder learns the labelled pairs, as often as there are
    teachers; these tell what they make of many near pairs without a label; and the first one, with fewer layers and
    its matrices rounded to four bits, learns both.

    Args:
        labelled: Pairs, jsonl with `first`, `second`, and `same` or `read`.
        target: Folder to write.
        weights: Name or folder of the sentence encoder.
        asked: Files or folders of questions, whose near pairs the teachers tell of.
        without: Files of questions, or of pairs, that are held out: no question that is like one of them is drawn.
        licence: Of the sentence encoder, for the manifest.
        seed: Of all that is drawn.
        watch: Told how far it has come.

    Returns:
        What the manifest says of the training.

    Raises:
        BadCorpus: A file cannot be read, or holds no pairs or questions.
        BadModel: The weights cannot be read.
        BadOutput: The folder cannot be written.
    """
    import torch
    from onnxruntime.quantization import matmul_nbits_quantizer  # noqa: F401 - its lack is better known now than later

    check_model_target(target)
    known = read_question_pairs(labelled)
    pairs = [(one.first, one.second) for one in known]
    near = near_pairs(
        [text for file in asked for text in read_questions(file)],
        load_question_encoder(),
        random.Random(seed),
        without=[text for file in without for text in read_questions(file)],
        known={frozenset(pair) for pair in pairs},
    )[:NEAR]
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    texts = list(dict.fromkeys(text for pair in (*pairs, *near) for text in pair))
    labels, counts = _labels(known)
    readers: list[Any] = []
    said = np.zeros((len(pairs) + len(near), 2), dtype=np.float32)
    for teacher in range(TEACHERS):
        torch.manual_seed(seed + teacher)
        reader = open_reader(weights, texts).to(device)
        learn(reader, pairs, labels, counts, TEACHING, seed=seed + teacher, watch=watch)
        said += tell(reader, [*pairs, *near]) / TEACHERS
        readers = readers or [reader]
    student = readers[0]
    keep_layers(student, LAYERS)
    _round_tables(student)
    told = np.where(counts > 0, TOLD * labels + (1 - TOLD) * said[: len(pairs)], said[: len(pairs)])
    steps = learn(
        student,
        [*pairs * LABELS_COUNT, *near],
        np.concatenate([told] * LABELS_COUNT + [said[len(pairs) :]]),
        np.tile(np.array([1.0, CLOSE], dtype=np.float32), (LABELS_COUNT * len(pairs) + len(near), 1)),
        LEARNING,
        seed=seed,
        watch=watch,
    )
    facts = {
        "kind": "duplicates",
        "max_length": MAX_LENGTH,
        "origin": Path(weights).name,
        "licence": licence,
        "layers": len(student.encoder.encoder.layer),
        "trained": {"pairs": len(pairs), "told": len(near), "steps": steps, "seed": seed, "device": str(device)},
    }
    export_reader(student, target, facts)
    return facts


def export_reader(reader: Any, target: Path, facts: dict[str, Any]) -> None:
    """Write a reader as the file that the product runs, with its tokenizer."""
    export_four_bits(reader.float().cpu().eval(), reader.tokenizer.to_str().encode(), target, facts)


def _labels(known: Sequence[QuestionPair]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The probabilities of both kinds that n labels tell, (n, 2), and how much each counts; 0 where it is not told."""
    told = np.array([[one.same, one.close or 0.0] for one in known], dtype=np.float32)
    counts = np.array([[1.0, 0.0 if one.close is None else CLOSE] for one in known], dtype=np.float32)
    return DOUBT + (1 - 2 * DOUBT) * told, counts


def _round_tables(reader: Any) -> None:
    """They are not learned, so that they are rounded once, and the rest learns with what is left of them."""
    import torch

    with torch.no_grad():
        for one in reader.encoder.embeddings.modules():
            if isinstance(one, torch.nn.Embedding):
                one.weight.copy_(rounded(one.weight))
