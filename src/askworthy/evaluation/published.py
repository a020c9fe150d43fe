"""Companies with judged questions and models in; scored rows, with their evidence, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askworthy.check import Models, find
from askworthy.company import Company
from askworthy.errors import BadCorpus
from askworthy.evaluation.checks import Problem, RowChecks, missing_quotes
from askworthy.evaluation.corpora import Employer, Labelled, read_rows
from askworthy.evaluation.measures import CUTS, VERDICTS
from askworthy.evaluation.rows import Row, Shown
from askworthy.evidence.index import Index, Watch, open_index
from askworthy.evidence.retrieve import retrieve
from askworthy.inference.encoder import RememberingEncoder
from askworthy.questions.form import read_form
from askworthy.records import Evidence, Passage, Question
from askworthy.training.verdict import marks

CONTEXT = 300  # characters shown on each side of a quote
OVERLAP = 0.5  # share of the shorter quote's words that makes two quotes the same
MAX_RAW = 5_000_000  # bytes of a page that are read to look up a quote


@dataclass(frozen=True)
class Opened:
    """One company, ready to be asked."""

    employer: Employer
    rows: tuple[Labelled, ...]
    index: Index


def read_judged_rows(employer: Employer) -> tuple[list[Labelled], list[Problem]]:
    """Read one company's questions, and what is wrong with them.

    Raises:
        BadCorpus: There are none, or they cannot be read.
    """
    rows, checks = list(read_rows(employer.file, VERDICTS)), RowChecks(employer.file, VERDICTS)
    if not rows:
        raise BadCorpus(f"{employer.file} is empty; each row needs question and label")
    return rows, [problem for row in rows for problem in checks.look(row)]


def open_employer(
    employer: Employer, rows: Sequence[Labelled], models: Models, *, cache: bool = False, watch: Watch | None = None
) -> tuple[Opened, list[Problem]]:
    """Index a company's text, and look its gold quotes up in it."""
    index = open_index(Company.open(employer.text), models.encoder, cache=cache, watch=watch)
    pages: dict[str, str] = {}
    for page in index.text.pages:
        pages[page.source] = f"{pages.get(page.source, '')}\n{page.text}"
    for name in {quote.source for row in rows for quote in row.quotes} & set(pages):
        # Corpora quote the file as it stands, marks and all; pages have lost theirs.
        file = employer.text / name if employer.text.is_dir() else employer.text
        if file.is_file() and file.stat().st_size <= MAX_RAW:
            pages[name] += "\n" + file.read_text(encoding="utf-8", errors="replace")
    return Opened(employer, tuple(rows), index), list(missing_quotes(employer.file, rows, pages))


def score_published(opened: Opened, models: Models, *, max_false_flags: float, watch: Watch | None = None) -> list[Row]:
    """Ask one company all its questions."""
    questions = [Question(row.question, row.id) for row in opened.rows]
    encoder = RememberingEncoder(models.encoder)
    findings = find(questions, opened.index, models, max_false_flags=max_false_flags, watch=watch)
    asked = [form.parts[0] for form in read_form([row.question for row in opened.rows])]
    retrieved = retrieve(asked, opened.index, encoder, top_k=max(CUTS))
    return [
        Row(
            f"{opened.employer.name}/{row.id}",
            opened.employer.name,
            row.question,
            row.label,
            finding.verdict,
            round(finding.probability, 4),  # as its JSON says it, so that a saved output gives the same figures
            finding.topic,
            marked=row.quotes,
            evidence=tuple(shown(one, opened.index) for one in finding.evidence),
            hit=first_hit(finding.evidence, row.quotes),
            rank=first_rank([one.passage for one in candidates], row.quotes),
        )
        for row, finding, candidates in zip(opened.rows, findings, retrieved, strict=True)
    ]


def shown(evidence: Evidence, index: Index) -> Shown:
    """A quote with the text around it."""
    for page in index.text.pages:
        if page.source == evidence.source and page.text[evidence.start : evidence.end] == evidence.quote:
            start, end = max(0, evidence.start - CONTEXT), evidence.end + CONTEXT
            before, after = page.text[start : evidence.start], page.text[evidence.end : end]
            if start:  # no half words at the ends
                before = re.sub(r"^\S*\s*", "", before)
            if end < len(page.text):
                after = re.sub(r"\s*\S*$", "", after)
            return Shown(evidence.source, evidence.quote, before, after)
    return Shown(evidence.source, evidence.quote)


def first_hit(evidence: Sequence[Evidence], gold: Sequence[Shown]) -> int:
    """The first evidence, from 1, that shares half the words of a gold quote of its page; 0 for none."""
    hits = (
        number
        for number, one in enumerate(evidence, start=1)
        for quote in gold
        if quote.source
        and one.source.replace("\\", "/").split("#")[0].endswith(quote.source)
        and same_words(one.quote, quote.quote)
    )
    return next(hits, 0)


def first_rank(passages: Sequence[Passage], gold: Sequence[Shown]) -> int:
    """The first passage, from 1, that holds a gold quote; 0 for none."""
    return next(_ranks(passages, gold), 0)


def same_words(one: str, other: str) -> bool:
    """Whether at least half of the shorter text's words stand in the longer."""
    a, b = (re.findall(r"\w+", side.lower()) for side in (one, other))
    short, long = (a, set(b)) if len(a) <= len(b) else (b, set(a))
    return bool(short) and sum(word in long for word in short) / len(short) >= OVERLAP


def _ranks(passages: Sequence[Passage], gold: Sequence[Shown]) -> Iterator[int]:
    for number, passage in enumerate(passages, start=1):
        if any(marks((quote.source, quote.quote), passage) for quote in gold):
            yield number
