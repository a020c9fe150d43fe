import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

from askworthy.company import Company
from askworthy.errors import BadModel
from askworthy.evidence.index import open_index
from askworthy.evidence.retrieve import retrieve
from askworthy.inference.encoder import (
    TOKEN_SCALE,
    OnnxEncoder,
    RememberingEncoder,
    SentenceTransformerEncoder,
    encode_tokens,
    load_encoder,
)
from askworthy.inference.manifest import write_model_folder

LONGER = "How do the ünter teams plan 🙂 their weeks, and who decides what comes first when two plans collide?"
WORDS = LONGER.split()
MIXED = ["", "?", "teams plan " * 60, *(" ".join(WORDS[: 1 + n * n % len(WORDS)]) + "!" * (n % 3) for n in range(37))]


@pytest.fixture(scope="module")
def bundled():
    return load_encoder(threads=1)


def test_rows_are_unit_vectors(bundled):
    rows = bundled.encode(MIXED)
    assert rows.shape == (40, 384)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_a_text_alone_has_the_vector_it_has_among_others(bundled):
    together = bundled.encode(MIXED)
    for n, text in enumerate(MIXED):
        np.testing.assert_allclose(bundled.encode([text])[0], together[n], atol=1e-5)


def test_rows_come_in_the_order_of_the_texts(bundled):
    np.testing.assert_allclose(bundled.encode(MIXED[::-1]), bundled.encode(MIXED)[::-1], atol=1e-5)


def test_twice_is_the_same_to_the_bit(bundled):
    assert np.array_equal(bundled.encode(MIXED), bundled.encode(MIXED))
    assert np.array_equal(load_encoder(threads=1).encode(MIXED), bundled.encode(MIXED))


def test_no_texts_have_no_rows(bundled):
    assert bundled.encode([]).shape == (0, 384)


def test_a_very_long_text_is_read_as_far_as_the_model_goes(bundled):
    long, longer = bundled.encode(["team plans " * 20_000, "team plans " * 20_000 + "and then salaries"])
    assert np.array_equal(long, longer)
    assert np.isfinite(bundled.encode(["x" * 200_000])).all()


@pytest.mark.parametrize("text", ["🙂", "👩‍👩‍👧‍👦🏳️‍🌈", "\u200b", "\x00", "\ufffd", "你好", "مرحبا", " \n\t "])
def test_odd_characters_have_a_vector(bundled, text):
    assert np.linalg.norm(bundled.encode([text])[0]) == pytest.approx(1, abs=1e-5)


def test_tokens_are_unit_rows_whatever_the_batch_and_come_with_the_texts_vector(bundled):
    texts = ["How long is parental leave?", "Remote?", "We plan in two-week steps and look back after each of them."]
    vectors, tokens = bundled.encode_tokens(texts)
    assert np.allclose(vectors, bundled.encode(texts), atol=1e-5)
    assert [one.shape[1] for one in tokens] == [vectors.shape[1]] * 3
    assert len(tokens[1]) < len(tokens[0]) < len(tokens[2])
    for text, among_others in zip(texts, tokens, strict=True):
        [alone] = bundled.encode_tokens([text])[1]
        assert np.abs(alone.astype(int) - among_others.astype(int)).max() <= 1
        assert np.allclose(np.linalg.norm(alone.astype(float) / TOKEN_SCALE, axis=1), 1, atol=0.02)


def test_an_encoder_without_tokens_gives_each_text_as_its_only_one(encoder):
    vectors, tokens = encode_tokens(encoder, ["leave", "pay and leave"])
    assert [one.shape for one in tokens] == [(1, vectors.shape[1])] * 2


def test_what_is_remembered_is_the_same_and_encoded_once(encoder):
    remembering = RememberingEncoder(encoder)
    first, _ = remembering.encode_tokens(["leave", "pay"])
    before = encoder.encoded
    again, tokens = remembering.encode_tokens(["pay", "leave", "pay"])
    assert encoder.encoded == before
    assert again.tolist() == first[[1, 0, 1]].tolist()
    assert len(tokens) == 3


def test_more_texts_than_are_remembered_are_all_encoded(encoder, monkeypatch):
    monkeypatch.setattr(RememberingEncoder, "LIMIT", 2)
    remembering = RememberingEncoder(encoder)
    texts = ["leave", "pay", "teams", "hours"]
    for _ in range(2):
        vectors, tokens = remembering.encode_tokens(texts)
        assert vectors.tolist() == encoder.encode(texts).tolist()
        assert len(tokens) == 4


def test_what_means_the_same_lies_nearer(bundled):
    asked, same, other = bundled.encode(
        ["How long is parental leave?", "New parents get 16 weeks off.", "The canteen serves soup on Monday."]
    )
    assert asked @ same > asked @ other + 0.2


def test_progress_adds_up_to_the_texts(bundled):
    done = []
    bundled.encode(MIXED, progress=done.append)
    assert sum(done) == len(MIXED)


def test_its_hash_is_that_of_its_weights(bundled):
    assert bundled.hash == load_encoder(threads=2).hash
    assert len(bundled.hash) == 16


