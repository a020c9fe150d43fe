"""A link in; the job board behind it, and its postings from the board's public JSON, out."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from askworthy.company.blocks import tidy


@dataclass(frozen=True, slots=True)
class Posting:
    """One job, as its board tells it."""

    url: str  # the page people open
    title: str
    markup: str = field(repr=False)  # HTML of everything it says
    published: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A kind of job board: how its links look, and where its JSON is."""

    name: str
    link: re.Pattern[str]  # group `who` names the company
    api: str  # with {who}
    read: Callable[[Any], Iterator[Posting]] = field(repr=False)

    def owns(self, feed: str) -> bool:
        """Whether an address is the JSON of a board of this kind."""
        before, _, after = self.api.partition("{who}")
        return feed.startswith(before) and feed.endswith(after)

    def feed(self, url: str) -> str | None:
        """The address of the JSON for a link to this board."""
        found = self.link.match(url)
        return self.api.format(who=found["who"]) if found else None


def read_postings(board: Board, body: bytes) -> list[Posting]:
    """Read a board's JSON; records that are no postings are passed over.

    Raises:
        ValueError: It is not JSON.
    """
    try:
        found = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return [one for one in board.read(found) if one.title and re.match(r"https?://", one.url)]


def _greenhouse(found: Any) -> Iterator[Posting]:
    for job in _records(found, "jobs"):
        facts = {
            "Location": _text(_get(job, "location", "name")),
            "Department": _names(job.get("departments")),
            "Office": _names(job.get("offices")),
        }
        # The description is HTML that is escaped once more.
        body = html.unescape(_text(job.get("content")))
        yield _posting(
            job.get("absolute_url"), job.get("title"), facts, body, job.get("first_published"), job.get("updated_at")
        )


def _lever(found: Any) -> Iterator[Posting]:
    for job in _records(found, "data"):
        about = _mapping(job.get("categories"))
        facts = {name.capitalize(): _text(about.get(name)) for name in ("location", "team", "department", "commitment")}
        facts["Workplace"] = _text(job.get("workplaceType"))
        pay = _mapping(job.get("salaryRange"))
        if _text(pay.get("min")) or _text(pay.get("max")):
            figures = " to ".join(filter(None, (_text(pay.get("min")), _text(pay.get("max")))))
            facts["Salary"] = f"{_text(pay.get('currency'))} {figures} {_text(pay.get('interval')).replace('-', ' ')}"
        lists = (
            f"<h2>{html.escape(_text(one.get('text')))}</h2><ul>{_text(one.get('content'))}</ul>"
            for one in _records(job.get("lists"), "")
        )
        body = (_text(job.get("description")), *lists, _text(job.get("additional")))
        yield _posting(
            job.get("hostedUrl"), job.get("text"), facts, "".join(body), _from_ms(job.get("createdAt")), None
        )


def _ashby(found: Any) -> Iterator[Posting]:
    for job in _records(found, "jobs"):
        if job.get("isListed") is False:
            continue
        facts = {
            "Location": _text(job.get("location")),
            "Department": _text(job.get("department")),
            "Team": _text(job.get("team")),
            "Employment type": re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _text(job.get("employmentType"))),
            "Remote": "yes" if job.get("isRemote") is True else "",
            "Compensation": _text(_get(job, "compensation", "compensationTierSummary")),
        }
        yield _posting(
            job.get("jobUrl"), job.get("title"), facts, _text(job.get("descriptionHtml")), job.get("publishedAt"), None
        )


BOARDS = (
    Board(
        "greenhouse",
        re.compile(
            r"https?://(?:(?:job-)?boards\.greenhouse\.io/(?:embed/job_(?:board|app)(?:/js)?\?(?:[^#]*&)?for=)?)"
            r"(?P<who>(?!embed\b)[\w-]{1,80})",
            re.IGNORECASE,
        ),
        "https://boards-api.greenhouse.io/v1/boards/{who}/jobs?content=true",
        _greenhouse,
    ),
    Board(
        "lever",
        re.compile(r"https?://jobs\.lever\.co/(?P<who>[\w.-]{1,80})", re.IGNORECASE),
        "https://api.lever.co/v0/postings/{who}?mode=json",
        _lever,
    ),
    Board(
        "ashby",
        re.compile(r"https?://jobs\.ashbyhq\.com/(?P<who>[\w.%-]{1,80})", re.IGNORECASE),
        "https://api.ashbyhq.com/posting-api/job-board/{who}?includeCompensation=true",
        _ashby,
    ),
)


def _posting(
    url: object, title: object, facts: Mapping[str, str], body: str, published: object, modified: object
) -> Posting:
    rows = "".join(f"<li>{html.escape(f'{name}: {tidy(value)}')}</li>" for name, value in facts.items() if tidy(value))
    title = tidy(_text(title))
    markup = f"<main><h1>{html.escape(title)}</h1><ul>{rows}</ul>{body}</main>"
    return Posting(_text(url), title, markup, _text(published)[:25] or None, _text(modified)[:25] or None)


def _records(found: object, key: str) -> list[Mapping[str, Any]]:
    found = found.get(key) if isinstance(found, Mapping) else found
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _mapping(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}


def _names(found: object) -> str:
    return ", ".join(filter(None, (_text(one.get("name")) for one in _records(found, ""))))


def _get(found: Mapping[str, Any], *keys: str) -> object:
    value: object = found
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _from_ms(value: object) -> str | None:
    try:
        return datetime.datetime.fromtimestamp(float(_text(value)) / 1000, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return None
