"""Shared by the tests: small deterministic models, and a small company."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", text.lower())) - {"the", "and", "for", "how", "what", "you", "are", "does"}


class HashingEncoder:
    """Puts each word on one of 64 axes: texts that share words are near. Counts what it encodes."""

    hash = "hashing"

    def __init__(self):
        self.encoded = 0

    def encode(self, texts, *, progress=None):
        self.encoded += len(texts)
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text):
                row[sum(map(ord, word)) * 7 % 64] += 1
        rows[:, 0] += 1e-3
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class OverlapJudge:
    """Takes the share of the question's words in the passage for how well it answers. Counts what it judges."""

    hash = "overlap"

    def __init__(self):
        self.judged = 0

    def logits(self, pairs, *, progress=None):
        self.judged += len(pairs)
        return np.array([8 * len(words(q) & words(p)) / max(1, len(words(q))) - 4 for q, p in pairs], dtype=np.float32)


@pytest.fixture
def encoder():
    return HashingEncoder()


@pytest.fixture
def judge():
    return OverlapJudge()


@pytest.fixture
def company_folder(tmp_path):
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "leave.md").write_text(
        "# Leave\n\n## Parental leave\n\nNew parents take 16 weeks of parental leave at full pay. Apply in time.\n\n"
        "## Holidays\n\nEveryone has 27 days of holiday a year.\n",
        encoding="utf-8",
    )
    (folder / "teams.md").write_text(
        "# Teams\n\nEach team has five engineers and one designer. Teams meet on Monday for planning.\n",
        encoding="utf-8",
    )
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n")
    return folder


@pytest.fixture
def shared():
    """The development data, which not everybody has."""
    if not (SHARED / "dev").is_dir():
        pytest.skip("the development data is not beside this checkout")
    return SHARED
