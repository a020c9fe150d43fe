import numpy as np

from askworthy.evidence.cues import LOWEST_LOGIT, judgements


def test_a_candidate_that_was_not_judged_counts_as_the_least_likely_one_that_was():
    found = judgements(np.array([2.0, -1.5, -np.inf], dtype=np.float32))
    assert found.tolist() == [2.0, -1.5, -1.5]


def test_where_nothing_was_judged_all_count_as_unlikely():
    assert judgements(np.array([-np.inf, -np.inf], dtype=np.float32)).tolist() == [LOWEST_LOGIT, LOWEST_LOGIT]
