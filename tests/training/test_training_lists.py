import json
import random

import pytest

from askworthy.errors import BadCorpus
from askworthy.training.intents import Intent, Text
from askworthy.training.lists import Example, from_intents, read_lists

INTENT = {
    "topic": "rewards",
    "questions": ["How long is the leave?", "leave?"],
    "answers": [{"heading": "Leave", "text": "It lasts 16 weeks."}],
    "partly": [{"heading": "", "text": "Mothers get 16 weeks."}],
    "near": [{"heading": "", "text": "Leave matters to us."}],
    "other_questions": ["Is the leave paid?"],
}
PAIR = {"question": "Is there a canteen?", "heading": "", "passage": "We have a canteen.", "label": "answers"}
CONTRAST = {
    "heading": "Pay",
    "passage": "Pay is on the 25th.",
    "questions": [{"question": "When is payday?", "label": "answers"}, {"question": "How much?", "label": "topic"}],
}


def written(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def read(*paths, **how):
    return read_lists(paths, random.Random(1), **how)


def test_an_intent_is_one_list_of_its_passages_and_one_of_questions_for_each_answer(tmp_path):
    own, crossed = read(written(tmp_path / "intents.jsonl", INTENT))
    wordings = ("How long is the leave?", "leave?")
    assert own == [
        Example(wordings, Text("Leave", "It lasts 16 weeks."), 1.0),
        Example(wordings, Text("", "Mothers get 16 weeks."), 0.5),
        Example(wordings, Text("", "Leave matters to us."), 0.0),
    ]
    assert [(one.questions, one.target) for one in crossed] == [(wordings, 1.0), (("Is the leave paid?",), 0.0)]


def test_pairs_of_one_question_are_a_list(tmp_path):
    miss = PAIR | {"passage": "The canteen is closed to guests.", "label": "topic"}
    (found,) = read(written(tmp_path / "pairs.jsonl", PAIR, miss))
    assert [(one.text.text, one.target) for one in found] == [
        ("We have a canteen.", 1.0),
        ("The canteen is closed to guests.", 0.0),
    ]


def test_the_questions_of_one_passage_are_a_list_unless_lists_are_wanted_by_question(tmp_path):
    path = written(tmp_path / "contrasts.jsonl", CONTRAST)
    (found,) = read(path)
    assert [(one.questions, one.target) for one in found] == [(("When is payday?",), 1.0), (("How much?",), 0.0)]
    assert read(path, by_question=True) == [[one] for one in found]


@pytest.mark.parametrize("broken", [{"questions": []}, {"near": [{"text": "no heading"}]}, {"answers": 3}])
def test_a_broken_intent_is_named_with_its_line(tmp_path, broken):
    with pytest.raises(BadCorpus, match="line 2"):
        read(written(tmp_path / "intents.jsonl", INTENT, INTENT | broken))


@pytest.mark.parametrize("broken", [{"passage": None, "questions": 3}, {"questions": [{"question": "no label"}]}])
def test_a_broken_contrast_is_named_with_its_line(tmp_path, broken):
    with pytest.raises(BadCorpus, match="line 2"):
        read(written(tmp_path / "contrasts.jsonl", CONTRAST, CONTRAST | broken))


def test_an_answer_does_not_answer_another_intent_but_that_is_less_sure():
    leave = Intent(("How long?",), (Text("", "16 weeks."),), (), (), (), "rewards")
    pay = Intent(("How much?",), (Text("", "40,000 euros."),), (), (), (), "rewards")
    own, crossed, *_ = from_intents([leave, pay], random.Random(1))
    assert own[-1] == Example(("How long?",), Text("", "40,000 euros."), 0.0, 0.7)
    assert crossed[-1] == Example(("How much?",), Text("", "16 weeks."), 0.0, 0.7)