def test_the_bundled_encoder_needs_neither_torch_nor_sentence_transformers():
    code = (
        "import sys; from askworthy.inference.encoder import load_encoder; load_encoder(threads=1).encode(['Who?']); "
        "print([name for name in ('torch', 'transformers', 'sentence_transformers', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=os.environ)
    assert done.stdout.strip() == "[]", done.stderr


def test_nothing_is_told_to_the_makers_of_what_runs_the_models(tmp_path):
    program = "from askworthy.inference.encoder import load_encoder; load_encoder().encode(['Who decides?'])"
    # CI and the like would silence onnxruntime by themselves.
    kept = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    subprocess.run([sys.executable, "-c", program], check=True, env=kept)
    assert not list(tmp_path.rglob("*")), "onnxruntime keeps there what it is about to report, and who reports it"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_weights_that_are_nonsense_are_one_clear_error(tmp_path, name):
    contents = {"model.onnx": b"nonsense", "tokenizer.json": b"nonsense"}
    if name == "model.onnx":
        contents["tokenizer.json"] = (load_encoder().model.folder / "tokenizer.json").read_bytes()
    write_model_folder(tmp_path / "model", contents, {"dimensions": 8, "max_length": 16})
    with pytest.raises(BadModel, match=name) as caught:
        OnnxEncoder(tmp_path / "model").encode(["Who?"])
    assert "\n" not in str(caught.value)


# Any sentence-transformers model: a tiny one with random weights, made here.


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """The folder of a sentence-transformers model with 16 dimensions."""
    torch = pytest.importorskip("torch")
    from sentence_transformers import SentenceTransformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    words = "[PAD] [UNK] [CLS] [SEP] [MASK] how many weeks of parental leave new parents take 16 at full pay each team"
    words = dict.fromkeys(f"{words} has five engineers and one designer teams meet on monday for planning".split())
    tokenizer = BertTokenizerFast(vocab={word: n for n, word in enumerate(words)}, model_max_length=64)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    # A bare transformer is read as one whose token vectors are averaged.
    SentenceTransformer(str(folder / "bert"), device="cpu").save(str(folder / "model"))
    return folder / "model"


def test_any_sentence_transformers_model_gives_unit_rows(tiny):
    encoder = load_encoder(str(tiny))
    assert isinstance(encoder, SentenceTransformerEncoder)
    done = []
    rows = encoder.encode(["how many weeks", "", "team " * 5000, "🙂"], progress=done.append)
    assert rows.shape == (4, 16)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert done == [4]
    assert encoder.encode([]).shape == (0, 16)


def test_any_sentence_transformers_model_gives_its_tokens(tiny):
    vectors, tokens = load_encoder(str(tiny)).encode_tokens(["how many weeks", "team"])
    assert np.allclose(vectors, load_encoder(str(tiny)).encode(["how many weeks", "team"]), atol=1e-5)
    assert [one.shape for one in tokens] == [(5, 16), (3, 16)]


def test_a_model_is_named_by_its_weights_and_not_by_its_place(tiny, tmp_path):
    copy = shutil.copytree(tiny, tmp_path / "copy")
    assert load_encoder(str(copy)).hash == load_encoder(str(tiny)).hash
    from safetensors.numpy import load_file, save_file

    weights = load_file(copy / "model.safetensors")
    name = next(iter(weights))
    save_file(weights | {name: weights[name] + np.float32(0.5)}, copy / "model.safetensors", {"format": "pt"})
    assert load_encoder(str(copy)).hash != load_encoder(str(tiny)).hash


def test_any_sentence_transformers_model_indexes_and_retrieves(tiny, company_folder):
    encoder = load_encoder(str(tiny))
    company = Company.open(company_folder)
    index = open_index(company, encoder)
    assert index.vectors.shape == (len(index.text.passages), 16)
    [found, more] = retrieve(["how many weeks of parental leave", "who has five engineers"], index, encoder, top_k=2)
    assert len(found) == len(more) == 2
    assert "16 weeks" in found[0].passage.text
    assert "five engineers" in more[0].passage.text
    assert all(-1.0001 <= one.cosine <= 1.0001 for one in found)
    assert open_index(company, load_encoder(str(tiny))).encoded == 0, "the index is found again by the weights' hash"


@pytest.mark.parametrize("kind", ["missing", "file", "empty folder", "broken folder", "weights cut short"])
def test_a_name_that_is_no_model_is_one_clear_error(tiny, tmp_path, kind):
    path = tmp_path / "model"
    if kind == "file":
        path.write_text("x")
    elif kind != "missing":
        path.mkdir()
    if kind == "broken folder":
        (path / "config.json").write_text("{")
    if kind == "weights cut short":
        shutil.copytree(tiny, path, dirs_exist_ok=True)
        (path / "model.safetensors").write_bytes((tiny / "model.safetensors").read_bytes()[:200])
    for use in (lambda encoder: encoder.hash, lambda encoder: encoder.encode(["Who?"])):
        with pytest.raises(BadModel, match="name a sentence-transformers model") as caught:
            use(load_encoder(str(path)))
        assert "\n" not in str(caught.value)
        assert str(path) in str(caught.value)
