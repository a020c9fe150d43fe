"""A stored judge in; the sentence-transformers CrossEncoder with the same weights out.

python -m askworthy.training.restore models/answerability FOLDER
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from askworthy.errors import BadModel
from askworthy.inference.manifest import read_manifest
from askworthy.training.judging import open_judge
from askworthy.training.upstream import upstream_folder

PREFIX = "network."  # of the names that the export kept
_FUSED = re.compile(r"Attention_(\d+)_qkv_(weight|bias)")
_UNNAMED = re.compile(r"onnx::MatMul_(\d+)")
# The export numbers a layer's three unnamed matrices in the order in which they are multiplied.
_MATRICES = ("attention.output.dense", "intermediate.dense", "output.dense")


def restore(folder: Path) -> Any:
    """Put the weights of a stored judge into a CrossEncoder, to train it on or to use it with torch.

    Raises:
        BadModel: The folder holds no judge that `train answerability` wrote.
    """
    import torch

    read_manifest(folder)
    model = open_judge(str(upstream_folder()))
    try:
        weights = {name: torch.tensor(values) for name, values in stored_weights(folder / "model.onnx").items()}
        missing = model.model.load_state_dict(weights, strict=False).missing_keys
    except Exception as error:  # of files that are no model, the ONNX library raises what its parser raises
        raise BadModel(f"{folder} holds no judge of this project ({error}); name one that was trained here") from error
    if missing := [name for name in missing if "position_ids" not in name]:
        raise BadModel(f"{folder} lacks {missing[0]}; name a judge that was trained here")
    model.model.eval()
    return model


def stored_weights(path: Path) -> dict[str, Any]:
    """All tensors as fp32, under the names that transformers gives them."""
    import numpy as np
    import onnx
    from onnx import numpy_helper

    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(str(path)).graph.initializer}
    plain: dict[str, Any] = {name: values for name, values in stored.items() if not name.endswith((".int8", ".scale"))}
    for name, values in stored.items():
        if name.endswith(".int8"):
            whole = name.removesuffix(".int8")
            plain[whole] = values.astype(np.float32) * stored[f"{whole}.scale"]
    unnamed = sorted((name for name in plain if _UNNAMED.fullmatch(name)), key=lambda name: int(name.split("_")[-1]))
    found = {}
    for name, values in plain.items():
        if name.startswith(PREFIX):
            # The pooler is multiplied from the right as well, but keeps its name and its shape.
            found[name.removeprefix(PREFIX)] = values
        elif fused := _FUSED.fullmatch(name):
            for part, own in zip(("query", "key", "value"), np.split(values, 3, axis=-1), strict=True):
                found[f"bert.encoder.layer.{fused[1]}.attention.self.{part}.{fused[2]}"] = own.T
        elif name in unnamed:
            layer, place = divmod(unnamed.index(name), len(_MATRICES))
            found[f"bert.encoder.layer.{layer}.{_MATRICES[place]}.weight"] = values.T
    return {name: np.ascontiguousarray(values) for name, values in found.items()}


if __name__ == "__main__":
    restore(Path(sys.argv[1])).save_pretrained(sys.argv[2])
