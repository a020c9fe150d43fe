"""Questions and a company in; a report of what is already public out. Start reading here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from askworthy.aspects.labeller import Labeller
from askworthy.company.company import Company
from askworthy.company.sentences import sentence_spans
from askworthy.company.store import Store
from askworthy.evidence.index import Watch, open_index
from askworthy.evidence.judge import Scores
from askworthy.evidence.quote import quotes
from askworthy.evidence.search import Searched, search
from askworthy.findings.features import feature_names, features
from askworthy.findings.verdict import VerdictModel
from askworthy.inference.cross_encoder import CrossEncoder, load_cross_encoder
from askworthy.inference.encoder import Encoder, load_encoder
from askworthy.inference.onnx import DEFAULT_THREADS
from askworthy.questions.numbering import numbered
from askworthy.records import Evidence, Finding, Question, Report

MAX_EVIDENCE = 3
MAX_FALSE_FLAGS = 0.05


@dataclass(frozen=True)
class Models:
    """Everything that is loaded once and used for every company."""

    encoder: Encoder
    label_encoder: Encoder  # the labeller's own: the bundled one, whatever the company is searched with
    judge: CrossEncoder
    labeller: Labeller
    verdict: VerdictModel

    @classmethod
    def load(
        cls,
        *,
        encoder: str | None = None,
        judge: str | None = None,
        aspects: Path | None = None,
        verdict: Path | None = None,
        threads: int | None = None,
    ) -> Models:
        """Load the bundled models, or others by name or path.

        Raises:
            BadModel: One is missing, damaged, or does not fit the others.
        """
        threads = threads or DEFAULT_THREADS
        bundled = load_encoder(threads=threads)
        return cls(
            encoder=bundled if encoder is None else load_encoder(encoder),
            label_encoder=bundled,
            judge=load_cross_encoder(judge, threads=threads),
            labeller=Labeller.load(aspects),
            verdict=VerdictModel.load(verdict, expected=feature_names()),
        )


def check(
    questions: Iterable[str | Question],
    company: Company | str | Path,
    *,
    models: Models | None = None,
    max_false_flags: float = MAX_FALSE_FLAGS,
    cache: bool = True,
    watch: Watch | None = None,
) -> Report:
    """Find out which questions a company's public text already answers.

    Args:
        questions: q questions; those without an id get q1, q2, ...
        company: An opened company, or a folder or file of its text.
        models: Loaded once and used again for the next company; the bundled ones if none are given.
        max_false_flags: Share of open questions, 0 to 1, that may be called published by mistake.
        cache: Whether the index and the judgements are kept for the next run.
        watch: Told how far the work has come.

    Returns:
        A report with q findings in the order of the questions.

    Raises:
        BadQuestions: There is no question, or two have the same id.
        BadCompany: Nothing in the company can be read.
        BadModel: A model is missing, damaged, or does not fit the others.
    """
    asked = numbered(questions)
    company = company if isinstance(company, Company) else Company.open(company)
    models = models or Models.load()
    index = open_index(company, models.encoder, watch=watch, cache=cache)

    texts = [question.text for question in asked]
    labels = models.labeller.label(texts, models.label_encoder)
    scores = Scores(Store.beside(company.root).folder, models.judge.hash) if cache else None
    found = search(texts, index, models.encoder, models.judge, scores=scores, watch=watch)

    probabilities = models.verdict.probability(np.array([features(one) for one in found]))
    verdicts = [models.verdict.verdict(float(one), max_false_flags) for one in probabilities]
    shown = [row for row, verdict in enumerate(verdicts) if verdict != "open"]
    evidence = dict(zip(shown, _evidence([found[row] for row in shown], models), strict=True))
    return Report(
        findings=tuple(
            Finding(asked[row], labels[row], found[row].form, verdict, float(probabilities[row]), evidence.get(row, ()))
            for row, verdict in enumerate(verdicts)
        ),
        company=company.name,
        reading=index.text.reading,
    )


def _evidence(shown: Sequence[Searched], models: Models) -> list[tuple[Evidence, ...]]:
    """Up to three quotes a question, best judged first."""
    best = [(row, passage, logit) for row, one in enumerate(shown) for passage, logit in one.best(MAX_EVIDENCE)]
    spans = quotes([(shown[row].asked, passage) for row, passage, _ in best], sentence_spans, models.judge.logits)
    found: list[list[Evidence]] = [[] for _ in shown]
    for (row, passage, logit), (start, end) in zip(best, spans, strict=True):
        page = passage.page
        found[row].append(
            Evidence(
                source=page.source,
                quote=page.text[start:end],
                start=start,
                end=end,
                probability=float(1 / (1 + np.exp(-logit))),
                url=page.url,
                title=page.title,
                heading=passage.heading or None,
                fetched_at=page.fetched_at,
            )
        )
    return [tuple(some) for some in found]
