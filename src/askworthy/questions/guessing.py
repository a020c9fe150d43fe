"""The beginning of a list without a name in; the suffix that its name should have out."""

from __future__ import annotations

import json
import re

from askworthy.questions.tables import looks_like_header

_HTML = re.compile(
    r"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|header|meta|title|body|main|section|article|div|"
    r"h[1-6]|p|ul|ol|li|dl|details|table|span|a)\b",
    re.IGNORECASE | re.DOTALL,
)


def guess_suffix(head: str) -> str:
    """Say whether it is html, xml, json, jsonl or csv, as far as its beginning tells; txt if nothing does."""
    head = head.lstrip()
    first, *more = re.split(r"[\r\n]+", head, maxsplit=2)
    if _HTML.match(head):
        return ".html"
    if first.startswith("<?xml"):
        return ".xml"
    if first.startswith("["):
        # "[x] ask about pay" and "[Team]" are notes, not JSON.
        return ".json" if first[1:].lstrip()[:1] in ("", '"', "{", "]") else ".txt"
    if first.startswith("{"):
        return _one_or_many(first)
    return ".csv" if looks_like_header(first, *more[:1]) else ".txt"


def _one_or_many(first: str) -> str:
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return ".json"  # an object that goes on below
    return ".json" if "questions" in value else ".jsonl"
