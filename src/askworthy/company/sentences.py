"""A text in; where its sentences stand out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

CHUNK = 50_000  # characters read at once; spaCy refuses a million and slows down before
LONG_WORD = re.compile(r"\S{120,}")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    Returns:
        Start and end of each, in order, without white space around them and none of them empty.
    """
    return [
        (start, end)
        for begin, chunk in _chunks(text)
        for first, last in _spans(chunk)
        for start, end in _trimmed(text, begin + first, begin + last)
    ]


def _spans(chunk: str) -> Iterator[tuple[int, int]]:
    if not re.search(r"[^\w\s,;:()'’\"-]", chunk):  # most items and headings: nothing in it ends a sentence
        yield 0, len(chunk)
        return
    for sentence in _pipeline()(LONG_WORD.sub(_masked, chunk)).sents:
        yield sentence.start_char, sentence.end_char


@cache
def _pipeline() -> Language:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def _masked(word: re.Match[str]) -> str:
    # The tokenizer peels long words one mark at a time, which a hostile page would make take hours.
    return (
        ("x" * 59 + " ") * (len(word[0]) // 60) + "x" * (len(word[0]) % 60 - 1) + word[0][-1:] * bool(len(word[0]) % 60)
    )


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    while begin < len(text):
        end = begin + CHUNK
        if end < len(text):
            cut = max(text.rfind("\n", begin, end), text.rfind(". ", begin, end) + 1)
            end = cut if cut > begin else text.rfind(" ", begin, end) if text.rfind(" ", begin, end) > begin else end
        yield begin, text[begin:end]
        begin = end


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start < end:
        yield start, end
