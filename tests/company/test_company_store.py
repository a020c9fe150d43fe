import os

import pytest

from askworthy.company.store import FOLDER, GENERATIONS_KEPT, Store

KEYS = [f"{number:032x}" for number in range(GENERATIONS_KEPT + 2)]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def fill(folder):
    (folder / "facts.json").write_text("{}")


def test_the_newest_generations_are_kept(tmp_path):
    store = Store.beside(tmp_path)
    for age, key in enumerate(reversed(KEYS)):
        store.write(key, fill)
        os.utime(store.folder / key, (1e9 - age, 1e9 - age))
    store.write(KEYS[0], fill)
    assert store.folder == tmp_path / FOLDER
    assert len(list(store.others())) == GENERATIONS_KEPT
    assert store.find(KEYS[0]) and (store.folder / ".gitignore").read_text() == "*\n"


def test_nothing_is_thrown_away_that_is_not_ours(tmp_path):
    store = Store.beside(tmp_path)
    for number in range(GENERATIONS_KEPT + 2):
        (store.folder / f"project{number}").mkdir(parents=True)
    for key in KEYS:
        store.write(key, fill)
    assert len(list(store.folder.glob("project*"))) == GENERATIONS_KEPT + 2


@pytest.mark.parametrize("name", ["company", "company/page.md"])
def test_a_company_cannot_say_by_a_link_where_the_index_is_kept(tmp_path, name):
    projects, company = tmp_path / "projects", tmp_path / "company"
    projects.mkdir()
    company.mkdir()
    (company / "page.md").write_text("hi")
    (company / FOLDER).symlink_to(projects)
    store = Store.beside(tmp_path / name)
    store.write(KEYS[0], fill)
    assert list(projects.iterdir()) == []
    assert store.folder.is_relative_to(tmp_path / "cache")


def test_no_link_inside_is_followed(tmp_path):
    theirs, company = tmp_path / "theirs", tmp_path / "company"
    theirs.mkdir()
    (theirs / "rc").write_text("mine")
    (company / FOLDER).mkdir(parents=True)
    (company / FOLDER / ".gitignore").symlink_to(theirs / "rc")
    (company / FOLDER / KEYS[0]).symlink_to(theirs)
    store = Store.beside(company)
    store.write(KEYS[1], fill)
    assert (theirs / "rc").read_text() == "mine"
    assert store.find(KEYS[0]) is None and store.find(KEYS[1])
