"""Questions and a company in; a report of what is already public out. Start reading here."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from askworthy.aspects.labeller import Labeller
from askworthy.company.company import Company
from askworthy.company.sentences import sentence_spans
from askworthy.company.store import Store
from askworthy.errors import BadModel, BadOption
from askworthy.evidence.index import Index, Watch, open_index
from askworthy.evidence.judge import Scores
from askworthy.evidence.quote import quotes, shared_words
from askworthy.evidence.search import Searched, search
from askworthy.findings.duplicates import alike_questions
from askworthy.findings.follow_ups import add_follow_ups
from askworthy.findings.suggestion import Suggestion, suggest
from askworthy.findings.verdict import NEVER, VerdictModel, Weighed
from askworthy.inference.cross_encoder import CrossEncoder, load_cross_encoder
from askworthy.inference.encoder import Encoder, RememberingEncoder, load_encoder, load_question_encoder
from askworthy.inference.onnx import DEFAULT_THREADS
from askworthy.inference.pair_reader import PairReader
from askworthy.questions.numbering import numbered
from askworthy.records import Evidence, Finding, Question, Report, Verdict

MAX_EVIDENCE = 3
MAX_FALSE_FLAGS = 0.05


@dataclass(frozen=True)
class Models:
    """Everything that is loaded once and used for every company."""

    encoder: Encoder
    bundled_encoder: Encoder  # whatever the company is searched with
    question_encoder: Encoder  # the labeller's own
    pair_reader: PairReader  # tells which questions ask the same
    judge: CrossEncoder | None
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

        The bundled judge is loaded where no other is named and the verdict model was fitted with one.

        Raises:
            BadModel: One is missing or damaged, or the verdict model was fitted with another judge.
        """
        threads = threads or DEFAULT_THREADS
        bundled, verdicts = load_encoder(threads=threads), VerdictModel.load(verdict)
        judged = judge is not None or verdicts.judge_hash is not None
        models = cls(
            encoder=bundled if encoder is None else load_encoder(encoder),
            bundled_encoder=bundled,
            question_encoder=load_question_encoder(threads=threads),
            pair_reader=PairReader(threads=threads),
            judge=load_cross_encoder(judge, threads=threads) if judged else None,
            labeller=Labeller.load(aspects),
            verdict=verdicts,
        )
        fitted, found = models.verdict.judge_hash, models.judge.hash if models.judge else None
        if fitted != found:
            raise BadModel(
                f"the verdict model was fitted with judge {fitted or 'none'}, this is {found or 'none'}; "
                f"fit one with `askworthy train verdict --judge` and name it with --verdict"
            )
        if models.verdict.encoder_hash != models.encoder.hash:
            warnings.warn(
                "the probabilities were calibrated with another encoder and are rough; "
                "fit a verdict model with `askworthy train verdict --encoder` and name it with --verdict",
                stacklevel=2,
            )
            # What is usually answered was learned from that encoder's vectors, which say nothing of this one's.
            models = replace(models, verdict=replace(verdicts, usual=None))
        return models


def check(
    questions: Iterable[str | Question],
    company: Company | str | Path,
    *,
    models: Models | None = None,
    max_false_flags: float = MAX_FALSE_FLAGS,
    cache: bool = True,
    follow_ups: bool = False,
    watch: Watch | None = None,
) -> Report:
    """Find out which questions a company's public text already answers.

    Args:
        questions: The candidate's q questions; those without an id get q1, q2, ...
        company: An opened company, or a folder or file of its text.
        models: Loaded once and used again for the next company; the bundled ones if none are given.
        max_false_flags: Share of open questions that may be called published by mistake, on average over companies.
            The bundled cut-offs are for 0.01, 0.02, 0.03, 0.05, 0.1 and 0.2; between two, the stricter one counts.
        cache: Whether the index and the judgements are kept for the next run.
        follow_ups: Whether published and partly findings get questions that dig deeper; each is checked as well,
            which takes about as long again as the questions did.
        watch: Told how far the work has come.

    Returns:
        A report with q findings in the order of the questions.

    Raises:
        BadQuestions: There is no question, one is empty, or two have the same id.
        BadCompany: Nothing in the company can be read.
        BadModel: A model is missing, damaged, or does not fit the others.
        BadOption: `max_false_flags` is not between 0 and 1.

    Warns:
        UserWarning: No cut-off was measured for a share as low as `max_false_flags`, so that nothing is published.
    """
    asked = numbered(questions)
    company = company if isinstance(company, Company) else Company.open(company)
    models = models or Models.load()
    _check_share(max_false_flags, models.verdict)
    index = open_index(company, models.encoder, watch=watch, cache=cache)
    # Before the judge is loaded: memory has its highest point once, not twice.
    alike = alike_questions([one.text for one in asked], models.question_encoder, models.pair_reader)

    scores = _kept_scores(company, models) if cache else None
    encoder = RememberingEncoder(models.encoder)  # a question is searched and compared by the same vector
    findings = find(asked, index, models, encoder=encoder, max_false_flags=max_false_flags, scores=scores, watch=watch)
    if follow_ups:
        checker = _verdicts_of(index, models, encoder, max_false_flags, scores)
        findings = add_follow_ups(findings, checker, encoder, models.pair_reader)
    return Report(tuple(findings), company.name, index.text.reading, same=alike.same, close=alike.close)


