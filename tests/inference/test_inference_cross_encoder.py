import numpy as np
import pytest

from askworthy.company import Company
from askworthy.errors import BadModel
from askworthy.evidence.index import open_index
from askworthy.evidence.judge import Scores
from askworthy.evidence.search import search
from askworthy.inference.cross_encoder import load_cross_encoder

torch = pytest.importorskip("torch")

ASKED = ["How many weeks of parental leave?", "Who has five engineers?"]
PAIRS = [("how many weeks", "new parents take 16 weeks"), ("who", "a designer"), ("", ""), ("team 🙂", "team " * 3000)]


def made(folder, *, figures=1, seed=0):
    """Write a tiny cross-encoder with random weights."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    words = "[PAD] [UNK] [CLS] [SEP] [MASK] how many weeks of parental leave new parents take 16 who has five engineers"
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(words.split()), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64, num_labels=figures, initializer_range=0.5,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab={word: n for n, word in enumerate(words.split())}).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def name(tmp_path_factory):
    return made(tmp_path_factory.mktemp("judge"))


def test_each_pair_has_a_logit_and_not_a_probability(name):
    model, done = load_cross_encoder(name), []
    logits = model.logits(PAIRS, progress=done.append)
    assert logits.shape == (4,)
    assert logits.dtype == np.float32
    assert np.isfinite(logits).all()
    assert done == [4]
    from sentence_transformers import CrossEncoder

    probabilities = CrossEncoder(name).predict(PAIRS, activation_fn=torch.nn.Sigmoid(), show_progress_bar=False)
    np.testing.assert_allclose(1 / (1 + np.exp(-logits)), probabilities, atol=1e-5)


def test_a_pair_alone_has_the_logit_it_has_among_others(name):
    model = load_cross_encoder(name)
    together = model.logits(PAIRS)
    alone = [float(model.logits([pair])[0]) for pair in PAIRS]
    np.testing.assert_allclose(alone, together, atol=1e-5)
    assert np.array_equal(model.logits(PAIRS), together)


def test_no_pairs_have_no_logits(name):
    assert load_cross_encoder(name).logits([]).shape == (0,)


def test_a_judge_is_named_by_its_weights(name, tmp_path):
    assert load_cross_encoder(made(tmp_path / "same")).hash == load_cross_encoder(name).hash
    assert load_cross_encoder(made(tmp_path / "other", seed=1)).hash != load_cross_encoder(name).hash


def test_search_judges_with_it_and_keeps_the_judgements(name, company_folder, encoder, tmp_path):
    model = load_cross_encoder(name)
    index = open_index(Company.open(company_folder), encoder)
    found = search(ASKED, index, encoder, model, scores=Scores(tmp_path, model.hash))
    for question, one in zip(ASKED, found, strict=True):
        pairs = [(question, candidate.passage.with_heading) for candidate in one.candidates]
        judged = np.isfinite(one.logits)
        assert judged.any()
        np.testing.assert_allclose(one.logits[judged], model.logits(pairs)[judged], atol=1e-5)

    class Refusing:
        hash = model.hash

        def logits(self, pairs, *, progress=None):
            raise AssertionError("judged again what was kept")

    again = search(ASKED, index, encoder, Refusing(), scores=Scores(tmp_path, model.hash))
    assert all(np.array_equal(one.logits, other.logits) for one, other in zip(found, again, strict=True))


def test_a_model_with_several_figures_a_pair_is_refused(tmp_path):
    judge = load_cross_encoder(made(tmp_path / "three", figures=3))
    with pytest.raises(BadModel, match="gives 3 figures a pair, expected 1"):
        judge.logits(PAIRS)


@pytest.mark.parametrize("kind", ["missing", "file", "empty folder", "broken folder", "weights cut short"])
def test_a_name_that_is_no_judge_is_one_clear_error(tmp_path, kind):
    path = tmp_path / "judge"
    if kind == "file":
        path.write_text("x")
    elif kind == "weights cut short":
        made(path)
        (path / "model.safetensors").write_bytes((path / "model.safetensors").read_bytes()[:200])
    elif kind != "missing":
        path.mkdir()
    if kind == "broken folder":
        (path / "config.json").write_text("{")
    for use in (lambda judge: judge.hash, lambda judge: judge.logits(PAIRS)):
        with pytest.raises(BadModel, match="name a CrossEncoder model") as caught:
            use(load_cross_encoder(str(path)))
        assert "\n" not in str(caught.value)
        assert str(path) in str(caught.value)


def test_a_judge_stored_as_onnx_gives_the_logits_of_its_weights(name, tmp_path):
    from pathlib import Path

    from transformers import AutoModelForSequenceClassification

    from askworthy.training.export import export_onnx

    network = AutoModelForSequenceClassification.from_pretrained(name, attn_implementation="eager").eval()
    facts = {"kind": "answerability", "max_length": 64}
    export_onnx(network, Path(name) / "tokenizer.json", tmp_path / "judge", facts, output="logits")
    stored, pairs = load_cross_encoder(str(tmp_path / "judge")), PAIRS[:3]
    np.testing.assert_allclose(stored.logits(pairs), load_cross_encoder(name).logits(pairs), atol=1e-3)
    np.testing.assert_allclose(stored.logits(pairs[:1]), stored.logits(pairs)[:1], atol=1e-4)
    assert stored.hash != load_cross_encoder(name).hash
