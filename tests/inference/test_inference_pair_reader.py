import numpy as np
import pytest

from askworthy.inference.pair_reader import PairReader

PAIRS = [
    ("What would I earn?", "What does the job pay?"),
    ("What would I earn?", "Who would be my manager?"),
    ("Why?", "How do leaders, who are said to be many, give feedback to all of their employees in a normal year?"),
]


@pytest.fixture(scope="module")
def reader():
    return PairReader(threads=1)


def test_it_has_two_log_odds_for_each_pair_and_none_for_none(reader):
    assert reader.log_odds(PAIRS).shape == (3, 2)
    assert reader.log_odds([]).shape == (0, 2)


def test_what_is_the_same_is_likelier_close_as_well(reader):
    same, apart, _ = reader.log_odds(PAIRS)
    assert (same > apart).all()


def test_which_question_comes_first_makes_no_difference(reader):
    assert np.array_equal(reader.log_odds(PAIRS), reader.log_odds([(b, a) for a, b in PAIRS]))


def test_a_pair_does_not_depend_on_its_batch(reader):
    alone = np.vstack([reader.log_odds([pair]) for pair in PAIRS])
    assert reader.log_odds(PAIRS) == pytest.approx(alone, abs=1e-4)


def test_long_questions_are_cut_and_not_refused(reader):
    assert np.isfinite(reader.log_odds([("a " * 9_000, "!" * 9_000)])).all()
