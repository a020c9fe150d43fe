"""A web address in; the place in the user's cache where its pages are kept, and how old they are, out."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from askworthy.company.collect.closing import NAME
from askworthy.company.collect.urls import normal
from askworthy.errors import BadCompany


def cache_folder(url: str) -> Path:
    """Where the pages of a site are kept when nobody names a folder.

    Raises:
        BadCompany: It is no web address.
    """
    from platformdirs import user_cache_path

    start = normal(url if "://" in url else f"https://{url}")
    if start is None:
        raise BadCompany(f"{url} is not a web address; give one like https://www.example.com")
    name = re.sub(r"[^a-z0-9.-]", "_", (urlsplit(start).hostname or "")[:80])
    return user_cache_path("askworthy") / "companies" / f"{name}-{hashlib.sha256(start.encode()).hexdigest()[:8]}"


def finished_days_ago(folder: Path) -> float | None:
    """How many days ago the collection there was finished, or reached its limit of pages; None if it was not."""
    try:
        found = json.loads((folder / NAME).read_bytes())
        if not (found["complete"] or found["limit_reached"] == "pages") or not found["counts"].get("read"):
            return None
        written = datetime.datetime.fromisoformat(found["written_at"])
        return (datetime.datetime.now(datetime.UTC) - written).total_seconds() / 86_400
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def has_more(folder: Path, max_pages: int, *, browser: bool = False) -> bool:
    """Whether a finished collection left pages that a higher limit, or a browser, would read now."""
    found = json.loads((folder / NAME).read_bytes())
    # Earlier versions did not write the limit down.
    limit = found.get("max_pages") or found["counts"].get("read", 0)
    unseen = browser and not found.get("browser") and found["counts"].get("needs_browser", 0) > 0
    return bool(unseen or (found.get("limit_reached") == "pages" and limit < max_pages))
