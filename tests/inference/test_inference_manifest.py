import json

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
