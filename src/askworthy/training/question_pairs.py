"""Files of labelled pairs of questions in; the pairs out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from askworthy.errors import BadCorpus


@dataclass(frozen=True, slots=True)
class QuestionPair:
    """Two questions, and what share of its readers call them the same, and the same or close.

    Of near misses that were written as such nobody has said whether they are close.
    """

    first: str
    second: str
    same: float
    close: float | None


def read_question_pairs(files: Sequence[Path]) -> list[QuestionPair]:
    """Read JSON Lines of `first` and `second`, with `same` (true or false) or `read` (same, close or different, each).

    Raises:
        BadCorpus: A line is something else, or there is none.
    """
    found: list[QuestionPair] = []
    for file in files:
        number = 0
        try:
            # Not splitlines: it also cuts at the rarer line ends, which JSON may hold.
            for line in file.read_text(encoding="utf-8").split("\n"):
                number += 1
                if not line.strip():
                    continue
                row = json.loads(line)
                found.append(QuestionPair(str(row["first"]), str(row["second"]), *_labels(row)))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise BadCorpus(f"cannot read {file}: {reason}; name jsonl files with first and second") from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BadCorpus(
                f"{file}, line {number}: {error!r}; each line needs first, second, and same or read"
            ) from error
    if not found:
        raise BadCorpus(
            f"no pairs in {', '.join(map(str, files)) or 'no file'}; name jsonl files with first and second"
        )
    return found


def _labels(row: dict[str, object]) -> tuple[float, float | None]:
    if "read" in row:
        read = list(row["read"])  # type: ignore[call-overload]
        if not read or not set(read) <= {"same", "close", "different"}:
            raise ValueError(f"read {read}")
        return read.count("same") / len(read), 1 - read.count("different") / len(read)
    if not isinstance(row["same"], bool):
        raise ValueError(f"same {row['same']}")
    return (1.0, 1.0) if row["same"] else (0.0, None)
