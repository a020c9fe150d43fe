import json
from pathlib import Path

import pytest

from askworthy.errors import BadModel, BadOutput
from askworthy.inference.manifest import MODELS, model_folder, read_manifest, write_model_folder


@pytest.fixture
def folder(tmp_path):
    write_model_folder(tmp_path / "model", {"weights": b"abc"}, {"kind": "test"})
    return tmp_path / "model"


def test_what_was_written_verifies(folder):
    assert read_manifest(folder)["kind"] == "test"


def test_a_truncated_file_is_refused_with_both_hashes(folder):
    (folder / "weights").write_bytes(b"ab")
    with pytest.raises(BadModel, match=r"hashes to [0-9a-f]{8}, its manifest says [0-9a-f]{8}"):
        read_manifest(folder)


def test_a_missing_file_is_refused(folder):
    (folder / "weights").unlink()
    with pytest.raises(BadModel, match="missing"):
        read_manifest(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"files": 3}', b"\xff\xfe"])
def test_a_damaged_manifest_is_refused(folder, content):
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(BadModel, match="damaged"):
        read_manifest(folder)


def test_a_folder_without_manifest_is_refused(tmp_path):
    with pytest.raises(BadModel, match="no manifest.json"):
        read_manifest(tmp_path)


def test_writing_again_replaces_the_files_and_keeps_the_card(folder):
    (folder / "CARD.md").write_text("prose")
    write_model_folder(folder, {"other": b"x"}, {})
    assert sorted(path.name for path in folder.iterdir()) == ["CARD.md", "manifest.json", "other"]
    assert [path.name for path in folder.parent.iterdir()] == ["model"], "nothing is left aside"


def test_a_target_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadOutput, match="cannot write"):
        write_model_folder(tmp_path / "file" / "model", {}, {})


def test_a_manifest_cannot_point_outside_its_folder(folder):
    (folder.parent / "secret").write_text("x")
    (folder / "manifest.json").write_text(json.dumps({"files": {"../secret": "0"}}))
    with pytest.raises(BadModel):
        read_manifest(folder)


@pytest.mark.parametrize("name", MODELS)
def test_the_bundled_models_verify_and_have_cards(name):
    folder = model_folder(name)
    read_manifest(folder)
    assert (folder / "CARD.md").read_text(encoding="utf-8").startswith("---\nname: ")


def test_an_unknown_model_is_refused():
    with pytest.raises(BadModel, match="install askworthy again"):
        model_folder("nonsense")


def test_a_folder_of_something_else_is_never_lost(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("years of work")
    (tmp_path / "file").write_text("more")
    for name, told in (("home", "no model's"), ("file", "is a file"), ("file/model", "is a file")):
        with pytest.raises(BadOutput, match=told):
            write_model_folder(tmp_path / name, {"weights": b"abc"}, {"kind": "test"})
    assert (tmp_path / "home" / "thesis.txt").read_text() == "years of work"
    assert (tmp_path / "file").read_text() == "more"
    assert len(list(tmp_path.iterdir())) == 2


def test_an_empty_folder_becomes_a_models(tmp_path):
    (tmp_path / "empty").mkdir()
    write_model_folder(tmp_path / "empty", {"weights": b"abc"}, {"kind": "test"})
    assert read_manifest(tmp_path / "empty")["kind"] == "test"


@pytest.mark.parametrize("target", [".", "..", "/"])
def test_the_folder_one_is_in_is_refused_and_nothing_left_behind(tmp_path, monkeypatch, target):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(BadOutput, match="the folder you are in, or above it"):
        write_model_folder(Path(target), {"weights": b"abc"}, {"kind": "test"})
    assert [one.name for one in tmp_path.rglob("*")] == ["here"]
