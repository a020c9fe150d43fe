"""JSON, whole or a value a line, in; one question a value out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from askworthy.errors import BadQuestions
from askworthy.questions.entries import question_from
from askworthy.records import Question

_EXPECTED = 'expected a string or an object with "question"'


def read_json(text: str, name: str) -> Iterator[Question]:
    """Read a list of strings or objects, or an object that holds it as "questions".

    Raises:
        BadQuestions: It is not JSON, or not such a list.
    """
    if not text.strip():
        return
    value = _parsed(text, name, 1)
    if isinstance(value, dict) and "questions" in value:
        value = value["questions"]
    if not isinstance(value, list):
        raise BadQuestions(f'{name} holds {_named(value)}; expected a list of questions, or {{"questions": [...]}}')
    for place, one in enumerate(value, start=1):
        if question := _question(one, f"{name} item {place}"):
            yield question


def read_json_lines(lines: Iterable[str], name: str) -> Iterator[Question]:
    """Read a string or an object on each line.

    Raises:
        BadQuestions: A line is something else.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip() and (question := _question(_parsed(line.strip(), name, number), f"{name} line {number}")):
            yield question


def _question(value: Any, where: str) -> Question | None:
    if isinstance(value, str):
        return question_from(value, where)
    if not isinstance(value, dict):
        raise BadQuestions(f"{where} is {_named(value)}; {_EXPECTED}")
    fields = dict(value)
    text = fields.pop("question") if "question" in fields else fields.pop("text", None)
    if not isinstance(text, str):
        raise BadQuestions(f'{where} has {_named(text)} for "question"; {_EXPECTED}')
    id, heading = fields.pop("id", None), fields.pop("heading", None)
    for field, one in (("id", id), ("heading", heading)):
        if isinstance(one, (bool, dict, list)):
            raise BadQuestions(f'{where} has {_named(one)} for "{field}"; expected a string or a number')
    extra = {key: _spelled(one) for key, one in fields.items()}
    return question_from(text, where, id=_spelled(id), heading=_spelled(heading), extra=extra)


def _spelled(value: Any) -> str:
    """A string as it is, nothing as an empty one, and anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _parsed(text: str, name: str, first_line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise BadQuestions(f"{name} line {line} is not JSON ({error.msg}, column {error.colno}); correct it") from error
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
        raise BadQuestions(f"{name} line {first_line} is JSON that cannot be read ({reason}); {_EXPECTED}") from error


def _named(value: Any) -> str:
    if value is None:
        return "nothing"
    names = {str: "a string", dict: "an object", list: "a list", bool: "true or false"}
    return names.get(type(value), "a number")
