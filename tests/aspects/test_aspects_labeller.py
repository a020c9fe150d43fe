import json
import zipfile
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest

from askworthy.aspects.labeller import FACTS, NUMBERS, Labeller
from askworthy.aspects.taxonomy import TOPICS
from askworthy.aspects.words import WordWeights
from askworthy.errors import BadModel
from askworthy.inference.encoder import load_question_encoder
from askworthy.inference.manifest import write_model_folder

CLASSES = ("role/tasks", "team/people", "team/process")


@pytest.fixture
def labeller(encoder):
    """Knows three words, one a class, and looks at nothing else."""
    words = WordWeights(("plan", "tasks", "who"), np.ones(3, dtype=np.float32))
    weight = np.zeros((64 + 3, 3), dtype=np.float32)
    weight[64:] = [[0, 0, 4], [4, 0, 0], [0, 4, 0]]
    return Labeller(CLASSES, words, 1.0, weight, np.zeros(3, dtype=np.float32), 1.0, 0.9, encoder.hash)


def test_the_topic_belongs_to_the_likeliest_aspect(labeller, encoder):
    # One topic of `role` is likelier than either of `team`, whose two together are likelier still.
    bias = np.log(np.array([0.4, 0.35, 0.25], dtype=np.float32))
    [label] = replace(labeller, bias=bias).label(["nothing known"], encoder)
    assert (label.aspect, label.topic) == ("team", "people")
    assert label.aspect_probability == pytest.approx(0.6, abs=1e-6)
    assert label.topic_probability == pytest.approx(0.35, abs=1e-6)


def test_labels_come_in_the_order_of_the_texts(labeller, encoder):
    labels = labeller.label(["who", "tasks", "plan"], encoder)
    assert [label.topic for label in labels] == ["people", "tasks", "process"]
    assert labeller.label([], encoder) == []


def test_a_class_without_topic_is_its_own_topic(labeller, encoder):
    [label] = replace(labeller, classes=("a", "b", "c")).label(["tasks"], encoder)
    assert (label.aspect, label.topic) == ("a", "a")
    assert label.aspect_probability == label.topic_probability


def test_below_its_limit_a_label_is_unsure(labeller, encoder):
    sure, unsure = labeller.label(["who", "tasks who"], encoder)
    assert sure.aspect_probability > 0.9 > unsure.aspect_probability
    assert (sure.unsure, unsure.unsure) == (False, True)
    assert not replace(labeller, unsure_below=0.0).label(["tasks who"], encoder)[0].unsure


def test_a_higher_temperature_is_less_sure_of_the_same_label(labeller, encoder):
    [cold], [hot] = labeller.label(["who"], encoder), replace(labeller, temperature=3.0).label(["who"], encoder)
    assert cold.topic == hot.topic
    assert cold.topic_probability > hot.topic_probability


def test_huge_logits_stay_probabilities(labeller, encoder):
    [label] = replace(labeller, weight=labeller.weight * 1e4).label(["who"], encoder)
    assert label.aspect_probability == 1.0


def test_vectors_of_another_encoder_are_refused(labeller, encoder):
    encoder.hash = "another"
    with pytest.raises(BadModel, match="learned on encoder hashing, this is another"):
        labeller.label(["who"], encoder)


def test_a_saved_labeller_says_the_same(labeller, encoder, tmp_path):
    labeller.save(tmp_path / "model", {"note": "kept"})
    loaded = Labeller.load(tmp_path / "model")
    texts = ["who", "tasks who", "plan the tasks", ""]
    vectors = encoder.encode(texts)
    np.testing.assert_allclose(loaded.probabilities(texts, vectors), labeller.probabilities(texts, vectors), atol=1e-3)
    assert (loaded.classes, loaded.unsure_below) == (labeller.classes, labeller.unsure_below)
    assert loaded.hash == labeller.hash != replace(labeller, temperature=labeller.temperature * 2).hash
    manifest = json.loads((tmp_path / "model" / "manifest.json").read_text())
    assert (manifest["kind"], manifest["note"]) == ("aspects", "kept")


