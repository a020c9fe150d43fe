import numpy as np
import pytest

from askworthy.training import contrast
from askworthy.training.batches import Tokens
from askworthy.training.contrast import Topics, max_sim, tune
from askworthy.training.intents import Intent, Text
from askworthy.training.lists import Example

torch = pytest.importorskip("torch")


def tiny():
    """A network of one small layer and a tokenizer that knows a few words."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "leave", "pay", "weeks", "euros", "how", "much", "long"]
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=3, num_attention_heads=2, intermediate_size=32,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, attn_implementation="eager",
    )  # fmt: skip
    return BertModel(config), PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]")


def margin(network, tokenizer):
    """How much nearer a question is to its answer than to the other's."""

    def vector(text):
        ids = torch.tensor([tokenizer(text)["input_ids"]])
        with torch.no_grad():
            mean = network(input_ids=ids).last_hidden_state.mean(1)
        return torch.nn.functional.normalize(mean, dim=-1)[0]

    return float(vector("how long leave") @ (vector("weeks") - vector("euros")))


def test_a_question_moves_towards_its_answer(monkeypatch):
    monkeypatch.setattr(contrast, "RATE", 5e-3)  # a network that knows nothing has far to go
    monkeypatch.setattr(contrast, "SAME", 1)
    network, tokenizer = tiny()

    def asked(question, answer, miss):
        return [Example((question,), Text("", answer), 1.0), Example((question,), Text("", miss), 0.0)]

    lists = [asked("how long leave", "weeks", "euros"), asked("how much pay", "euros", "weeks")]
    intents = [Intent(("how long leave", "leave long"), (), (), (), ("how much pay",), "rewards")]
    before, told = margin(network, tokenizer), []
    steps = tune(
        network, Tokens(tokenizer), lists, intents, Topics(["leave", "pay"], [0, 1], 2), steps=60, watch=told.append
    )
    assert margin(network, tokenizer) > before + 0.1
    assert (steps, told[0]) == (60, 0.0)


def test_late_interaction_is_the_products_own():
    from askworthy.evidence.late import TokenTable
    from askworthy.evidence.late import max_sim as of_the_product

    source = np.random.default_rng(1)
    asked, told = source.normal(size=(1, 5, 8)), source.normal(size=(2, 7, 8))
    asked, told = (one / np.linalg.norm(one, axis=-1, keepdims=True) for one in (asked, told))
    lengths = torch.tensor([[1] * 7, [1] * 4 + [0] * 3])
    trained = max_sim((torch.tensor(asked), torch.ones((1, 5), dtype=torch.int64)), (torch.tensor(told), lengths))
    table = TokenTable.of(
        [np.round(127 * row[: int(n.sum())]).astype(np.int8) for row, n in zip(told, lengths, strict=True)]
    )
    product = of_the_product(np.round(127 * asked[0]).astype(np.int8), table, np.array([0, 1]))
    assert np.allclose(trained[0].numpy(), product, atol=0.01)
