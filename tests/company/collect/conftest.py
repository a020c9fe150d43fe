"""Shared by the tests of collecting: a server, and a collection with nothing to wait for."""

from __future__ import annotations

import json
import re

import pytest
from server import Server, resolve, settings

from askworthy.company.collect import collect


@pytest.fixture
def server():
    server = Server()
    yield server
    server.close()


@pytest.fixture
def run(server, tmp_path):
    """Collect from the server into tmp_path/acme."""

    def run(path="/", *, host="acme.test", folder="acme", refresh=False, resolve=resolve, watch=None, **changes):
        return collect(
            server.url(path, host), tmp_path / folder, settings=settings(server, **changes),
            refresh=refresh, resolve=resolve, watch=watch,
        )  # fmt: skip

    return run


@pytest.fixture
def outcomes(tmp_path):
    """What collect.json says of each path."""

    def outcomes(folder="acme"):
        found = json.loads((tmp_path / folder / "collect.json").read_bytes())
        return {
            re.sub(r"^http://acme\.test:\d+", "", one["url"]): (one["outcome"], one["reason"]) for one in found["urls"]
        }

    return outcomes


@pytest.fixture
def records(tmp_path):
    """The records of pages.jsonl, by path."""

    def records(folder="acme"):
        lines = (tmp_path / folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()
        found = [json.loads(line) for line in lines]
        return {re.sub(r"^http://acme\.test:\d+", "", one["url"]): one for one in found}

    return records
