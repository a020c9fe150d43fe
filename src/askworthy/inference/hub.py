"""A model's name in; whether it has to be on this disk already, as the Hub does not answer, out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

TIMEOUT_S = 5.0


def local_only(name_or_path: str) -> bool:
    """Whether a model can come from this disk alone: it is a folder, or the Hub cannot be reached.

    The Hub's library asks six times for every file of a model before it gives up, over half a minute with none of it
    on disk. So it is asked once, here, whether it answers; a name that it does not have fails at once by itself.
    """
    return Path(name_or_path).exists() or not _hub_answers()


@cache
def _hub_answers() -> bool:
    from huggingface_hub import HfApi, get_session  # a session has the proxies and certificates the user has set

    try:
        return bool(get_session().head(HfApi().endpoint, timeout=TIMEOUT_S).status_code < 500)
    except Exception:  # of requests, httpx or httpx2: another with each of the library's releases
        return False
