import hashlib
import os
from pathlib import Path

import pytest

from askworthy.company import Company, files
from askworthy.company.extract import READERS, RECORD_SUFFIXES
from askworthy.company.files import SUFFIXES, list_files
from askworthy.errors import BadCompany


def reasons(skipped):
    return {one.source: one.reason for one in skipped}


def test_files_come_sorted_with_forward_slashes_and_the_hash_of_their_bytes(tmp_path):
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "b.md").write_bytes(b"two")
    (tmp_path / "a.HTML").write_bytes(b"one")
    found, skipped = list_files(tmp_path)
    assert [one.source for one in found] == ["a.HTML", "jobs/b.md"]
    assert found[0].sha256 == hashlib.sha256(b"one").hexdigest()
    assert not skipped


def test_one_file_is_listed_by_its_name(tmp_path):
    (tmp_path / "page.txt").write_text("hi")
    found, _ = list_files(tmp_path / "page.txt")
    assert [one.source for one in found] == ["page.txt"]


def test_hidden_files_and_folders_are_passed_over_in_silence(tmp_path):
    for name in (".askworthy", ".git"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text("hidden")
    (tmp_path / ".hidden.md").write_text("hidden")
    assert list_files(tmp_path) == ([], [])


def test_whatever_is_not_read_is_named_with_its_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 100)
    monkeypatch.setattr(files, "MAX_FILES", 1)
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "b.md").write_bytes(b"")
    (tmp_path / "c.md").write_bytes(b"x" * 101)
    (tmp_path / "d.md").write_bytes(b"x")
    (tmp_path / "e.md").write_bytes(b"x")
    (tmp_path / "f").write_bytes(b"x")
    found, skipped = list_files(tmp_path)
    assert [one.source for one in found] == ["d.md"]
    told = reasons(skipped)
    assert set(told) == {"a.png", "b.md", "c.md", "e.md", "f"}
    assert "empty" in told["b.md"] and "MB" in told["c.md"] and "past the first" in told["e.md"]


def test_the_list_of_questions_that_lies_beside_the_pages_is_none_of_them(tmp_path):
    (tmp_path / "lists").mkdir()
    questions = tmp_path / "lists" / "questions.txt"
    questions.write_text("How many weeks of leave are there?")
    (tmp_path / "leave.md").write_text("Leave is five weeks.")
    company = Company.open(tmp_path, without=[questions.parent / ".." / "lists" / "questions.txt", Path("-")])
    assert [one.source for one in company.files] == ["leave.md"]
    assert reasons(company.skipped) == {"lists/questions.txt": "it is the list of questions"}


def test_a_link_that_leads_to_itself_is_skipped_beside_a_list(tmp_path):
    (tmp_path / "a.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "b.md").write_text("hi")
    assert [one.source for one in list_files(tmp_path, [tmp_path / "q.txt"])[0]] == ["b.md"]


@pytest.mark.parametrize(
    ("name", "told"), [("", "an empty name"), ("www.example.com", "https://"), ("x" * 5000, "no file")]
)
def test_what_is_no_company_is_told_in_one_line(name, told):
    with pytest.raises(BadCompany, match=told):
        Company.open(name)


def test_links_that_lead_out_are_skipped_and_links_within_are_read(tmp_path):
    home, outside = tmp_path / "home", tmp_path / "outside"
    home.mkdir()
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    (home / "a.md").write_text("hi")
    (home / "b.md").symlink_to(home / "a.md")
    (home / "c.md").symlink_to(outside / "secret.md")
    (home / "d").symlink_to(outside)
    (home / "e.md").symlink_to(home / "nowhere.md")
    (home / "f").symlink_to(home)  # a circle
    found, skipped = list_files(home)
    assert [one.source for one in found] == ["a.md", "b.md"]
    assert set(reasons(skipped)) == {"c.md", "d", "e.md"}


def test_a_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    found, skipped = list_files(tmp_path)
    assert not found
    assert "not an ordinary file" in reasons(skipped)["pipe.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_skipped(tmp_path):
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "a.md").chmod(0)
    assert "cannot be read" in reasons(list_files(tmp_path)[1])["a.md"]


def test_a_name_that_is_no_text_can_still_be_printed(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("x")
    [found] = list_files(tmp_path)[0]
    assert found.source.encode("utf-8")


def test_every_listed_suffix_has_a_reader():
    assert {*READERS, *RECORD_SUFFIXES} == SUFFIXES
