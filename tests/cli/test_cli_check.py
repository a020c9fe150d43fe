import csv
import io
import json

import pytest
from jsonschema import Draft202012Validator

from askworthy.findings.verdict import NUMBERS
from askworthy.inference.manifest import model_folder, write_model_folder
from askworthy.reports.schema import finding_schema

LEAVE = "New parents take 16 weeks of parental leave at full pay."
ASKED = [
    "How many weeks of parental leave do new parents take?",
    "What would my first project be?",
    "What keeps you up at night?",
]
VALID = Draft202012Validator(finding_schema())


def test_the_table_shows_verdicts_and_the_sentence_that_answers(run, questions, company_folder):
    ran = run("check", questions, "--company", company_folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("3 questions for acme: 1 already answered, 0 partly, 2 open\n")
    assert f"“{LEAVE}" in ran.out
    assert "leave.md, under Leave > Parental leave" in ran.out
    assert "not read: logo.png (.png is not a kind of file that is read)" in ran.out
    assert all(question in ran.out for question in ASKED)
    assert "\x1b" not in ran.out, "there are no colours in a pipe"


def test_json_goes_whole_into_the_file(run, questions, company_folder, tmp_path):
    target = tmp_path / "report.json"
    target.write_text("old")
    before = sorted(tmp_path.iterdir())
    ran = run("check", questions, "--company", company_folder, "--format", "json", "-o", target)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    report = json.loads(target.read_text(encoding="utf-8"))
    assert [one["question"] for one in report["findings"]] == ASKED
    assert [one["verdict"] for one in report["findings"]] == ["published", "open", "open"]
    assert report["reading"]["pages"] == 2
    assert sorted(tmp_path.iterdir()) == before, "nothing is left aside"


def test_jsonl_from_standard_input_fits_the_schema_and_loads_no_torch(run, company_folder):
    listed = f'{{"question": "{ASKED[0]}", "id": "leave", "note": "ask HR"}}\n"{ASKED[1]}"\n'
    options = ("-c", company_folder, "-f", "jsonl", "--no-cache")
    ran = run("check", "-", *options, stdin=listed, python=["-X", "importtime"])
    assert ran.code == 0
    first, second = map(json.loads, ran.out.splitlines())
    VALID.validate(first)
    VALID.validate(second)
    assert (first["id"], second["id"]) == ("leave", "q2")
    assert first["extra"] == {"note": "ask HR"}
    evidence = first["evidence"][0]
    assert evidence["source"] == "leave.md"
    assert evidence["quote"].startswith(LEAVE)
    assert evidence["end"] - evidence["start"] == len(evidence["quote"])
    assert not (company_folder / ".askworthy").exists()

    # spaCy asks once whether torch is there, and is told no; so its name alone says nothing.
    imported = {line.rsplit("|", 1)[-1].strip() for line in ran.err.splitlines() if line.startswith("import time:")}
    assert "onnxruntime" in imported
    assert not [name for name in imported if name.startswith(("torch.", "sentence_transformers", "transformers"))]
    assert "sklearn" not in imported


def test_csv_keeps_ids_and_columns_and_runs_no_formula(run, company_folder, tmp_path):
    listed = tmp_path / "questions.csv"
    listed.write_text(
        f'ID;Question;Owner;Note\nleave;{ASKED[0]};me;=1+1\n;{ASKED[1]};;"two\nlines"\n', encoding="utf-8"
    )
    ran = run("check", listed, "-c", company_folder, "-f", "csv")
    assert (ran.code, ran.err) == (0, "")
    first, second = csv.DictReader(io.StringIO(ran.out))
    assert (first["id"], first["verdict"], first["source"]) == ("leave", "published", "leave.md")
    assert first["quote"].startswith(LEAVE)
    assert (first["Owner"], first["Note"]) == ("me", "'=1+1")
    assert (second["id"], second["verdict"], second["quote"]) == ("q2", "open", "")
    assert (second["Owner"], second["Note"]) == ("", "two\nlines")


def test_markdown_is_written_before_a_published_question_makes_it_fail(run, questions, company_folder):
    ran = run("check", questions, "-c", company_folder, "-f", "markdown", "--fail-on", "published")
    assert (ran.code, ran.err) == (1, "")
    assert f"  > {LEAVE}" in ran.out
    assert f"- **{ASKED[1]}** (" in ran.out


def test_open_questions_do_not_make_it_fail(run, company_folder):
    ran = run("check", "-", "-c", company_folder, "--fail-on", "published", stdin="\n".join(ASKED[1:]))
    assert (ran.code, ran.err) == (0, "")


def test_a_verdict_model_for_another_encoder_is_used_with_a_warning(call, questions, company_folder, tmp_path):
    row = json.loads((model_folder("verdict") / NUMBERS).read_bytes()) | {"encoder_hash": "another"}
    write_model_folder(tmp_path / "verdict", {NUMBERS: json.dumps(row).encode()}, {})
    ran = call("check", questions, "-c", company_folder, "--verdict", tmp_path / "verdict")
    assert (ran.code, ran.err.count("\n")) == (0, 1)
    assert ran.err.startswith("askworthy: warning: the probabilities were calibrated with another encoder")


@pytest.mark.parametrize("option", ["--format", "--fail-on", "--max-false-flags", "--threads"])
def test_a_value_that_is_no_choice_is_a_usage_error(call, questions, company_folder, option):
    ran = call("check", questions, "-c", company_folder, option, "-7")
    assert (ran.code, ran.out) == (2, "")
    assert option in ran.err