@pytest.mark.parametrize("name", [FACTS, NUMBERS, "manifest.json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "changed"])
def test_a_damaged_folder_is_one_clear_error(labeller, tmp_path, name, damage):
    labeller.save(tmp_path / "model")
    file = tmp_path / "model" / name
    content = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "cut": content[: len(content) // 2], "changed": b"x" + content[1:]}[damage])
    with pytest.raises(BadModel) as caught:
        Labeller.load(tmp_path / "model")
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_not_there_is_one_clear_error(tmp_path):
    with pytest.raises(BadModel, match="none"):
        Labeller.load(tmp_path / "none")


def files(labeller, tmp_path):
    labeller.save(tmp_path / "good")
    return json.loads((tmp_path / "good" / FACTS).read_bytes()), (tmp_path / "good" / NUMBERS).read_bytes()


def arrays(**given):
    out = BytesIO()
    np.savez_compressed(out, **given)
    return out.getvalue()


def pickled():
    out = BytesIO()
    np.savez(out, weight=np.array([{}], dtype=object), bias=np.zeros(3), rarity=np.ones(3))
    return out.getvalue()


def archive(name, content):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, content)
    return out.getvalue()


ODD_FACTS = {
    "no object": b"[]",
    "null": b"null",
    "nested without end": b"[" * 100_000,
    "no classes": {"classes": []},
    "too few classes": {"classes": ["a", "b"]},
    "classes of no kind": {"classes": None},
    "too many words": {"vocabulary": ["a", "b", "c", "d"]},
    "no temperature": {"temperature": 0},
    "a temperature that is no number": {"temperature": float("nan")},
    "an endless scale": {"word_scale": float("inf")},
    "a scale of words": {"word_scale": "much"},
}
ODD_NUMBERS = {
    "nothing": b"",
    "no archive": b"\x93NUMPY\x01\x00 nonsense",
    "pickled": pickled(),
    "an archive of something else": archive("weight.npy", b"nonsense"),
    "too few rows": arrays(weight=np.zeros((3, 3)), bias=np.zeros(3), rarity=np.ones(3)),
    "too few columns": arrays(weight=np.zeros((67, 2)), bias=np.zeros(3), rarity=np.ones(3)),
    "one column": arrays(weight=np.zeros(67), bias=np.zeros(3), rarity=np.ones(3)),
    "words": arrays(weight=np.full((67, 3), "a"), bias=np.zeros(3), rarity=np.ones(3)),
    "holes": arrays(weight=np.full((67, 3), np.nan), bias=np.zeros(3), rarity=np.ones(3)),
    "no rarity": arrays(weight=np.zeros((67, 3)), bias=np.zeros(3)),
}


@pytest.mark.parametrize("odd", ODD_FACTS)
def test_facts_that_fit_their_hash_and_nothing_else_are_refused(labeller, tmp_path, odd):
    facts, numbers = files(labeller, tmp_path)
    changed = ODD_FACTS[odd]
    content = changed if isinstance(changed, bytes) else json.dumps(facts | changed).encode()
    write_model_folder(tmp_path / "odd", {FACTS: content, NUMBERS: numbers}, {})
    with pytest.raises(BadModel, match="no labeller"):
        Labeller.load(tmp_path / "odd")


@pytest.mark.parametrize("odd", ODD_NUMBERS)
def test_numbers_that_fit_their_hash_and_nothing_else_are_refused(labeller, tmp_path, odd):
    facts, _ = files(labeller, tmp_path)
    write_model_folder(tmp_path / "odd", {FACTS: json.dumps(facts).encode(), NUMBERS: ODD_NUMBERS[odd]}, {})
    with pytest.raises(BadModel, match="no labeller"):
        Labeller.load(tmp_path / "odd")


def test_a_bit_flipped_anywhere_in_the_numbers_is_noticed_or_harmless(labeller, tmp_path):
    facts, numbers = files(labeller, tmp_path)
    for place in range(0, len(numbers), max(1, len(numbers) // 40)):
        flipped = bytearray(numbers)
        flipped[place] ^= 0x10
        folder = tmp_path / str(place)
        write_model_folder(folder, {FACTS: json.dumps(facts).encode(), NUMBERS: bytes(flipped)}, {})
        try:
            Labeller.load(folder)
        except BadModel as error:
            assert "\n" not in str(error)


def test_the_bundled_one_labels_from_the_taxonomy():
    labels = Labeller.load().label(
        ["What would I do all day?", "How much is the bonus?", "Who else is on the team?", "What a lovely day!"],
        load_question_encoder(),
    )
    assert [label.aspect for label in labels[:3]] == ["role", "organisation", "team"]
    assert all(label.topic in TOPICS[label.aspect] for label in labels)
