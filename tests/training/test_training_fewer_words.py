import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from askworthy.inference.manifest import model_folder
from askworthy.training import fewer_words as module
from askworthy.training.fewer_words import fewer_words

WHOLE = (model_folder("encoder") / "tokenizer.json").read_text(encoding="utf-8")
READ = "How are apprentices supervised in the pathology laboratory?"


def opened(text):
    tokenizer = Tokenizer.from_str(text)
    tokenizer.no_padding()
    return tokenizer


@pytest.fixture
def smaller(monkeypatch):
    monkeypatch.setattr(module, "COMMON", 3_000)
    text, rows = fewer_words(WHOLE, [READ])
    return opened(text), rows


def test_what_it_will_read_is_read_as_before(smaller):
    tokenizer, rows = smaller
    before, after = opened(WHOLE).encode(READ, "the"), tokenizer.encode(READ, "the")
    assert after.tokens == before.tokens
    assert [rows[one] for one in after.ids] == before.ids


def test_what_is_not_kept_is_spelled(smaller):
    tokenizer, rows = smaller
    assert len(rows) < 4_000
    whole, spelled = opened(WHOLE).encode("zinc"), tokenizer.encode("zinc")
    assert len(spelled.ids) > len(whole.ids)
    assert "".join(one.removeprefix("##") for one in spelled.tokens[1:-1]) == "zinc"


def test_other_scripts_have_a_token_for_what_is_unknown(smaller):
    assert smaller[0].encode("\u4f60").tokens[1:-1] == ["[UNK]"]


def test_the_bundled_reader_of_pairs_knows_the_words_of_our_questions():
    tokenizer = Tokenizer.from_file(str(model_folder("duplicates") / "tokenizer.json"))
    bank = Path(__file__).parents[2] / "corpus" / "bank" / "bank.jsonl"
    texts = [json.loads(line)["question"] for line in bank.read_text(encoding="utf-8").splitlines()]
    whole = opened(WHOLE)
    assert all(tokenizer.encode(one).tokens[1:-1] == whole.encode(one).tokens[1:-1] for one in texts)
