"""A quote and its page in; a sentence of the candidate that repeats it, and nothing more, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from askworthy.questions.clauses import word_set
from askworthy.records import Evidence
from askworthy.spacy_light import blank_english

if TYPE_CHECKING:
    from spacy.tokens import Span

MAX_QUOTED = 32  # words: more is not said aloud
MAX_RETOLD = 24
MIN_WORDS = 4
_MAX_CHARS = 2_000
_MAX_TITLE = 60

_TO_YOU = {"we": "you", "our": "your", "us": "you", "ours": "yours", "ourselves": "yourselves"}
# A sentence with one of these leans on its neighbours or on who speaks: it is quoted, never retold.
_LEANING = word_set(
    "i me my mine myself you your yours yourself yourselves he she him his her it its they them their this these "
    "those such here there so then also therefore however instead otherwise both either former latter above below "
    "today tomorrow yesterday now currently"
)
_OPENERS = frozenset(
    ["our", "the", "a", "an", "each", "every", "everyone", "everybody", "all", "most", "staff", "employees", "new"]
)
_FINITE = word_set(
    "is are was were has have had will can may must do does did get gets take takes pay pays meet meets work works "
    "start starts hold holds receive receives"
)
_ADVERBS = frozenset(["all", "always", "never", "only", "do", "don't", "usually", "often", "still"])
_NO_VERB = word_set("and or of in at on for to with from by the a an as who , - – —")
# A sentence that opens with one of these says little without the one before it.
_HANGING = word_set(
    "it its they them their this that these those he she his her such then there here and but so or also instead "
    "otherwise both either neither nor which who"
)
_RELATIVE = frozenset(
    ["who", "which", "that", "whose", "where", "when", "whether", "if", "because", "while", "after", "before"]
)
_MARKS = re.compile(r"[\"“”«»:;|/\[\]{}<>*_#`()\n…]")


def acknowledge(evidence: Evidence, sentence: str) -> str:
    """Say in one sentence what was read.

    It is retold ("I read that you ...") only where swapping "we" for "you" cannot change it; otherwise it is quoted as
    it stands, with its page.

    Args:
        evidence: Where the sentence stands.
        sentence: One of `sayable(evidence.quote)`.
    """
    told = retell(sentence)
    return f"I read that {told}." if told else f"On {_page(evidence)}, I read: “{_flat(sentence)}”"


def sayable(quote: str) -> list[str]:
    """The sentences and fragments of a quote that can be said aloud and understood by themselves."""
    return [_flat(one.text) for one in _sentences(quote) if _can_be_quoted(one)]


def retell(sentence: str) -> str | None:
    """Turn "We train our own leads." into "you train your own leads"; None where that is not safe."""
    doc = blank_english()(sentence.strip()[:_MAX_CHARS].replace("’", "'"))
    tokens = [token for token in doc if not token.is_space]
    if not tokens or tokens[-1].text != "." or _MARKS.search(doc.text[:-1]) or "'" in doc.text:
        return None
    words = [token.lower_ for token in tokens[:-1]]
    if not MIN_WORDS <= len(words) <= MAX_RETOLD or not _LEANING.isdisjoint(words):
        return None
    # "US" and "Our World" are names, and a second sentence inside this one would be claimed too.
    if any(token.lower_ in _TO_YOU and not token.is_lower for token in tokens[1:]):
        return None
    if any(token.text in (".", "!", "?") for token in tokens[:-1]) or not _states(words):
        return None
    said = [_TO_YOU.get(word, token.text) for word, token in zip(words, tokens, strict=False)]
    said[0] = _TO_YOU.get(words[0], words[0])
    return "".join(text + token.whitespace_ for text, token in zip(said, tokens, strict=False)).strip()


def _states(words: Sequence[str]) -> bool:
    """Whether the words are surely a whole statement: its subject first, and a verb we know behind it."""
    if words[0] == "we":
        after = next((word for word in words[1:] if word not in _ADVERBS), ",")
        return after not in _NO_VERB
    if words[0] not in _OPENERS:
        return False
    end = next((at for at, word in enumerate(words) if word in _RELATIVE), len(words))
    return not _FINITE.isdisjoint(words[1:end])


def _sentences(text: str) -> Iterator[Span]:
    for line in text[:_MAX_CHARS].splitlines():
        yield from blank_english()(line.strip()).sents


def _can_be_quoted(sentence: Span) -> bool:
    text = sentence.text.strip()
    words = [token for token in sentence if token.is_alpha]
    return (
        MIN_WORDS <= len(words) <= MAX_QUOTED
        and text[:1].isupper()
        and text[-1:] not in "?:,;"
        and words[0].lower_ not in _HANGING
        and {"i", "my", "me"}.isdisjoint(word.lower_ for word in words)
        and not re.search(r"[\"“”«»|\[\]{}<>*#`→]|: .*: |https?:|^(?:see|click|read more)\b|: see\b", text, re.I)
    )


def _page(evidence: Evidence) -> str:
    title = re.sub(r"^\W+", "", _flat((evidence.title or "").split(" | ")[0]))
    if not title or len(title) > _MAX_TITLE or re.search(r"[\"“”<>\[\]{}`*#]", title):
        return "your website"
    return f"your page “{title}”"


def _flat(text: str) -> str:
    return " ".join(text.split())
