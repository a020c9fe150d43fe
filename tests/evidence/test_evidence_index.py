import multiprocessing
import os
import signal
import time

import numpy as np
import pytest

from askworthy.company import Company
from askworthy.evidence.index import open_index


def generations(folder):
    return [path for path in (folder / ".askworthy").iterdir() if path.is_dir()]


def test_a_second_run_encodes_nothing_and_finds_the_same(company_folder, encoder):
    first = open_index(Company.open(company_folder), encoder)
    before = encoder.encoded
    second = open_index(Company.open(company_folder), encoder)
    assert encoder.encoded == before
    assert second.encoded == 0 < first.encoded
    assert np.array_equal(first.vectors, second.vectors)
    assert [one.with_heading for one in first.text.passages] == [one.with_heading for one in second.text.passages]
    assert first.text.reading == second.text.reading


def test_a_changed_page_alone_is_encoded_again(company_folder, encoder):
    open_index(Company.open(company_folder), encoder)
    (company_folder / "teams.md").write_text("# Teams\n\nEach team has seven engineers.\n", encoding="utf-8")
    again = open_index(Company.open(company_folder), encoder)
    assert again.encoded == 1
    assert any("seven" in passage.text for passage in again.text.passages)
    assert not any("five" in passage.text for passage in again.text.passages)


def test_another_encoder_has_an_index_of_its_own(company_folder, encoder):
    first = open_index(Company.open(company_folder), encoder)
    encoder.hash = "other"
    assert open_index(Company.open(company_folder), encoder).encoded == first.encoded


def test_what_was_skipped_is_still_named_from_the_cache(company_folder, encoder):
    for _ in range(2):
        index = open_index(Company.open(company_folder), encoder)
        assert [skip.source for skip in index.text.reading.skipped] == ["logo.png"]


@pytest.mark.parametrize("name", ["facts.json", "text.jsonl", "vectors.npy"])
@pytest.mark.parametrize("damage", [b"", b"{", b"\x93NUMPY\x01\x00 nonsense"])
def test_a_damaged_generation_is_built_again(company_folder, encoder, name, damage):
    good = open_index(Company.open(company_folder), encoder)
    [generation] = generations(company_folder)
    (generation / name).write_bytes(damage)
    again = open_index(Company.open(company_folder), encoder)
    assert np.array_equal(np.asarray(good.vectors), np.asarray(again.vectors))
    # and it is mended on disk, not only in memory
    before = encoder.encoded
    open_index(Company.open(company_folder), encoder)
    assert encoder.encoded == before


def test_without_a_cache_nothing_is_written(company_folder, encoder):
    open_index(Company.open(company_folder), encoder, cache=False)
    assert not (company_folder / ".askworthy").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights bind only ordinary users")
def test_a_read_only_company_is_cached_elsewhere(company_folder, encoder, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    company_folder.chmod(0o555)
    try:
        open_index(Company.open(company_folder), encoder)
        assert open_index(Company.open(company_folder), encoder).encoded == 0
        assert (tmp_path / "cache").exists()
    finally:
        company_folder.chmod(0o755)


class SlowEncoder:
    """Encodes slowly enough to be killed at it."""

    hash = "hashing"

    def encode(self, texts, *, progress=None):
        time.sleep(0.05)
        return np.full((len(texts), 4), 0.5, dtype=np.float32)


def _build(folder):
    open_index(Company.open(folder), SlowEncoder())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.1])
def test_a_killed_run_leaves_the_old_index_or_none(company_folder, after):
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_build, args=(company_folder,))
    process.start()
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    index = open_index(Company.open(company_folder), SlowEncoder())
    assert len(index.vectors) == len(index.text.passages) > 0


def test_two_runs_at_once_do_not_corrupt_it(company_folder):
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_build, args=(company_folder,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert open_index(Company.open(company_folder), SlowEncoder()).encoded == 0
