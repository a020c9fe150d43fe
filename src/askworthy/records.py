"""The records that travel along the path: frozen, typed, and the same in Python and in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from askworthy.findings.coverage import Coverage
    from askworthy.findings.hints import Hint

Verdict = Literal["published", "partly", "open"]
BlockKind = Literal["heading", "paragraph", "item", "row"]
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the candidate wrote it."""

    text: str
    id: str = ""  # empty until `numbered` gives q1, q2, ...
    heading: str | None = None  # the list's heading above it, a hint and no more
    extra: Mapping[str, str] = field(default_factory=dict)  # other columns of the input, returned unchanged


@dataclass(frozen=True, slots=True)
class Form:
    """How a question is asked, seen from its wording alone."""

    kind: Literal["wh", "yes_no", "statement", "other"]
    parts: tuple[str, ...]  # at least one; the first is the main part
    asks_opinion: bool  # wants the interviewer's own view or experience
    informed: bool  # shows knowledge first: "I noticed that ..."


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page's text that its layout sets apart."""

    start: int  # characters into the page's text
    end: int
    kind: BlockKind
    level: int = 0  # headings: 1 to 6; items: nesting from 0


@dataclass(frozen=True, slots=True)
class Page:
    """One public document, as plain text with its layout beside it."""

    source: str  # path below the company folder, or the URL
    text: str
    blocks: tuple[Block, ...]  # in reading order, not overlapping
    title: str | None = None
    url: str | None = None
    fetched_at: str | None = None  # ISO 8601


@dataclass(frozen=True, slots=True)
class Passage:
    """One to four sentences of a page under one heading path."""

    page: Page
    start: int
    end: int
    heading: str  # "Parental leave > Pay"; empty above the first heading

    @property
    def text(self) -> str:
        """The passage as it stands in the page."""
        return self.page.text[self.start : self.end]

    @property
    def with_heading(self) -> str:
        """What models read: the heading path, then the text."""
        return f"{self.heading}: {self.text}" if self.heading else self.text


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that was found for a question, and where it stands."""

    source: str
    quote: str  # exactly page.text[start:end]
    start: int
    end: int
    probability: float  # that this passage answers the question, 0 to 1
    url: str | None = None
    title: str | None = None
    heading: str | None = None
    fetched_at: str | None = None

    @property
    def link(self) -> str | None:
        """The page's address with a text fragment, which opens it at the quote; None where there is no address."""
        from askworthy.text_fragment import fragment_link

        return fragment_link(self.url, self.quote) if self.url else None

    def to_dict(self) -> dict[str, Any]:
        """The evidence as JSON writes it."""
        return {
            "source": self.source,
            "url": self.url,
            "link": self.link,
            "title": self.title,
            "heading": self.heading,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "fetched_at": self.fetched_at,
            "probability": round(self.probability, 4),
        }


@dataclass(frozen=True, slots=True)
class Label:
    """What a question is about: its aspect and topic, each with a calibrated probability."""

    aspect: str
    aspect_probability: float
    topic: str
    topic_probability: float
    unsure: bool = False  # the probability is too low to lean on; the best label is given all the same

    def to_dict(self) -> dict[str, Any]:
        """The label as JSON writes it."""
        return {
            "aspect": self.aspect,
            "aspect_probability": round(self.aspect_probability, 4),
            "topic": self.topic,
            "topic_probability": round(self.topic_probability, 4),
            "unsure": self.unsure,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything known of one question."""

    question: Question
    label: Label
    form: Form
    verdict: Verdict
    probability: float  # that the text answers the question's main point, 0 to 1, calibrated
    evidence: tuple[Evidence, ...] = ()  # best first, at most three; of an open question, the nearest misses
    follow_ups: tuple[str, ...] = ()

    @property
    def aspect(self) -> str:
        """The question's aspect: role, organisation, team or other."""
        return self.label.aspect

    @property
    def topic(self) -> str:
        """The finer topic under the aspect."""
        return self.label.topic

    @property
    def proof(self) -> tuple[Evidence, ...]:
        """The evidence that people are shown: a near miss under an open question would only mislead."""
        return self.evidence if self.verdict != "open" else ()

    @property
    def worth_asking(self) -> bool:
        """Whether the interview is still the place to ask it."""
        return self.verdict != "published"

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What would make the question's wording better."""
        from askworthy.findings.hints import hints  # further along the path, and only needed here

        return hints(self.question.text, self.form)

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON writes it: one line of `check --format jsonl`."""
        row: dict[str, Any] = {
            "schema": SCHEMA_VERSION,
            "id": self.question.id,
            "question": self.question.text,
            **self.label.to_dict(),
            "verdict": self.verdict,
            "probability": round(self.probability, 4),
            "evidence": [one.to_dict() for one in self.evidence],
            "form": {
                "kind": self.form.kind,
                "parts": len(self.form.parts),
                "asks_opinion": self.form.asks_opinion,
                "informed": self.form.informed,
            },
            "follow_ups": list(self.follow_ups),
            "hints": [{"kind": one.kind, "told": one.told, "better": one.better} for one in self.hints],
        }
        if self.question.extra:
            row["extra"] = dict(self.question.extra)
        return row


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of the company that was not read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the company: the ground under every "not found"."""

    pages: int
    passages: int
    words: int
    skipped: tuple[Skipped, ...] = ()
    fetched: tuple[str, str] | None = None  # ISO 8601, the oldest page and the newest; None if no page says
    duplicate_pages: int = 0
    boilerplate_blocks: int = 0  # menus, footers and the like that repeat over pages, dropped

    def to_dict(self) -> dict[str, Any]:
        """The reading as JSON writes it."""
        return {
            "pages": self.pages,
            "passages": self.passages,
            "words": self.words,
            "skipped": [{"source": one.source, "reason": one.reason} for one in self.skipped],
            "fetched": list(self.fetched) if self.fetched else None,
            "duplicate_pages": self.duplicate_pages,
            "boilerplate_blocks": self.boilerplate_blocks,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, and what they rest on."""

    findings: tuple[Finding, ...]  # in the order of the questions
    company: str
    reading: Reading
    same: tuple[tuple[int, int], ...] = ()  # places of two findings that ask the same, the earlier first
    close: tuple[tuple[int, int], ...] = ()  # of two that ask nearly the same: one answer leaves little to the other

    @property
    def coverage(self) -> Coverage:
        """Which aspects and topics have an open question, and which have none."""
        from askworthy.findings.coverage import cover  # further along the path, and only needed here

        return cover(self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The report as `check --format json` writes it."""
        return {
            "schema": SCHEMA_VERSION,
            "company": self.company,
            "reading": self.reading.to_dict(),
            "same": self._named(self.same),
            "close": self._named(self.close),
            "findings": [one.to_dict() for one in self.findings],
        }

    def _named(self, pairs: Iterable[tuple[int, int]]) -> list[list[str]]:
        return [[self.findings[place].question.id for place in pair] for pair in pairs]
