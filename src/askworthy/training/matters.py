"""The matters of `findings/matters.json` in; their typical questions' vectors, which every run would wait for, out.

usage: python -m askworthy.training.matters    after a change of the matters or of the encoder
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from askworthy.files import atomic_file
from askworthy.findings import matters
from askworthy.inference.encoder import Encoder, load_encoder


def write_vectors(encoder: Encoder, target: Path) -> None:
    """Write them for one encoder.

    Raises:
        BadOutput: The file cannot be written.
    """
    asked = matters.typical_questions()
    vectors = np.round(encoder.encode(asked) * matters.STEP).astype(np.int8)
    with atomic_file(target) as file:
        np.savez_compressed(file, vectors=vectors, made_from=matters.made_from(asked, encoder))


if __name__ == "__main__":
    write_vectors(load_encoder(), Path(matters.__file__).with_name(matters.VECTORS))
