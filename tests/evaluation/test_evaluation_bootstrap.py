import numpy as np
import pytest

from askworthy.evaluation.bootstrap import measure, method, resamples
from askworthy.evaluation.figures import share


def mean(values):
    every = np.ones(len(values), dtype=bool)
    return {"mean": lambda w: share(w, values, every)}


def test_the_interval_of_a_share_is_the_textbook_one():
    values = np.arange(400) % 4 == 0
    one = measure(mean(values), [""] * 400, count=2000, seed=1)["mean"]
    assert one.value == 0.25
    assert (one.low, one.high) == pytest.approx((0.25 - 0.0424, 0.25 + 0.0424), abs=0.006)


def test_companies_are_drawn_whole_where_there_are_enough():
    groups = [name for name in "abcdef" for _ in range(10)]
    [weights] = resamples(groups, 50, 0)
    by_company = weights.reshape(50, 6, 10)
    assert (by_company == by_company[:, :, :1]).all()
    assert method(groups).startswith("companies drawn")


def test_few_companies_keep_their_sizes_in_every_draw():
    [weights] = resamples(["a"] * 30 + ["b"] * 10, 50, 0)
    assert (weights[:, :30].sum(axis=1) == 30).all()
    assert (weights[:, 30:].sum(axis=1) == 10).all()


def test_the_same_seed_gives_the_same_interval_and_another_another():
    values = np.arange(50) % 3 == 0
    runs = [measure(mean(values), [""] * 50, count=200, seed=seed)["mean"] for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_a_figure_without_rows_says_why_it_is_none():
    none = np.zeros(5, dtype=bool)
    one = measure({"x": lambda w: share(w, none, none)}, [""] * 5, count=100)["x"]
    assert one.value is None
    assert one.why
