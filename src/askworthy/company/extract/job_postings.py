"""The JSON-LD scripts of a page in; what their job postings say beyond the page out."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from askworthy.company.blocks import Part, tidy
from askworthy.company.extract.said import Said
from askworthy.errors import PageUnreadable

PROSE = {
    "description": "Job description",
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "experienceRequirements": "Experience",
    "educationRequirements": "Education",
    "skills": "Skills",
    "jobBenefits": "Benefits",
    "benefits": "Benefits",
    "incentiveCompensation": "Bonus and incentives",
    "workHours": "Working hours",
}
STRING = r'"(?:\\.|[^"\\])*+"'
# A string that never ends is passed over whole: to begin again at each quote in it takes the square of its length.
TRAILING_COMMA = re.compile(rf"({STRING}?)|,(?=\s*[}}\]])", re.DOTALL)
# Before the JSON only: what follows it is not read.
WRAPPING = re.compile(r"\s*(?:(?:(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?|<!--)\s*)*")
LONG_NUMBER = re.compile(r"&#\d{8,}")  # no character has one, and Python refuses to read thousands of digits
MAX_MENDED = 1_000_000  # characters; real postings stay below a tenth of it
MAX_NODES = 20_000
MAX_POSTINGS = 200


def posting_parts(scripts: Iterable[str], page_text: str, read_markup: Callable[[str], list[Part]]) -> list[Part]:
    """Turn job postings into headed parts, without what the page's text says already.

    Args:
        scripts: The scripts' text, often not quite JSON.
        page_text: The page's main text, tidied.
        read_markup: Reads the markup inside descriptions.
    """
    known = Said(_squeeze(page_text))
    parts: list[Part] = []
    for posting in _postings(scripts):
        found = list(_parts_of(posting, known, read_markup))
        title = tidy(_plain(posting.get("title") or posting.get("name")))
        if found and title and not known.says(_squeeze(title), unsure=False):
            parts.append(Part("heading", title, 1))
        parts += found
    return parts


def _parts_of(posting: Mapping[str, Any], known: Said, read_markup: Callable[[str], list[Part]]) -> Iterator[Part]:
    for key, heading in PROSE.items():
        body = [part for part in _prose(posting.get(key), read_markup) if _is_news(part, known)]
        while body and body[-1].kind == "heading":
            body.pop()
        if body:
            yield Part("heading", heading, 2)
            yield from (Part(p.kind, p.text, min(p.level + 2, 6) if p.kind == "heading" else p.level) for p in body)
    details = [text for text in _details(posting) if not known.says(_squeeze(text.partition(": ")[2]), unsure=False)]
    if details:
        yield Part("heading", "Job details", 2)
        yield from (Part("item", text) for text in details)


def _prose(value: object, read_markup: Callable[[str], list[Part]]) -> list[Part]:
    parts: list[Part] = []
    for one in value if isinstance(value, list) else [value]:
        text = _plain(one)
        # Markup inside JSON is often escaped once more than it should be.
        text = _unescaped(text) if "&lt;" in text else text
        try:
            found = read_markup(text) if re.search(r"<\w|&\w+;|&#", text) else _lines(text)
        except PageUnreadable:
            continue
        parts += [Part("item", part.text) for part in found] if isinstance(value, list) else found
    return parts


def _lines(text: str) -> list[Part]:
    return [Part("paragraph", line) for line in re.split(r"\n\s*\n|\n(?=\s*[-*•])", text)]


def _is_news(part: Part, known: Said) -> bool:
    squeezed = _squeeze(part.text)
    return part.kind == "heading" or (bool(squeezed) and not known.says(squeezed, unsure=False))


def _details(posting: Mapping[str, Any]) -> Iterator[str]:
    rows = (
        ("Employer", _plain(posting.get("hiringOrganization"))),
        ("Employment type", _plain(posting.get("employmentType")).replace("_", " ").lower()),
        ("Location", "; ".join(_places(posting.get("jobLocation")))),
        ("Remote work", "yes" if "TELECOMMUTE" in str(posting.get("jobLocationType", "")).upper() else ""),
        ("Applicants may live in", _plain(posting.get("applicantLocationRequirements"))),
        ("Salary", _salary(posting.get("baseSalary"))),
        ("Posted on", _plain(posting.get("datePosted"))[:10]),
        ("Apply by", _plain(posting.get("validThrough"))[:10]),
        ("Start date", _plain(posting.get("jobStartDate"))[:10]),
    )
    return (f"{name}: {tidy(_unescaped(value))}" for name, value in rows if tidy(value))


def _plain(value: object) -> str:
    """A value that should be a string and may be a number, a list, or an object with a name."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", "description", "value") if key in value), "")
    if isinstance(value, list):
        return ", ".join(filter(None, (_plain(one) if not isinstance(one, list) else "" for one in value[:50])))
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _places(value: object) -> Iterator[str]:
    for place in value[:50] if isinstance(value, list) else [value]:
        address = place.get("address", place) if isinstance(place, Mapping) else place
        if isinstance(address, Mapping):
            keys = ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry")
            yield ", ".join(filter(None, (_plain(address.get(key)) for key in keys)))
        else:
            yield _plain(address)


