"""Shared by the tests of the command line: the command in a process of its own, and in this one, which is faster."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import askworthy
from askworthy.cli import main

ENV = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE")}
ENV |= {"PYTHONPATH": str(Path(askworthy.__file__).parents[1]), "PYTHONUTF8": "1"}


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def run():
    """Run `python -m askworthy` as people do, with the bundled models."""

    def run(*args, stdin="", python=(), env=None):
        done = subprocess.run(
            [sys.executable, *python, "-m", "askworthy", *map(str, args)],
            input=stdin.encode(), env=ENV | (env or {}), capture_output=True, timeout=120,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    return run


@pytest.fixture
def call(monkeypatch, capsys):
    """Run the command in this process."""

    def call(*args, stdin=b""):
        monkeypatch.setattr("sys.argv", ["askworthy", *map(str, args)])
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin))
        with pytest.raises(SystemExit) as ended:
            main()
        return Ran(ended.value.code or 0, *capsys.readouterr())

    return call


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "questions.md"
    path.write_text(
        "# Benefits\n\n- How many weeks of parental leave do new parents take?\n\n"
        "# Work\n\n1. What would my first project be?\n2. What keeps you up at night?\n",
        encoding="utf-8",
    )
    return path
