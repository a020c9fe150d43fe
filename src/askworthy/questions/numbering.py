"""Questions, as text or records, in; questions with an id each out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from askworthy.errors import BadQuestions
from askworthy.records import Question


def numbered(questions: Iterable[str | Question]) -> list[Question]:
    """Give q1, q2, ... to the questions that have no id; a number says the place in the list.

    Raises:
        BadQuestions: There is none, one is empty, or two have the same id.
    """
    if isinstance(questions, str):
        raise BadQuestions("found one text, expected several; put it into a list")
    asked = [_readable(Question(one) if isinstance(one, str) else one) for one in questions]
    if not asked:
        raise BadQuestions("found no question; give at least one")
    for place, one in enumerate(asked, start=1):
        if not one.text.strip():
            raise BadQuestions(f"question {place} of {len(asked)} is empty; give it a text, or leave it out")
    seen: set[str] = set()
    for one in asked:
        _claim(one.id, seen)
    return [one if one.id else replace(one, id=_free(place, seen)) for place, one in enumerate(asked, start=1)]


def _readable(question: Question) -> Question:
    """Half characters, which a program can hand over and no encoder takes, become question marks."""
    text = question.text.encode("utf-8", "replace").decode("utf-8")
    return question if text == question.text else replace(question, text=text)


def numbered_stream(questions: Iterable[Question]) -> Iterator[Question]:
    """Do what `numbered` does, one question at a time, for lists too long to hold.

    Only `numbered` can step aside for an id that is given further down; here that id is an error.

    Raises:
        BadQuestions: Two have the same id, or a given id is one that a question above it got.
    """
    given: set[str] = set()
    generated = bytearray()  # one byte a question, 1 where its id is its place: ten million take ten megabytes
    stepped_aside: set[str] = set()
    for place, one in enumerate(questions, start=1):
        if one.id:
            _claim(one.id, given)
            if one.id in stepped_aside or _is_generated(one.id, generated):
                raise BadQuestions(
                    f"the id {one.id!r} is also the one that an earlier question without an id got; "
                    "give every question an id, or none"
                )
            generated.append(0)
            yield one
            continue
        name = _free(place, given)
        given.discard(name)
        if name != f"q{place}":
            stepped_aside.add(name)
        generated.append(name == f"q{place}")
        yield replace(one, id=name)


def _claim(name: str, seen: set[str]) -> None:
    if name and name in seen:
        raise BadQuestions(f"the id {name[:80]!r} is given twice; give each question its own, or none")
    if name:
        seen.add(name)


def _is_generated(name: str, generated: bytearray) -> bool:
    number = re.fullmatch(r"q([1-9][0-9]{0,11})", name)
    return bool(number and int(number[1]) <= len(generated) and generated[int(number[1]) - 1])


def _free(place: int, taken: set[str]) -> str:
    name = f"q{place}"
    while name in taken:
        name += "_"
    taken.add(name)
    return name
