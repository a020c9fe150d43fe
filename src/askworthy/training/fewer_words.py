"""A tokenizer and the texts that it will read in; one that knows fewer words out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

COMMON = 14_000  # of the vocabulary stay: in it, frequent words stand first
_LATIN = 0x250  # letters below it stay, so that any word of such letters can still be spelled


def fewer_words(tokenizer: str, texts: Sequence[str]) -> tuple[str, list[int]]:
    """Leave out what texts like these do not need: a word that is not kept is read in smaller pieces.

    Args:
        tokenizer: A WordPiece tokenizer, as its json holds it.
        texts: Their tokens stay, and the common ones.

    Returns:
        The tokenizer's json, and the places that its tokens had before, in order: the rows of the word table that stay.
    """
    from tokenizers import Tokenizer

    told = json.loads(tokenizer)
    vocabulary: dict[str, int] = told["model"]["vocab"]
    kept = {one["id"] for one in told["added_tokens"]} | {vocabulary[told["model"]["unk_token"]]}
    kept |= {place for found in Tokenizer.from_str(tokenizer).encode_batch(list(texts)) for place in found.ids}
    kept |= {place for token, place in vocabulary.items() if place < COMMON and not token.startswith("[unused")}
    kept |= {place for token, place in vocabulary.items() if _is_letter(token.removeprefix("##"))}
    rows = sorted(kept)
    new = {old: place for place, old in enumerate(rows)}
    told["model"]["vocab"] = {token: new[old] for token, old in vocabulary.items() if old in new}
    for one in told["added_tokens"]:
        one["id"] = new[one["id"]]
    _renumber(told["post_processor"], new)
    return json.dumps(told, ensure_ascii=False), rows


def _is_letter(token: str) -> bool:
    return len(token) == 1 and ord(token) < _LATIN


def _renumber(part: Any, new: dict[int, int]) -> None:
    """Numbers stand in post-processors as `"ids": [0, ...]`, or as `["<s>", 0]`."""
    inner: Iterable[tuple[Any, Any]] = ()
    if isinstance(part, dict):
        inner = part.items()
    elif isinstance(part, list):
        inner = enumerate(part)
    for place, one in list(inner):
        if place == "ids":
            part[place] = [new[old] for old in one]
        elif isinstance(one, list) and len(one) == 2 and isinstance(one[0], str) and isinstance(one[1], int):
            one[1] = new[one[1]]
        else:
            _renumber(one, new)
