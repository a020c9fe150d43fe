import csv
import io
import json


def test_labels_come_as_a_table_with_nothing_heavy_loaded(run, questions):
    ran = run("aspects", questions, python=["-X", "importtime"])
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()][:2] == ["organisation", "role"]
    assert "How many weeks of parental leave do new parents take?\n" in ran.out
    imported = {line.rsplit("|", 1)[-1].strip() for line in ran.err.splitlines() if line.startswith("import time:")}
    assert "onnxruntime" in imported
    assert not imported & {"torch", "spacy", "sklearn", "sentence_transformers", "transformers"}


def test_jsonl_from_standard_input(run):
    ran = run("aspects", "-", "-f", "jsonl", stdin="How often does the team meet?\n")
    row = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert (row["id"], row["aspect"], row["topic"]) == ("q1", "team", "process")
    assert set(row) == {"id", "question", "aspect", "aspect_probability", "topic", "topic_probability", "unsure"}


def test_csv_in_a_file_keeps_ids_and_columns(run, tmp_path):
    (tmp_path / "in.csv").write_text("id,question,note\na7,What is the notice period?,=1\n", encoding="utf-8")
    ran = run("aspects", tmp_path / "in.csv", "-f", "csv", "-o", tmp_path / "out.csv")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    [row] = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8")))
    assert (row["id"], row["note"]) == ("a7", "'=1")
