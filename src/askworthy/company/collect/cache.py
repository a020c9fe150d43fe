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


def finished_days_ago(folder: Path, max_pages: int, *, browser: bool = False) -> float | None:
    """How many days ago the collection there was finished; None if there is more to read for so many pages, or with a
    browser."""
    try:
        found = json.loads((folder / NAME).read_bytes())
        pages = found["counts"].get("read", 0)
        # Copies count up to the limit, and are folded after it. Earlier versions did not write the limit down.
        full = found["limit_reached"] == "pages" and found.get("max_pages", pages) >= max_pages
        unseen = browser and found["counts"].get("needs_browser", 0)
        if not pages or unseen or not (found["complete"] or full):
            return None
        written = datetime.datetime.fromisoformat(found["written_at"])
        return (datetime.datetime.now(datetime.UTC) - written).total_seconds() / 86_400
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
