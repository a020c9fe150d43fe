"""Files of questions in any of the corpora's forms in; their texts out."""

from __future__ import annotations

import json
from pathlib import Path

from askworthy.errors import BadCorpus


def read_questions(source: Path) -> list[str]:
    """Read jsonl with `question`, with `first` and `second`, or with `questions`; or all such files of a folder.

    Raises:
        BadCorpus: A file cannot be read, or there is no question.
    """
    files = sorted(source.glob("*.jsonl")) if source.is_dir() else [source]
    found: list[str] = []
    for file in files:
        try:
            rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
            inner = [one for row in rows for one in row.get("questions", ())]
            rows += [one if isinstance(one, dict) else {"question": one} for one in inner]
            found += [str(row[name]) for row in rows for name in ("question", "first", "second") if name in row]
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise BadCorpus(f"cannot read {file}: {reason}; name jsonl files with `question`") from error
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise BadCorpus(f"{file} holds no questions ({error}); name jsonl files with `question`") from error
    if not found:
        raise BadCorpus(f"{source} holds no questions; name jsonl files with `question`")
    return found
