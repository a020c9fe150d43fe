import json
import random

import pytest

from askworthy.errors import BadCorpus
from askworthy.training.answerability import examples
from askworthy.training.groups import Group, Text, read_groups

INTENT = {
    "topic": "rewards",
    "questions": ["How long is the leave?", "leave?"],
    "answers": [{"heading": "Leave", "text": "It lasts 16 weeks."}],
    "partly": [{"heading": "", "text": "Mothers get 16 weeks."}],
    "near": [{"heading": "", "text": "Leave matters to us."}],
    "other_questions": ["Is the leave paid?"],
}
PAIR = {"question": "Is there a canteen?", "heading": "", "passage": "We have a canteen.", "label": "answers"}


def written(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_intents_and_pairs_are_told_apart_by_what_they_hold(tmp_path):
    miss = PAIR | {"passage": "The canteen is closed to guests.", "label": "topic"}
    one, two = read_groups([written(tmp_path / "intents.jsonl", INTENT), written(tmp_path / "pairs.jsonl", PAIR, miss)])
    assert one.questions == ("How long is the leave?", "leave?")
    assert one.answers == ((Text("Leave", "It lasts 16 weeks."), 1.0), (Text("", "Mothers get 16 weeks."), 0.5))
    assert one.misses == (Text("", "Leave matters to us."),)
    assert two == Group(
        ("Is there a canteen?",),
        ((Text("", "We have a canteen."), 1.0),),
        (Text("", "The canteen is closed to guests."),),
    )


@pytest.mark.parametrize("broken", [{"questions": []}, {"near": [{"text": "no heading"}]}, {"answers": 3}])
def test_a_broken_intent_is_named_with_its_line(tmp_path, broken):
    path = written(tmp_path / "intents.jsonl", INTENT, INTENT | broken)
    with pytest.raises(BadCorpus, match="line 2"):
        read_groups([path])


def test_an_answer_does_not_answer_the_question_beside_it_nor_that_of_another_intent():
    leave = Group(("How long?",), ((Text("", "16 weeks."), 1.0),), (), ("Paid?",), "rewards")
    pay = Group(("How much?",), ((Text("", "40,000 euros."), 1.0),), (), (), "rewards")
    found = {(one.questions[0], one.text.text, one.label) for one in examples([leave, pay], random.Random(1))}
    assert {("How long?", "16 weeks.", 1.0), ("Paid?", "16 weeks.", 0.0), ("How much?", "40,000 euros.", 1.0)} <= found
    crossed = {one for one in found if one[2] == 0 and one[0] != "Paid?"}
    assert crossed <= {("How long?", "40,000 euros.", 0.0), ("How much?", "16 weeks.", 0.0)}
