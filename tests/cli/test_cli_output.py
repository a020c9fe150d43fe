import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import askworthy
from askworthy.cli.output import check_apart, check_target, put, put_lines
from askworthy.errors import BadOutput

ENV = os.environ | {"PYTHONPATH": str(Path(askworthy.__file__).parents[1])}


def test_a_reader_that_leaves_early_is_no_failure(questions, company_folder):
    started = subprocess.Popen(
        [sys.executable, "-m", "askworthy", "check", questions, "-c", company_folder],
        env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    started.stdout.close()
    assert started.stderr.read() == b""
    started.stderr.close()
    assert started.wait(60) == 0, "1 would say that a question is published"


def test_a_terminal_of_another_encoding_shows_what_it_can(run, questions, company_folder):
    ran = run("check", questions, "-c", company_folder, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert (ran.code, ran.err) == (0, "")
    assert "?New parents take 16 weeks of parental leave at full pay." in ran.out


def test_text_is_written_as_utf8_and_without_half_characters(tmp_path):
    put("é\ud800", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == "é?".encode()


def test_a_stream_that_fails_leaves_no_file(tmp_path):
    def lines():
        yield "one\n"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        put_lines(lines(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_written_and_not_replaced(tmp_path):
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    put("text", pipe)
    reader.join(10)
    assert read == ["text"]
    assert pipe.is_fifo()


def test_a_link_stays_and_its_file_is_written(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "file")
    put("text", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "text"


@pytest.mark.parametrize("target", ["", "no/out", "file/out", "x" * 300, "round"])
def test_a_target_that_cannot_be_written_is_one_clear_error(tmp_path, target):
    (tmp_path / "file").write_text("")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    with pytest.raises(BadOutput, match=r"^cannot write .*; \w"):
        check_target(tmp_path / target)
        put("text", tmp_path / target)


@pytest.mark.parametrize(
    ("redirected", "says"),
    [
        ("- <&-", "standard input is closed"),
        ("questions.md >&-", "cannot write standard output: it is closed"),
        ("questions.md >/dev/full", "cannot write standard output: no space left on device"),
    ],
)
def test_a_standard_stream_that_is_closed_or_full_is_one_clear_error(questions, redirected, says):
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m askworthy aspects {redirected}', sys.executable],
        cwd=questions.parent, env=ENV, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith(f"askworthy: {says}")


@pytest.mark.parametrize("name", ["report.html", "deep/report.md"])
def test_a_report_among_the_companys_pages_is_refused(run, questions, company_folder, name):
    (Path(company_folder) / "deep").mkdir(exist_ok=True)
    for command in ("check", "plan"):
        ran = run(command, questions, "-c", company_folder, "-o", Path(company_folder) / name)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert "read as the company's own text; name a file elsewhere" in ran.err
    assert not (Path(company_folder) / name).exists()


@pytest.mark.parametrize("name", ["report.csv", ".kept/report.html", "../report.html"])
def test_a_report_that_is_not_read_may_lie_beside_the_pages(company_folder, name):
    check_apart(Path(company_folder) / name, str(company_folder))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("command", [["schema"], ["doctor"], ["--help"], ["--version"], ["check", "--help"]])
def test_standard_output_that_is_full_is_one_line(command):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "askworthy", *command], env=ENV, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "no space left on device" in done.stderr


def test_standard_error_that_is_closed_is_no_failure(questions, company_folder):
    shell = f"exec {sys.executable} -m askworthy check {questions} -c {company_folder} -f csv 2>&-"
    done = subprocess.run(["sh", "-c", shell], env=ENV, stdout=subprocess.PIPE, text=True)
    assert (done.returncode, done.stdout[:12]) == (0, "id,question,")


def test_a_folder_without_leave_to_write_is_refused_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(BadOutput, match="permission denied; name a file"):
        check_target(tmp_path / "out")


def test_a_stream_that_is_told_to_end_leaves_no_file(tmp_path):
    started = subprocess.Popen(
        [sys.executable, "-m", "askworthy", "aspects", "-", "-o", tmp_path / "out"], env=ENV, stdin=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not any(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert any(tmp_path.iterdir())
    started.terminate()
    assert started.wait(60) == 143
    started.stdin.close()
    assert list(tmp_path.iterdir()) == []
