import re
from dataclasses import replace

import numpy as np
import pytest

from askworthy.errors import BadCorpus
from askworthy.evaluation.compare import compare
from askworthy.evaluation.report import as_html
from askworthy.evaluation.rows import Row
from askworthy.evaluation.run import make_run
from askworthy.evaluation.summary import as_text
from askworthy.evaluation.threshold import Point, find_threshold

ROWS = [Row(str(n), "", f"q{n}?", "ab"[n % 2], "ab"[n % 2], 0.9) for n in range(100)]


def test_a_run_beside_itself_differs_in_nothing():
    same = compare("aspects", ROWS, ROWS, name="itself", count=200)
    assert not same.changed
    assert all((one.difference, one.p_value) == (0, 1) for one in same.differences if one.difference is not None)


def test_a_run_that_is_clearly_worse_is_told_apart_with_its_questions():
    worse = [replace(row, said="b") if n < 60 else row for n, row in enumerate(ROWS)]
    found = compare("aspects", ROWS, worse, name="worse", count=500)
    [accuracy] = [one for one in found.differences if one.name == "accuracy"]
    assert accuracy.difference == pytest.approx(0.3)
    assert accuracy.low > 0.15 and accuracy.p_value < 0.01
    assert len(found.changed) == found.to_dict()["won"] == 30


def test_a_figure_that_one_run_lacks_says_why_there_is_no_difference():
    never = [replace(row, said="a") for row in ROWS]
    found = compare("aspects", ROWS, never, name="never", count=100)
    [one] = [one for one in found.differences if one.name == "precision of b"]
    assert one.difference is None and one.why


def test_runs_over_other_questions_are_refused():
    with pytest.raises(BadCorpus, match="same corpus"):
        compare("aspects", ROWS, ROWS[1:], name="x")


def judged(opens):
    rows = [Row(f"o{n}", "", "q?", "open", "open", n / opens) for n in range(opens)]
    return rows + [Row(f"p{n}", "", "q?", "published", "open", 0.97) for n in range(10)]


def test_the_cut_off_keeps_the_wanted_share_of_open_questions():
    chosen = find_threshold(judged(100), 0.05)
    assert 0 < chosen.point.false_flags <= 0.05
    assert chosen.point.recall == 1


@pytest.mark.parametrize(
    ("threshold", "printed"),
    [(0.7287, "0.7287"), (0.72871, "0.7288"), (np.nextafter(0.7287, 2), "0.7288"), (0, "0.0000")],
)
def test_a_cut_off_is_printed_in_four_digits_and_never_lower(threshold, printed):
    assert Point(threshold, None, None, None).printed == printed


@pytest.mark.parametrize("opens", [37, 100, 213])
def test_the_cut_off_that_is_printed_keeps_what_it_promises(opens):
    rows = [replace(row, probability=round(row.probability, 4)) for row in judged(opens)]
    chosen = find_threshold(rows, 0.05)
    run = make_run("published", rows, model="m", corpus="c", facts={}, count=100)
    terminal = re.search(r"false flags: (\S+)", as_text(run, chosen=chosen))[1]
    page = re.search(r"([\d.]+) keeps false flags", as_html(run, (), chosen, ()))[1]
    for printed in (terminal, page):
        flagged = [row.probability >= float(printed) for row in rows if row.gold == "open"]
        assert sum(flagged) / opens <= chosen.point.false_flags <= 0.05


def test_the_chosen_cut_off_stands_in_its_place_among_the_steps():
    chosen = find_threshold(judged(100), 0.05)
    cuts = [point.threshold for point in chosen.steps()]
    assert chosen.point in chosen.steps() and cuts == sorted(cuts)


def test_too_few_open_questions_promise_nothing():
    assert find_threshold(judged(5), 0.05).point is None
