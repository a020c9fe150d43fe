"""Plans fit their time, cover what they can, and are the best there are."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askworthy.aspects.taxonomy import ASPECT_OF
from askworthy.errors import BadPlan
from askworthy.findings.knapsack import REPEATED, Option, best_choice
from askworthy.findings.plan import plan
from askworthy.findings.suggestion import Suggestion
from askworthy.records import Finding, Form, Label, Question, Reading, Report

options = st.builds(Option, st.integers(1, 6), st.sampled_from([0, 1, 2, 4]), st.integers(0, 120), st.integers(0, 1))
topics = st.sampled_from([*ASPECT_OF])
kinds = st.sampled_from(["wh", "yes_no", "statement"])
verdicts = st.sampled_from(["published", "partly", "open"])


def finding(number, topic="tasks", verdict="open", kind="wh", parts=1, follow_ups=()):
    return Finding(
        Question(f"Question {number}?", id=f"q{number}"),
        Label(ASPECT_OF[topic], 0.9, topic, 0.9),
        Form(kind, ("part",) * parts, False, False),
        verdict,
        0.5,
        follow_ups=tuple(follow_ups),
    )


def report(findings, same=(), close=()):
    return Report(tuple(findings), "acme", Reading(1, 1, 1), tuple(same), tuple(close))


def value(groups, chosen, named):
    taken = [(group[at], topic) for group, at, topic in zip(groups, chosen, named, strict=True) if at is not None]
    mask = 0
    for one, _ in taken:
        mask |= one.mask
    worth = sum(one.worth for one, _ in taken)
    for topic in set(named):
        some = sum(1 for one, its in taken if its == topic and one.worth)
        worth -= sum(REPEATED[min(n, len(REPEATED) - 1)] for n in range(some))
    return mask.bit_count(), worth, sum(one.extra for one, _ in taken)


def length(groups, chosen):
    return sum(group[at].length for group, at in zip(groups, chosen, strict=True) if at is not None)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.lists(options, min_size=1, max_size=3), st.sampled_from("ab")), max_size=5),
    st.integers(1, 14),
    st.booleans(),
)
def test_no_choice_is_better_than_the_one_made(rows, room, told):
    groups, named = [group for group, _ in rows], [topic if told else str(n) for n, (_, topic) in enumerate(rows)]
    chosen = best_choice(groups, room, named if told else ())
    assert length(groups, chosen) <= room
    every = product(*([None, *range(len(group))] for group in groups))
    best = max(value(groups, one, named) for one in every if length(groups, one) <= room)
    assert value(groups, chosen, named) == best


def test_a_second_question_on_a_topic_gives_way_to_one_on_another():
    rows = [finding(1, "tasks"), finding(2, "tasks"), finding(3, "candidacy", "partly"), finding(4, "tasks")]
    assert [one.id for one in plan(report(rows), 4).agenda] == ["q1", "q3"]
    assert len(plan(report(rows), 8).agenda) == 4


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(topics, verdicts, kinds, st.integers(1, 3)), min_size=1, max_size=12), st.integers(1, 30))
def test_a_plan_fits_its_time_and_accounts_for_every_question(rows, minutes):
    made = plan(report(finding(n, *row) for n, row in enumerate(rows)), minutes)
    assert made.minutes <= minutes
    assert sorted(one.id for one in made.agenda + made.omitted) == sorted(f"q{n}" for n in range(len(rows)))
    assert all(one.reason for one in made.agenda + made.omitted)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(topics, verdicts), min_size=2, max_size=9), st.data())
def test_two_questions_that_ask_the_same_or_nearly_so_are_never_both_planned(rows, data):
    places = st.integers(0, len(rows) - 1)
    pairs = st.lists(st.tuples(places, places).filter(lambda pair: pair[0] < pair[1]), max_size=4)
    same, close = data.draw(pairs), data.draw(pairs)
    made = plan(report([finding(n, *row) for n, row in enumerate(rows)], same, close), 60)
    planned = {one.id for one in made.agenda}
    assert not any({f"q{a}", f"q{b}"} <= planned for a, b in same + close)
    assert sorted(one.id for one in made.agenda + made.omitted) == sorted(f"q{n}" for n in range(len(rows)))


def test_what_is_close_to_a_planned_question_is_left_out_and_says_so():
    made = plan(report([finding(1), finding(2), finding(3, "people")], close=[(0, 1)]), 20)
    assert [one.id for one in made.agenda] == ["q1", "q3"]
    assert [(one.id, one.reason) for one in made.omitted] == [("q2", "close to q1, which is on the agenda")]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(topics, verdicts, kinds, st.integers(1, 3)), min_size=1, max_size=9), st.integers(1, 12))
def test_no_plan_misses_an_aspect_that_the_time_could_cover(rows, minutes):
    found = report(finding(n, *row) for n, row in enumerate(rows))
    made = plan(found, minutes)
    shortest = {}
    for one in made.agenda + made.omitted:
        shortest[one.aspect] = min(one.minutes, shortest.get(one.aspect, minutes + 1))
    shortest.pop("other", None)
    coverable, left = 0, minutes
    for length in sorted(shortest.values()):
        coverable, left = coverable + (length <= left), left - length
    assert 3 - len(made.missing_aspects) == coverable


def test_every_aspect_is_covered_where_the_time_allows():
    rows = [finding(n) for n in range(9)] + [finding(10, "people", "published"), finding(11, "business", "partly")]
    assert plan(report(rows), 6).missing_aspects == ()
    assert plan(report(rows), 2).missing_aspects != ()


def test_published_questions_come_last_and_follow_ups_replace_their_question():
    rows = [finding(1, verdict="published", follow_ups=["I read that. How so?"]), finding(2, "people", "published")]
    agenda = plan(report(rows), 20).agenda
    assert [one.kind for one in agenda] == ["follow_up", "published"]


def test_who_is_in_the_room_decides_between_equals():
    rows = [finding(1, "tasks"), finding(2, "candidacy")]
    assert [one.id for one in plan(report(rows), 2, whom="manager").agenda] == ["q1"]
    assert [one.id for one in plan(report(rows), 2, whom="recruiter").agenda] == ["q2"]


@pytest.mark.parametrize("minutes", [0, -1, 241, float("nan"), float("inf")])
def test_minutes_out_of_range_are_refused(minutes):
    with pytest.raises(BadPlan, match="1 to 240"):
        plan(report([finding(1)]), minutes)


def test_a_question_longer_than_the_whole_time_is_told_so():
    made = plan(report([finding(1)]), 1)
    assert made.agenda == ()
    assert [one.reason for one in made.omitted] == ["takes 2 minutes, more than there are"]


def test_what_is_left_out_while_there_is_time_is_not_said_to_lack_it():
    gaps = [Suggestion(f"b{n}", f"Suggestion {n}?", "role", "tasks") for n in range(2)]
    made = plan(report([finding(1, verdict="published", follow_ups=["How so?"])]), 60, suggestions=gaps)
    assert [one.kind for one in made.agenda] == ["follow_up", "suggested"]
    assert made.minutes < 10
    assert [(one.id, one.reason) for one in made.omitted] == [
        ("q1", "another wording of the same matter is on the agenda"),
        ("b1", "enough on its topic is on the agenda"),
    ]


def test_follow_ups_of_what_asks_the_same_are_accounted_for():
    rows = [finding(1), finding(2, verdict="published", follow_ups=["How so?"])]
    made = plan(report(rows, same=[(0, 1)]), 20)
    assert [(one.question, one.reason) for one in made.omitted] == [
        ("Question 2?", "asks the same as q1"),
        ("How so?", "follows up what asks the same as q1"),
    ]


def test_no_question_makes_an_empty_plan():
    assert plan(report([]), 15).agenda == ()


def test_what_is_close_to_others_alone_is_not_said_to_be_close_to_what_is_planned():
    rows = [finding(1), finding(2, verdict="published"), finding(3, verdict="partly")]
    made = plan(report(rows, close=[(0, 1), (1, 2)]), 20)
    assert [one.id for one in made.agenda] == ["q1"]
    assert [one.reason for one in made.omitted] == [
        "close to q1, which is on the agenda",
        "linked by close questions to q1, which is on the agenda",
    ]


def test_other_columns_of_the_input_go_along_with_a_question_and_its_follow_ups():
    one = finding(1, verdict="published", follow_ups=["I read that. How so?"])
    noted = replace(one, question=replace(one.question, extra={"note": "mine"}))
    made = plan(report([noted]), 20)
    assert [one.extra for one in (*made.agenda, *made.omitted)] == [{"note": "mine"}] * 2
    assert made.to_dict()["agenda"][0]["extra"] == {"note": "mine"}


def own(number, aspect, verdict="open"):
    return replace(finding(number, verdict=verdict), label=Label(aspect, 0.9, aspect, 0.9))


def test_a_plan_of_a_taxonomy_of_ones_own_covers_the_aspects_that_occur():
    rows = [own(1, "travel"), own(2, "travel"), own(3, "hardware", "published"), own(4, "pay"), own(5, "other")]
    made = plan(report(rows), 6)
    assert {one.aspect for one in made.agenda} == {"travel", "hardware", "pay"}
    assert (made.aspects, made.missing_aspects) == (("travel", "hardware", "pay"), ())
    assert plan(report(rows), 2).missing_aspects == ("hardware", "pay")
    assert "the only one on the aspect pay" in next(one.reason for one in made.agenda if one.aspect == "pay")


def test_of_more_than_three_aspects_of_ones_own_a_second_question_on_one_gives_way():
    names = ["travel", "travel", "travel", "hardware", "pay", "food"]
    rows = [own(n, name, "open" if name == "travel" else "partly") for n, name in enumerate(names)]
    rows = [replace(row, label=Label(row.aspect, 0.9, f"topic {n}", 0.9)) for n, row in enumerate(rows)]
    assert [one.aspect for one in plan(report(rows), 8).agenda] == ["travel", "hardware", "pay", "food"]
