import shutil
from dataclasses import replace
from importlib.metadata import entry_points

import numpy as np
import pytest
import spacy

from askworthy.aspects.labeller import Labeller
from askworthy.errors import BadModel
from askworthy.inference.encoder import load_question_encoder

NAME = "askworthy_aspects"
ASKED = ["Who else is on the team?", "How much is the bonus?", "What would I do all day?"]
INSTALLED = bool(entry_points(group="spacy_factories", name=NAME))
if not INSTALLED:  # a bare checkout: nothing tells spaCy of the factory but its import
    import askworthy.aspects.component  # noqa: F401


@pytest.fixture
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe(NAME)
    return pipeline


@pytest.fixture
def own(fitted, tmp_path):
    """A labeller's folder with the classes `pay` and `team`."""
    fitted.save(tmp_path / "own")
    return tmp_path / "own"


@pytest.mark.skipif(not INSTALLED, reason="the package is not installed, so it has no entry points")
def test_the_entry_point_names_the_factory():
    [point] = entry_points(group="spacy_factories", name=NAME)
    assert point.value == "askworthy.aspects.component:create"
    assert callable(point.load())


def test_a_document_gets_probabilities_and_a_label(nlp):
    document = nlp(ASKED[0])
    assert document._.aspect == "team"
    assert sum(document.cats.values()) == pytest.approx(1)
    assert max(document.cats, key=document.cats.get).startswith("team/")
    assert all(type(probability) is float for probability in document.cats.values())


def test_it_says_what_the_labeller_says(nlp):
    labeller, encoder = Labeller.load(), load_question_encoder()
    documents = list(nlp.pipe(ASKED))
    assert [one._.aspect for one in documents] == [one.aspect for one in labeller.label(ASKED, encoder)]
    found = [[one.cats[name] for name in labeller.classes] for one in documents]
    np.testing.assert_allclose(found, labeller.probabilities(ASKED, encoder.encode(ASKED)), atol=1e-5)


@pytest.mark.parametrize("batch_size", [1, 2, 100])
def test_a_stream_keeps_its_order_and_its_labels(nlp, batch_size):
    texts = [*ASKED, "", *ASKED[::-1]]
    documents = list(nlp.pipe(texts, batch_size=batch_size))
    assert [one.text for one in documents] == texts
    assert [one._.aspect for one in documents] == [nlp(text)._.aspect for text in texts]


def test_a_stream_is_read_a_batch_at_a_time(nlp):
    drawn = []
    documents = (drawn.append(n) or nlp.make_doc(text) for n, text in enumerate(ASKED * 10))
    next(nlp.get_pipe(NAME).pipe(documents, batch_size=4))
    assert len(drawn) == 4


def test_an_empty_stream_is_empty(nlp):
    assert list(nlp.pipe([])) == []


def test_what_another_component_found_is_kept(nlp):
    document = nlp.make_doc(ASKED[0])
    document.cats["polite"] = 0.5
    assert nlp.get_pipe(NAME)(document).cats["polite"] == 0.5


def test_a_labeller_of_your_own(own):
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME, config={"aspects": str(own)})
    document = nlp("Who leads the team?")
    assert set(document.cats) == {"pay", "team"}
    assert document._.aspect == "team"


def test_a_folder_that_holds_no_labeller_is_refused(tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME, config={"aspects": str(tmp_path)})
    with pytest.raises(BadModel, match=r"no manifest\.json"):
        nlp("Who?")


def test_a_pipeline_on_disk_is_whole_without_the_folder_it_was_made_with(own, tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME, config={"aspects": str(own)})
    before = nlp(ASKED[0]).cats
    nlp.to_disk(tmp_path / "pipeline")
    shutil.rmtree(own)

    again = spacy.load(tmp_path / "pipeline")
    assert again.pipe_names == [NAME]
    document = again(ASKED[0])
    assert document.cats == pytest.approx(before, abs=1e-3)
    assert document._.aspect == "team"
    assert not [file for file in (tmp_path / "pipeline" / NAME).iterdir() if file.suffix not in {".json", ".npz"}]


def test_a_component_read_from_disk_replaces_what_it_knew(nlp, own):
    component = nlp.get_pipe(NAME)
    assert nlp(ASKED[0]).cats.keys() == set(component.labeller.classes)
    component.from_disk(own)
    assert nlp(ASKED[0]).cats.keys() == {"pay", "team"}


def test_two_with_labellers_of_their_own_stand_in_one_pipeline(nlp, own):
    nlp.add_pipe(NAME, name="mine", config={"aspects": str(own)})
    document = nlp(ASKED[0])
    assert {"pay", "team", "team/people"} <= set(document.cats)


def test_a_labeller_of_another_encoder_is_refused(fitted, tmp_path):
    replace(fitted.labeller_, encoder_hash="0" * 16).save(tmp_path / "strange")
    pipeline = spacy.blank("en")
    pipeline.add_pipe(NAME, config={"aspects": str(tmp_path / "strange")})
    with pytest.raises(BadModel, match="learned on encoder 0000000000000000"):
        pipeline("Who is on the team?")
