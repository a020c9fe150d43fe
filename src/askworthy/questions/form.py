"""Question texts in; how each is asked, by its wording alone, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from askworthy.questions.clauses import (
    CONNECTORS,
    PREPOSITIONS,
    WH,
    asks_wh,
    asks_yes_no,
    breaks,
    skip_connectors,
    starts_with_auxiliary,
    word_set,
)
from askworthy.questions.phrases import phrase_matcher
from askworthy.records import Form
from askworthy.spacy_light import blank_english

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_Marks = dict[str, dict[int, int]]  # per table of phrases: first token -> end
Kind = Literal["wh", "yes_no", "statement", "other"]
# Longer than any list may hold; tokenizing a hostile text must not take seconds.
_MAX_CHARS = 4_000
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "\t": " ", "\n": " ", "\r": " "})
_HALVES = re.compile("[\ud800-\udfff]")  # half a character, which spaCy cannot hold
_EXAMPLES = (("for", "example"), ("for", "instance"), ("such", "as"), ("e.g.",), ("i.e.",), ("eg",), ("like", ","))
_REQUEST_VERBS = word_set("tell describe explain share walk talk outline elaborate give show")
_TAGS = word_set("right correct no yes true")
_RELATIVE = word_set("which who whom whose where when what how why")
_SAYING = word_set("you we i it there they the this that so your")
# Without one of these "I'd like ..." wants nothing told: "I'd like to improve my German."
_WANTS_TO_KNOW = word_set("know hear ask wonder wondered wondering curious understand tell explain interested")
_LEANS = word_set("it its them they their those these")


def read_form(texts: Sequence[str]) -> list[Form]:
    """See kind, parts, and whether a question asks for a view or shows knowledge first.

    Returns:
        One form a text, in order. Each part is a stretch of its text, stripped; the main one comes first.
    """
    # Same length, so that offsets hold in the text as it was written.
    plain = (_HALVES.sub("\ufffd", text[:_MAX_CHARS].translate(_QUOTES)) for text in texts)
    docs = blank_english().pipe(plain, batch_size=256)
    return [_form(text, doc) for text, doc in zip(texts, docs, strict=True)]


def _form(text: str, doc: Doc) -> Form:
    marks = _marks(doc)
    spans, context = _parts(doc, marks)
    parts = tuple(_trimmed(text[span.start_char : span.end_char]) for span in spans)
    return Form(
        kind=_kind(spans[0], marks),
        parts=parts if parts[0] else (text.strip(),),
        asks_opinion=any(span.start <= at < span.end for span in spans for at in marks["OPINION"]),
        informed=any(_stands_first(doc, at) for at in marks["INFORMED"]) or any(map(_speaks_of_you, context)),
    )


def _trimmed(part: str) -> str:
    part = part.strip(" \t\r\n,;:-–—")
    return part if part.count("(") == part.count(")") else part.strip(" ()")


def _marks(doc: Doc) -> _Marks:
    """Where each table's phrases start, and where the longest one there ends."""
    marks: _Marks = {name: {} for name in ("INFORMED", "OPINION", "REQUEST", "WRAPPER")}
    for name, start, end in phrase_matcher()(doc):
        found = marks[doc.vocab.strings[name]]
        found[start] = max(end, found.get(start, 0))
    return marks


def _parts(doc: Doc, marks: _Marks) -> tuple[list[Span], list[Span]]:
    """The clauses that ask, or else the whole text; and the clauses before the first that asks."""
    asking: list[Span] = []
    told: list[Span] = []  # those of them that are context where a question follows that can stand without
    fragments: list[Span] = []  # "Parking?"
    context: list[Span] = []
    for sentence in doc.sents:
        preface, rest = _behind_preface(sentence, marks)
        asked = _last_mark(_words(rest)) == "?"
        context += [preface] if preface and not asking else []
        clauses = list(_clauses(rest)) if asked or _asks(rest, marks, asked=False) else [rest]
        for span in clauses:
            if _asks(span, marks, asked=asked):
                if asked:
                    asking = [one for one in asking if _leans(span) or one not in told]
                    told = []
                elif _tells_of_oneself(span):
                    told.append(span)
                asking.append(span)
            elif not asking:
                context.append(span)
                fragments += [span] if asked and span is clauses[-1] and not _is_example(span) else []
    return asking or fragments[:1] or [doc[:]], context


def _behind_preface(sentence: Span, marks: _Marks) -> tuple[Span | None, Span]:
    """Part "I read that you moved, | so how is the new site?"; other openings than that keep what leads in."""
    words = _words(sentence)
    first = skip_connectors(words)
    if _kind_at(words, first, sentence.start, marks):
        return None, sentence
    informed = sentence.start + first in marks["INFORMED"]
    relative = frozenset() if _last_mark(words) == "?" else _RELATIVE
    for at in range(first + 2, len(words)):
        behind = words[at - 1] in CONNECTORS if informed else words[at - 2 : at] == [",", "so"]
        if behind and words[at] not in relative and _kind_at(words, at, sentence.start, marks):
            return sentence[: at - 1], sentence[at:]
    return None, sentence


