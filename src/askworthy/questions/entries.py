"""One question's fields as a list gave them in; one checked question out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from askworthy.errors import BadQuestions
from askworthy.records import Question

MAX_QUESTION_CHARS = 2_000
MAX_ID_CHARS = 200
# They are never typed on purpose, and some of them steer a terminal.
_UNTYPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")


def question_from(
    text: str,
    where: str,
    *,
    id: str = "",
    heading: str | None = None,
    extra: Mapping[str, str] | None = None,
) -> Question | None:
    """Make a question, its spaces collapsed; None if no text is left.

    Args:
        where: File and line, for messages.

    Raises:
        BadQuestions: The question or its id is too long.
    """
    text, id = _tidy(text), _tidy(id)
    if len(text) > MAX_QUESTION_CHARS:
        raise BadQuestions(
            f"{where} holds a question of {len(text):,} characters, at most {MAX_QUESTION_CHARS:,} can be read; "
            "shorten it or split it"
        )
    if len(id) > MAX_ID_CHARS:
        raise BadQuestions(
            f"{where} has an id of {len(id):,} characters, at most {MAX_ID_CHARS} are allowed; shorten it"
        )
    if not text:
        return None
    return Question(text, id, _tidy(heading or "") or None, {_sound(k): _sound(v) for k, v in (extra or {}).items()})


def _tidy(text: str) -> str:
    return " ".join(_UNTYPED.sub("", _sound(text)).split())


def _sound(text: str) -> str:
    """JSON can spell half a character, which no output could write."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
