import onnxruntime
import pytest

from askworthy.inference.manifest import model_folder
from askworthy.inference.onnx import CORES, OnnxModel


@pytest.mark.parametrize(("asked", "used"), [(1, 1), (100_000, CORES)])
def test_no_more_threads_than_cores_are_started(monkeypatch, asked, used):
    made = []
    monkeypatch.setattr(onnxruntime, "InferenceSession", lambda path, options, providers: made.append(options))
    _ = OnnxModel(model_folder("encoder"), threads=asked).session
    assert [one.intra_op_num_threads for one in made] == [used]