def _clauses(span: Span) -> Iterator[Span]:
    begin = 0
    for place in breaks(_words(span)):
        yield span[begin:place]
        begin = place + 1
    yield span[begin:]


def _asks(span: Span, marks: _Marks, *, asked: bool) -> bool:
    """Whether this is a part of its own, and not context, an example or an afterthought."""
    words = _words(span)
    first = skip_connectors(words)
    if first == len(words) or _is_example(span):
        return False
    if asked:
        return _kind(span, marks) != "other"
    # Without a question mark, only what opens as a question or a request asks: "I have seen how you work." tells.
    if (word := words[first]) == "i" and span.start + first not in marks["INFORMED"]:
        return _kind(span, marks) != "other"
    return _kind_at(words, first, span.start, marks) is not None and (first + 1 < len(words) or word in WH)


def _tells_of_oneself(span: Span) -> bool:
    """Whether it says what the candidate is or wants, and not that it wants to know: "I want to grow."."""
    words = _words(span)
    first = skip_connectors(words)
    return words[first : first + 1] == ["i"] and _WANTS_TO_KNOW.isdisjoint(words)


def _leans(span: Span) -> bool:
    """Whether it speaks of what was named before: "Would that be possible?", "Is it paid?"."""
    words = _words(span)
    return not _LEANS.isdisjoint(words) or any(
        words[at] == "that"
        and (starts_with_auxiliary(words, at - 1) or words[at - 1] in PREPOSITIONS or words[at + 1] in ("up", "?"))
        for at in range(1, len(words) - 1)
    )


def _is_example(span: Span) -> bool:
    words = _words(span)
    first = skip_connectors(words)
    return any(tuple(words[first : first + len(example)]) == example for example in _EXAMPLES)


def _speaks_of_you(context: Span) -> bool:
    """Whether it tells the employer something of itself: "You advertise unlimited leave; ..."."""
    words = _words(context)
    first = skip_connectors(words)
    return len(words) > first + 3 and words[first] in ("you", "your") and _last_mark(words) != "?"


def _kind(span: Span, marks: _Marks) -> Kind:
    words = _words(span)
    first = skip_connectors(words)
    kind = _kind_at(words, first, span.start, marks)
    if kind:
        return kind
    for at in range(first + 1, len(words)):
        if words[at - 1] in CONNECTORS and (kind := _kind_at(words, at, span.start, marks)):
            return kind
    for at in range(first + 1, len(words)):
        if words[at] == "i" and (kind := _kind_at(words, at, span.start, marks)):
            return kind  # "Before I sign I'd like to know ..."
    asked = _last_mark(words) == "?"
    tagged = not _TAGS.isdisjoint(words[-2:])  # "..., right?"
    said = words[first : first + 1] and words[first] in _SAYING and len(words) > 3  # "You hire in May?"
    return "yes_no" if asked and (tagged or said) else "other"


def _kind_at(words: list[str], at: int, offset: int, marks: _Marks) -> Kind | None:
    if (end := marks["WRAPPER"].get(offset + at)) is not None:
        return _kind_inside(words, at, end - offset)
    if offset + at in marks["REQUEST"]:
        return "statement"
    if asks_wh(words, at):
        return "wh"
    if asks_yes_no(words, at) or (at == skip_connectors(words) and starts_with_auxiliary(words, at)):
        return "yes_no"
    if words[at : at + 1] == ["any"] and _last_mark(words) == "?":
        return "yes_no"
    return None


def _kind_inside(words: list[str], start: int, at: int) -> Kind:
    """What an indirect question asks: "I was wondering whether ..." wants a yes or a no."""
    for place in range(at, len(words)):
        word = words[place]
        if word in WH:
            return "wh"
        if word in ("whether", "if") or asks_yes_no(words, place):
            return "yes_no"
    described = any(word in _REQUEST_VERBS or word.endswith("ing") for word in words[start:at])
    if described and starts_with_auxiliary(words, start):
        return "wh"  # "Can you describe the induction?" wants a description, not a yes
    return "yes_no" if starts_with_auxiliary(words, start) else "statement"


def _stands_first(doc: Doc, at: int) -> bool:
    """Whether nothing in the sentence governs the phrase: "What would I read first?" shows no knowledge."""
    if at == 0 or doc[at].is_sent_start:
        return True
    before = doc[at - 1].lower_
    return before in CONNECTORS or before in ("as", "hello", "because") or doc[at - 1].is_punct


def _last_mark(words: list[str]) -> str:
    return next((word[-1] for word in reversed(words) if word.strip(")\"'” !")), "")


def _words(span: Span) -> list[str]:
    return [token.lower_.strip() for token in span]
