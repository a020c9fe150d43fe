import os

import pytest

from askworthy.errors import BadOutput
from askworthy.files import atomic_file


def test_a_whole_file_appears_at_the_end(tmp_path):
    with atomic_file(tmp_path / "out") as out:
        out.write(b"abc")
        assert not (tmp_path / "out").exists()
    assert (tmp_path / "out").read_bytes() == b"abc"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "out").write_bytes(b"old")
    with pytest.raises(RuntimeError), atomic_file(tmp_path / "out") as out:
        out.write(b"half")
        raise RuntimeError
    assert (tmp_path / "out").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_missing_folder_is_one_clear_error(tmp_path):
    with pytest.raises(BadOutput, match="no such file or directory; name a file"), atomic_file(tmp_path / "no" / "out"):
        pass


def test_the_file_gets_the_usual_rights(tmp_path):
    mask = os.umask(0o022)
    try:
        with atomic_file(tmp_path / "out"):
            pass
    finally:
        os.umask(mask)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o644


def test_a_private_file_stays_private(tmp_path):
    (tmp_path / "out").touch(0o600)
    with atomic_file(tmp_path / "out") as out:
        out.write(b"abc")
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["a" * 255, "é" * 127])
def test_a_name_may_be_as_long_as_the_system_lets_it_be(tmp_path, name):
    with atomic_file(tmp_path / name) as out:
        out.write(b"abc")
    assert (tmp_path / name).read_bytes() == b"abc"
