"""Questions in; a label for each out, by plain numpy from what `AspectClassifier` learned."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from askworthy.aspects.words import WordWeights
from askworthy.errors import BadModel
from askworthy.inference.encoder import Encoder, Vectors
from askworthy.inference.manifest import model_folder, read_manifest, write_model_folder
from askworthy.records import Label

FACTS, NUMBERS = "labeller.json", "labeller.npz"
SEPARATOR = "/"  # between a class' aspect and its topic
# RuntimeError: JSON nested too deep, or an archive that is encrypted.
_DAMAGED = (OSError, EOFError, BadZipFile, zlib.error, ValueError, KeyError, TypeError, RuntimeError, MemoryError)


@dataclass(frozen=True)
class Labeller:
    """A softmax over classes, from a question's vector and its words.

    A class is an aspect, or an aspect and a topic as "role/tasks". An aspect's probability is the sum over its topics;
    the topic is the likeliest one of the likeliest aspect.
    """

    classes: tuple[str, ...]
    words: WordWeights
    word_scale: float  # how much words weigh beside the vector
    weight: NDArray[np.float32]  # (d + v, classes)
    bias: NDArray[np.float32]  # (classes,)
    temperature: float  # above 0; logits are divided by it, so that probabilities are calibrated
    unsure_below: float  # aspect probability under which a label is marked unsure
    encoder_hash: str

    @property
    def hash(self) -> str:
        """Of everything that a label depends on, as it is saved."""
        told = [*self.classes, *self.words.vocabulary, self.word_scale, self.temperature, self.unsure_below]
        digest = hashlib.sha256(json.dumps([*told, self.encoder_hash]).encode())
        for numbers in (self.weight.astype(np.float16), self.bias, self.words.rarity):
            digest.update(np.ascontiguousarray(numbers).tobytes())
        return digest.hexdigest()

    def probabilities(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.float64]:
        """The probability of each class for n texts with their unit vectors: (n, classes), rows sum to 1."""
        d = vectors.shape[1]
        logits = vectors @ self.weight[:d]
        if self.words.vocabulary:
            logits = logits + self.word_scale * self.words.project(texts, self.weight[d:])
        logits = (logits + self.bias).astype(np.float64) / self.temperature
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        rows: NDArray[np.float64] = odds / odds.sum(axis=1, keepdims=True)
        return rows

    def label(self, texts: Sequence[str], encoder: Encoder) -> list[Label]:
        """Label n texts.

        Raises:
            BadModel: The labeller was learned from another encoder's vectors.
        """
        self.check_encoder(encoder)
        return self.labels(self.probabilities(texts, encoder.encode(texts))) if texts else []

    def check_encoder(self, encoder: Encoder) -> None:
        """Refuse vectors that mean nothing to this labeller.

        Raises:
            BadModel: It was learned from another encoder's.
        """
        if encoder.hash != self.encoder_hash:
            raise BadModel(
                f"the labeller was learned on encoder {self.encoder_hash}, this is {encoder.hash}; "
                f"learn it again with train aspects"
            )

    def labels(self, by_class: NDArray[np.float64]) -> list[Label]:
        """Name the aspect and topic for n rows of class probabilities, as `probabilities` gives them."""
        aspects = [name.split(SEPARATOR)[0] for name in self.classes]
        topics = [name.split(SEPARATOR)[-1] for name in self.classes]
        names = sorted(set(aspects))
        member = np.array([[aspect == name for name in names] for aspect in aspects], dtype=np.float64)
        by_aspect = by_class @ member
        labels = []
        for row, of_class in zip(by_aspect, by_class, strict=True):
            a = int(row.argmax())
            t = int(np.where(member[:, a] > 0, of_class, -1).argmax())
            probability = float(row[a])
            labels.append(
                Label(names[a], probability, topics[t], float(of_class[t]), unsure=probability < self.unsure_below)
            )
        return labels

    def save(self, folder: Path, facts: dict[str, object] | None = None) -> None:
        """Write the labeller to a folder, whole or not at all; no pickle."""
        arrays = BytesIO()
        np.savez_compressed(
            arrays,
            weight=self.weight.astype(np.float16),
            bias=self.bias,
            rarity=self.words.rarity,
        )
        row = {
            "classes": self.classes,
            "vocabulary": self.words.vocabulary,
            "word_scale": self.word_scale,
            "temperature": self.temperature,
            "unsure_below": self.unsure_below,
            "encoder_hash": self.encoder_hash,
        }
        write_model_folder(
            folder,
            {FACTS: json.dumps(row, indent=0).encode(), NUMBERS: arrays.getvalue()},
            {"kind": "aspects"} | (facts or {}),
        )

    @classmethod
    def load(cls, folder: Path | None = None) -> Labeller:
        """Read a labeller; the bundled one if no folder is named.

        Raises:
            BadModel: The folder holds no labeller, or a damaged one.
        """
        folder = folder or model_folder("aspects")
        read_manifest(folder)
        try:
            row = json.loads((folder / FACTS).read_bytes())
            with np.load(folder / NUMBERS, allow_pickle=False) as arrays:
                labeller = cls(
                    classes=tuple(map(str, row["classes"])),
                    words=WordWeights(tuple(map(str, row["vocabulary"])), arrays["rarity"]),
                    word_scale=float(row["word_scale"]),
                    weight=arrays["weight"].astype(np.float32),
                    bias=arrays["bias"],
                    temperature=float(row["temperature"]),
                    unsure_below=float(row["unsure_below"]),
                    encoder_hash=str(row["encoder_hash"]),
                )
            labeller._check()
            return labeller
        except _DAMAGED as error:
            raise BadModel(f"{folder} holds no labeller ({error}); make one with train aspects") from error

    def _check(self) -> None:
        """ValueError unless the parts fit each other."""
        v, classes = len(self.words.vocabulary), len(self.classes)
        shapes = (self.weight.shape[1:], self.bias.shape, self.words.rarity.shape)
        if not classes or shapes != ((classes,), (classes,), (v,)) or len(self.weight) <= v:
            raise ValueError(f"{classes} classes and {v} words do not fit its numbers")
        figures = (self.weight, self.bias, self.words.rarity, self.temperature, self.word_scale)
        if self.temperature <= 0 or not all(np.isfinite(one).all() for one in figures):
            raise ValueError("some of its numbers are no numbers")