def _check_share(max_false_flags: float, verdict: VerdictModel) -> None:
    if not 0 <= max_false_flags <= 1:
        raise BadOption(f"the share of false flags is {max_false_flags:g}; name one between 0 and 1, as 0.05")
    if verdict.cut_off(max_false_flags) == NEVER:
        least = min(map(float, verdict.published_at), default=None)
        warnings.warn(
            f"no cut-off was measured for a share of false flags of {max_false_flags:g}, so that nothing is called "
            f"published; the lowest is {'none' if least is None else f'{least:g}'}",
            stacklevel=3,
        )


def find(
    asked: Sequence[Question],
    index: Index,
    models: Models,
    *,
    encoder: Encoder | None = None,
    max_false_flags: float = MAX_FALSE_FLAGS,
    scores: Scores | None = None,
    watch: Watch | None = None,
) -> list[Finding]:
    """Decide q questions on an index that is already open: q findings, in their order.

    `encoder` is the models' own, where the caller keeps one that remembers texts.
    """
    texts = [question.text for question in asked]
    encoder = encoder or RememberingEncoder(models.encoder)
    labels = models.labeller.label(texts, models.question_encoder)
    found = search(texts, index, encoder, models.judge, scores=scores, watch=watch)
    weighed = [models.verdict.weigh(one, max_false_flags) for one in found]
    evidence = _evidence(found, weighed)
    return [
        Finding(question, label, searched.form, one.verdict, one.probability, some)
        for question, label, searched, one, some in zip(asked, labels, found, weighed, evidence, strict=True)
    ]


def suggestions_for(
    report: Report,
    company: Company,
    models: Models,
    *,
    max_false_flags: float = MAX_FALSE_FLAGS,
    cache: bool = True,
) -> list[Suggestion]:
    """Suggest questions of the bank for topics without one, only those that the company's text leaves open."""
    index = open_index(company, models.encoder, cache=cache)
    scores = _kept_scores(company, models) if cache else None
    encoder = RememberingEncoder(models.encoder)
    own = [finding.question.text for finding in report.findings]

    def repeats(new: Sequence[str]) -> list[bool]:
        alike = alike_questions([*own, *new], models.question_encoder, models.pair_reader, known=len(own))
        again = {b for _, b in (*alike.same, *alike.close)}
        return [len(own) + place in again for place in range(len(new))]

    return suggest(report, _verdicts_of(index, models, encoder, max_false_flags, scores), repeats)


def _kept_scores(company: Company, models: Models) -> Scores | None:
    return Scores(Store.beside(company.root).folder, models.judge.hash) if models.judge else None


def _verdicts_of(
    index: Index, models: Models, encoder: Encoder, max_false_flags: float, scores: Scores | None
) -> Callable[[Sequence[str]], list[Verdict]]:
    """The checker, for questions that the tool makes itself."""

    def verdicts(new: Sequence[str]) -> list[Verdict]:
        found = search(new, index, encoder, models.judge, scores=scores)
        return [models.verdict.weigh(one, max_false_flags).verdict for one in found]

    return verdicts


def _likeliest(weighed: Weighed) -> NDArray[np.intp]:
    return np.argsort(-weighed.passages, kind="stable")[:MAX_EVIDENCE]


def _evidence(found: Sequence[Searched], weighed: Sequence[Weighed]) -> list[tuple[Evidence, ...]]:
    """Up to three quotes for each question, likeliest answer first; an open one's are the nearest misses."""
    chosen = [(row, int(p)) for row, one in enumerate(weighed) for p in _likeliest(one)]
    asked = [(found[row].asked, found[row].candidates[p].passage) for row, p in chosen]
    spans = quotes(asked, sentence_spans, shared_words)
    shown: list[list[Evidence]] = [[] for _ in found]
    for (row, p), (_, passage), (start, end) in zip(chosen, asked, spans, strict=True):
        page = passage.page
        shown[row].append(
            Evidence(
                source=page.source,
                quote=page.text[start:end],
                start=start,
                end=end,
                probability=float(weighed[row].passages[p]),
                url=page.url,
                title=page.title,
                heading=passage.heading or None,
                fetched_at=page.fetched_at,
            )
        )
    return [tuple(some) for some in shown]
