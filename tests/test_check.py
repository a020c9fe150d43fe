import sys
import warnings

import pytest

from askworthy import Company, Question, check
from askworthy.check import Models
from askworthy.errors import BadModel, BadOption, BadQuestions


@pytest.fixture(scope="module")
def models():
    return Models.load(threads=1)


def test_an_answered_question_is_told_from_one_that_is_not(models, company_folder):
    report = check(
        ["How many weeks of parental leave do new parents get?", "Which planet is your favourite?"],
        company_folder,
        models=models,
    )
    answered, open_ = report.findings
    assert answered.probability > open_.probability
    assert open_.verdict == "open"
    assert open_.evidence, "the nearest miss is there for programs"
    assert open_.proof == ()
    assert "16 weeks" in answered.evidence[0].quote
    assert [finding.question.id for finding in report.findings] == ["q1", "q2"]


def test_every_quote_stands_in_its_page_where_it_says(models, company_folder):
    company = Company.open(company_folder)
    pages = {page.source: page for page in company.text().pages}
    report = check(["How many days of holiday?", "How long is parental leave, and is it paid?"], company, models=models)
    quoted = [evidence for finding in report.findings for evidence in finding.evidence]
    assert quoted
    for evidence in quoted:
        assert pages[evidence.source].text[evidence.start : evidence.end] == evidence.quote


def test_ids_and_other_columns_come_back(models, company_folder):
    asked = [Question("How long is leave?", id="a7", extra={"note": "x"}), Question("Who leads the team?")]
    report = check(asked, company_folder, models=models)
    assert [finding.question.id for finding in report.findings] == ["a7", "q2"]
    assert report.to_dict()["findings"][0]["extra"] == {"note": "x"}


def test_the_result_does_not_depend_on_the_cache_or_on_the_company_of_others(models, company_folder):
    asked = ["How long is parental leave?", "How many engineers are in a team?", "Is there a gym?"]
    together = check(asked, company_folder, models=models)
    cached = check(asked, company_folder, models=models)
    alone = check(asked[:1], company_folder, models=models, cache=False)
    assert together == cached
    assert alone.findings[0].probability == pytest.approx(together.findings[0].probability, abs=1e-5)


def test_a_strict_share_of_false_flags_publishes_nothing_it_cannot_promise(models, company_folder):
    with pytest.warns(UserWarning, match="nothing is called published; the lowest is 0.01"):
        report = check(["How long is parental leave?"], company_folder, models=models, max_false_flags=0.0)
    assert report.findings[0].verdict != "published"


@pytest.mark.parametrize("share", [-0.1, 1.5, float("nan")])
def test_a_share_that_is_none_is_refused(models, company_folder, share):
    with pytest.raises(BadOption, match="between 0 and 1"):
        check(["How long is parental leave?"], company_folder, models=models, max_false_flags=share)


def test_no_question_is_an_error(models, company_folder):
    with pytest.raises(BadQuestions):
        check([], company_folder, models=models)


def test_a_judge_needs_a_verdict_model_of_its_own(monkeypatch, judge):
    monkeypatch.setattr(sys.modules["askworthy.check"], "load_cross_encoder", lambda name, **_: judge)
    with pytest.raises(BadModel, match="train verdict --judge"):
        Models.load(judge="some/judge")


def test_another_encoder_is_taken_with_a_warning(monkeypatch, encoder, company_folder):
    from askworthy.inference.encoder import load_encoder

    bundled = load_encoder()
    monkeypatch.setattr(
        sys.modules["askworthy.check"], "load_encoder", lambda name=None, **_: encoder if name else bundled
    )
    with pytest.warns(UserWarning, match="another encoder"):
        models = Models.load(encoder="some/encoder")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert check(["How long is leave?"], company_folder, models=models).findings
