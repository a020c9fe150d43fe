"""Texts in; unit vectors out, of whole texts and of their tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from askworthy.errors import BadModel
from askworthy.inference.hub import local_only
from askworthy.inference.manifest import model_folder
from askworthy.inference.onnx import DEFAULT_THREADS, OnnxModel

Vectors = NDArray[np.float32]
Tokens = NDArray[np.int8]  # (tokens, d): unit vectors times `TOKEN_SCALE`, the marks at both ends among them
TOKEN_SCALE = 127


class Encoder(Protocol):
    """Turns n texts into an (n, d) float32 array whose rows have length 1."""

    @property
    def hash(self) -> str:
        """Names the weights; vectors of two hashes are never compared."""
        ...

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """Encode texts; `progress` is told how many more are done."""
        ...


@runtime_checkable
class TokenEncoder(Encoder, Protocol):
    """An encoder that has vectors of single tokens as well."""

    def encode_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Encode n texts at once as `encode` does and by token."""
        ...


class OnnxEncoder:
    """The bundled encoder: mean of the token vectors, scaled to length 1."""

    def __init__(self, folder: Path | None = None, *, threads: int = DEFAULT_THREADS) -> None:
        self.model = OnnxModel(folder or model_folder("encoder"), threads=threads)

    @property
    def hash(self) -> str:
        """Names the weights."""
        return self.model.hash

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """Encode n texts as n unit rows; a text's row does not depend on its batch, to 1e-5."""
        vectors = np.zeros((len(texts), int(self.model.manifest["dimensions"])), dtype=np.float32)
        for rows, tokens, mask in self.model.batches(texts):
            vectors[rows] = _mean(tokens, mask)
            if progress:
                progress(len(rows))
        return vectors

    def encode_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Encode n texts as n unit rows, and each text as one unit row a token."""
        vectors = np.zeros((len(texts), int(self.model.manifest["dimensions"])), dtype=np.float32)
        by_token: list[Tokens] = [np.zeros((0, 0), dtype=np.int8)] * len(texts)
        for rows, tokens, mask in self.model.batches(texts):
            vectors[rows] = _mean(tokens, mask)
            for row, own, length in zip(rows, tokens, mask.sum(axis=1), strict=True):
                by_token[row] = _small(own[:length])
        return vectors, by_token


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by name or path; torch comes with it."""

    def __init__(self, name_or_path: str) -> None:
        self.name = name_or_path

    @cached_property
    def model(self) -> Any:
        """The loaded model."""
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self.name, local_files_only=local_only(self.name))
        except Exception as error:  # the hub, the file system and torch each raise their own
            raise BadModel(
                f"encoder {self.name!r} does not load ({_first_line(error)}); "
                f"name a sentence-transformers model or a folder that holds one"
            ) from error

    @cached_property
    def hash(self) -> str:
        """Names the weights by their content, as a name or a path can be given new weights."""
        import hashlib

        digest = hashlib.sha256()
        for name, tensor in sorted(self.model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.detach().cpu().float().numpy().tobytes())
        return digest.hexdigest()[:16]

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """Encode n texts as n unit rows."""
        # The library gives no texts no columns, so it is shown one and its row left out.
        rows = self.model.encode(list(texts) or [""], convert_to_numpy=True, show_progress_bar=False)
        if progress:
            progress(len(texts))
        return _unit(np.asarray(rows, dtype=np.float32)[: len(texts)])

    def encode_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Encode n texts, and their tokens; a model without any gives each text as its only one."""
        found = self.model.encode(list(texts), output_value=None, convert_to_numpy=False, show_progress_bar=False)
        whole = np.array([one["sentence_embedding"].detach().cpu().float().numpy() for one in found], dtype=np.float32)
        vectors = _unit(whole) if len(found) else self.encode([])
        return vectors, [
            _small(_tokens_of(one) if "token_embeddings" in one else vector[None])
            for vector, one in zip(vectors, found, strict=True)
        ]


class RememberingEncoder:
    """An encoder that keeps the vectors of texts it has seen, for those who show it the same text again."""

    LIMIT = 50_000  # texts, about 80 MB

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._seen: dict[str, Vectors] = {}
        self._tokens: dict[str, Tokens] = {}

    @property
    def hash(self) -> str:
        """Names the weights."""
        return self._encoder.hash

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """Encode n texts as n unit rows, the new ones among them."""
        if len(self._seen) > self.LIMIT:
            self._seen.clear()
            self._tokens.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._seen]
        if new:
            self._seen |= zip(new, self._encoder.encode(new, progress=progress), strict=True)
        return np.stack([self._seen[text] for text in texts]) if texts else self._encoder.encode([])

    def encode_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """Encode n texts, and their tokens, the new ones among them."""
        new = [text for text in dict.fromkeys(texts) if text not in self._tokens]
        if new:
            vectors, tokens = encode_tokens(self._encoder, new)
            self._seen |= zip(new, vectors, strict=True)
            self._tokens |= zip(new, tokens, strict=True)
        found = [self._tokens[text] for text in texts]  # before `encode`, which may forget them
        return self.encode(texts), found


def encode_tokens(encoder: Encoder, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
    """Encode n texts, and their tokens; an encoder that knows no tokens gives each text as its only one."""
    if isinstance(encoder, TokenEncoder):
        return encoder.encode_tokens(texts)
    vectors = encoder.encode(texts)
    return vectors, [_small(vector[None]) for vector in vectors]


def load_encoder(name: str | None = None, *, threads: int = DEFAULT_THREADS) -> Encoder:
    """Load the bundled encoder, or the sentence-transformers model of that name or path."""
    return OnnxEncoder(threads=threads) if name is None else SentenceTransformerEncoder(name)


def load_question_encoder(*, threads: int = DEFAULT_THREADS) -> Encoder:
    """Load the bundled encoder of questions alone, half of the other's layers, for labels."""
    return OnnxEncoder(model_folder("question-encoder"), threads=threads)


def _tokens_of(found: Any) -> Vectors:
    """The token vectors in what sentence-transformers says of one text, without those that fill up its batch."""
    kept = found["token_embeddings"][found["attention_mask"].bool()]
    rows: Vectors = kept.detach().cpu().float().numpy()
    return rows


def _mean(tokens: Vectors, mask: NDArray[np.int64]) -> Vectors:
    weights = mask[:, :, None].astype(np.float32)
    return _unit((tokens * weights).sum(axis=1) / weights.sum(axis=1))


def _small(rows: Vectors) -> Tokens:
    """Unit rows in a quarter of the space; a cosine of two is off by less than 0.01."""
    return np.round(_unit(rows) * TOKEN_SCALE).astype(np.int8)


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = (rows / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
