import json

import numpy as np
import pytest

from askworthy.company import Company
from askworthy.errors import BadModel
from askworthy.evidence.cues import JUDGE_CUES, RETRIEVAL_CUES, cues
from askworthy.evidence.index import open_index
from askworthy.evidence.search import search
from askworthy.findings.features import RETRIEVAL_FEATURES, features
from askworthy.findings.logistic import Logistic, sigmoid
from askworthy.findings.usual import NUMBERS as USUAL
from askworthy.findings.usual import Usual
from askworthy.findings.verdict import NEVER, NUMBERS, VerdictModel
from askworthy.inference.manifest import write_model_folder


def logistic(names, **weights):
    return Logistic(tuple(names), np.zeros(len(names)), np.array([weights.get(name, 0.0) for name in names]), 0.0)


def model(**changes):
    facts = {
        "passage": logistic(RETRIEVAL_CUES, coverage=8.0),
        "question": logistic(RETRIEVAL_FEATURES, best_passage=1.0),
        "usual": None,
        "published_at": {"0.010": 0.99, "0.050": 0.9, "0.200": 0.6},
        "partly_at": 0.3,
        "encoder_hash": "hashing",
        "judge_hash": None,
    }
    return VerdictModel(**(facts | changes))


@pytest.fixture
def searched(company_folder, encoder):
    index = open_index(Company.open(company_folder), encoder)
    return search(["How long is parental leave?", "Is there a canteen?"], index, encoder)


def test_more_cover_is_a_higher_probability(searched):
    leave, canteen = (model().weigh(one, 0.05) for one in searched)
    assert leave.probability > canteen.probability
    assert "16 weeks" in searched[0].candidates[int(leave.passages.argmax())].passage.text


def test_a_stricter_share_never_publishes_more():
    cut_offs = [model().cut_off(share) for share in (0.0, 0.01, 0.03, 0.05, 0.2, 1.0)]
    assert cut_offs == [NEVER, 0.99, 0.99, 0.9, 0.6, 0.6]


def test_the_cut_offs_make_three_verdicts(searched):
    verdicts = []
    for bias in (-30.0, 0.0, 30.0):
        question = Logistic(
            RETRIEVAL_FEATURES, np.zeros(len(RETRIEVAL_FEATURES)), np.zeros(len(RETRIEVAL_FEATURES)), bias
        )
        verdicts.append(model(question=question).weigh(searched[0], 0.05).verdict)
    assert verdicts == ["open", "partly", "published"]


def test_a_saved_model_decides_the_same(searched, tmp_path):
    write_model_folder(tmp_path / "verdict", {NUMBERS: model().to_json()}, {})
    loaded = VerdictModel.load(tmp_path / "verdict")
    assert loaded.weigh(searched[0], 0.05).probability == model().weigh(searched[0], 0.05).probability
    assert loaded.hash == model().hash


@pytest.mark.parametrize(
    "content", [b"{}", b"[]", b"3", b"{", b'{"passage": {"names": ["a"], "mean": [], "weight": []}}']
)
def test_a_damaged_model_is_refused(tmp_path, content):
    write_model_folder(tmp_path / "verdict", {NUMBERS: content}, {})
    with pytest.raises(BadModel, match="no verdict model"):
        VerdictModel.load(tmp_path / "verdict")


def test_what_is_usually_answered_counts_and_is_kept(searched, tmp_path):
    usual = Usual.fit(np.array([one.vector for one in searched]), np.array([[1.0] * 3, [-1.0] * 3]), 2.0, [0.1] * 3)
    question = logistic(RETRIEVAL_FEATURES, usually_answered=3.0)
    knowing = model(usual=usual, question=question)
    write_model_folder(tmp_path / "verdict", {NUMBERS: knowing.to_json(), USUAL: usual.to_bytes()}, {})
    loaded = VerdictModel.load(tmp_path / "verdict")
    leave, canteen = (loaded.weigh(one, 0.05).probability for one in searched)
    assert leave > 0.8 > 0.2 > canteen
    assert loaded.hash == knowing.hash != model(question=question).hash


def test_damaged_figures_of_what_is_usual_are_refused(tmp_path):
    write_model_folder(tmp_path / "verdict", {NUMBERS: model().to_json(), USUAL: b"PK"}, {})
    with pytest.raises(BadModel, match="make it with train verdict"):
        VerdictModel.load(tmp_path / "verdict")


def test_a_model_of_other_figures_is_refused(tmp_path):
    row = json.loads(model().to_json())
    row["question"]["names"][0] = "something_else"
    write_model_folder(tmp_path / "verdict", {NUMBERS: json.dumps(row).encode()}, {})
    with pytest.raises(BadModel, match="other figures"):
        VerdictModel.load(tmp_path / "verdict")


def test_the_figures_are_as_many_as_their_names(searched, encoder, judge, company_folder):
    assert cues(searched[0]).shape == (len(searched[0].candidates), len(RETRIEVAL_CUES))
    assert features(searched[0], np.zeros(len(searched[0].candidates))).shape == (len(RETRIEVAL_FEATURES),)
    index = open_index(Company.open(company_folder), encoder)
    [judged] = search(["How long is parental leave?"], index, encoder, judge)
    assert cues(judged).shape[1] == len(RETRIEVAL_CUES + JUDGE_CUES)
    assert np.isfinite(cues(judged)).all()


def test_a_fit_finds_the_figure_that_matters():
    random = np.random.default_rng(0)
    figures = random.normal(size=(400, 2))
    fitted = Logistic.fit(("matters", "noise"), figures, (figures[:, 0] > 0).astype(float), strength=1.0)
    assert fitted.weight[0] > 5 * abs(fitted.weight[1])
    assert ((sigmoid(fitted.logits(figures)) > 0.5) == (figures[:, 0] > 0)).mean() > 0.95