def _salary(value: object) -> str:
    if not isinstance(value, Mapping):
        return _plain(value)
    amount = value.get("value", value)
    amount = amount if isinstance(amount, Mapping) else {"value": amount}
    low, high = _amount(amount.get("minValue")), _amount(amount.get("maxValue"))
    figure = f"{low} to {high}" if low and high and low != high else low or high or _amount(amount.get("value"))
    unit = _plain(amount.get("unitText") or value.get("unitText")).lower()
    return f"{_plain(value.get('currency'))} {figure}{f' per {unit}' if unit else ''}".strip() if figure else ""


def _amount(value: object) -> str:
    text = _plain(value)
    return f"{float(text):,.2f}".removesuffix(".00") if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", text) else text


def _postings(scripts: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    found = 0
    for script in scripts:
        waiting = [_loads(script)]
        for _ in range(MAX_NODES):
            if not waiting or found >= MAX_POSTINGS:
                break
            node = waiting.pop()
            if isinstance(node, list):
                waiting += reversed(node[:MAX_NODES])
            elif isinstance(node, Mapping):
                kind = node.get("@type")
                if "JobPosting" in str(kind if isinstance(kind, str) else [*kind] if isinstance(kind, list) else ""):
                    found += 1
                    yield node
                else:
                    waiting += [child for child in reversed(list(node.values())) if isinstance(child, list | Mapping)]


def count_repaired(scripts: Iterable[str]) -> int:
    """How many scripts of linked data are not JSON as they stand, and had to be mended or rescued."""
    return sum(not _is_json(script) for script in scripts if script.strip())


def _is_json(script: str) -> bool:
    try:
        json.loads(script)
    except (ValueError, RecursionError):
        return False
    return True


def _loads(script: str) -> object:
    """Read what was meant to be JSON; None when it cannot be told."""
    text = WRAPPING.sub("", script, count=1)
    for attempt in _attempts(text):
        try:
            # Not strict: raw line breaks in strings are the commonest fault of all.
            found, _ = json.JSONDecoder(strict=False).raw_decode(attempt)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, list | Mapping):
            return found
    return _rescued(text) if len(text) <= MAX_MENDED else None


def _attempts(text: str) -> Iterator[str]:
    yield text
    if len(text) <= MAX_MENDED:
        yield _mended(text)
        yield _mended(_unescaped(text))


def _mended(text: str) -> str:
    return TRAILING_COMMA.sub(lambda found: found[1] or "", text)


def _unescaped(text: str) -> str:
    return html.unescape(LONG_NUMBER.sub("", text))


def _rescued(text: str) -> object:
    """The strings of a posting whose JSON is broken beyond mending."""
    if "JobPosting" not in text:
        return None
    posting: dict[str, object] = {"@type": "JobPosting"}
    for key in ("title", *PROSE, "datePosted", "validThrough", "employmentType"):
        if found := re.search(rf'"{key}"\s*:\s*({STRING})', text, re.DOTALL):
            try:
                posting[key] = json.loads(found[1], strict=False)
            except ValueError:
                continue
    return posting


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
