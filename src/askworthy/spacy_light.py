"""Nothing in; the blank English pipeline everything here shares out, without the imports it does not need."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def blank_english() -> Language:
    """spaCy's English tokenizer and a rule-based sentence splitter: no model, nothing to download.

    It is shared: add nothing to it, and build your own where you need more components.
    """
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@contextmanager
def without_torch() -> Iterator[None]:
    """Keep spaCy's first import, in this block, from importing torch (three times as fast where torch is installed).

    For processes that are ours alone, such as the command line. spaCy's thinc looks for torch once, at its import, and
    never again: a host program that wants its own spaCy models on torch later would find them without it. Does
    nothing when torch or spaCy is already imported.
    """
    if any(name in sys.modules for name in ("torch", "spacy", "thinc")):
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]  # Python's own mark for "not importable"
    try:
        yield
    finally:
        if sys.modules.get("torch", ...) is None:
            del sys.modules["torch"]
