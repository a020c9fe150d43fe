import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import askworthy
from askworthy.cli.app import app
from askworthy.inference.manifest import MODELS
from askworthy.reports.schema import finding_schema

COMMANDS = [[], *([one.callback.__name__.replace("_", "-")] for one in app.registered_commands)]
for group in app.registered_groups:
    COMMANDS += [
        [group.name],
        *([group.name, one.callback.__name__.replace("_", "-")] for one in group.typer_instance.registered_commands),
    ]

SHOW_HELP = """
import json, sys
from askworthy.cli import main
for command in json.loads(sys.argv[1]):
    sys.argv = ["askworthy", *command, "--help"]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, command
heavy = "torch spacy sklearn onnxruntime sentence_transformers transformers numpy bm25s docx pypdfium2 resiliparse"
print([name for name in heavy.split() if name in sys.modules])
"""


def test_every_command_has_help_that_loads_nothing_heavy():
    env = os.environ | {"PYTHONPATH": str(Path(askworthy.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", SHOW_HELP, json.dumps(COMMANDS)], env=env, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(COMMANDS) >= 8
    helps = done.stdout.split("Usage: ")[1:]
    assert len(helps) == len(COMMANDS)
    for text in helps:
        said = " ".join(text.partition("╭")[0].split("\n", 1)[1].split())
        assert re.fullmatch(r"[A-Z].{20,}[.?]", said), f"no sentence says what it does: {said!r}"
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_version_is_the_package_s(call):
    assert call("--version").out == f"askworthy {askworthy.__version__}\n"


def test_the_schema_command_prints_the_schema(call):
    assert json.loads(call("schema").out) == finding_schema()


def test_the_doctor_verifies_every_bundled_model(call):
    ran = call("doctor")
    assert ran.code == 0
    assert [name for name in MODELS if f"model {name}: verified" in ran.out] == list(MODELS)


def test_a_stopped_run_says_how_to_go_on(call, company_folder):
    class Stopped(io.BytesIO):
        def read(self, size=-1):
            raise KeyboardInterrupt

    ran = call("check", "-", "-c", company_folder, stdin=Stopped())
    assert (ran.code, ran.out) == (130, "")
    assert ran.err == "askworthy: stopped; what was finished is kept, run the same command to go on\n"


def test_an_error_in_a_process_of_its_own_is_one_line(run, company_folder):
    ran = run("check", "nowhere.txt", "-c", company_folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "askworthy: nowhere.txt does not exist; check the path of the question list\n"
