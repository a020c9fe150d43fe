import numpy as np

from askworthy.evidence.lexical import Lexical, stems

TEXTS = ["Pension: we pay 6 percent", "Parental leave is 16 weeks", "", "We pay for training"]


def test_a_shared_word_scores_and_others_do_not():
    bm25, coverage = Lexical.build(TEXTS).match("How much leave do new parents get?")
    assert bm25[1] > 0
    assert bm25[[0, 2, 3]].tolist() == [0, 0, 0]
    assert 0 < coverage[1] < 1


def test_coverage_is_one_when_every_topic_word_is_there():
    _, coverage = Lexical.build(TEXTS).match("parental leave weeks")
    assert coverage[1] == np.float32(1)


def test_a_query_without_topic_words_matches_nothing():
    for query in ("", "what is it?", "??", "zebra"):
        bm25, coverage = Lexical.build(TEXTS).match(query)
        assert not bm25.any()
        assert not coverage.any()


def test_texts_without_a_word_can_be_indexed():
    assert Lexical.build(["", "?!"]).match("leave")[0].tolist() == [0, 0]


def test_a_saved_index_scores_the_same(tmp_path):
    built = Lexical.build(TEXTS)
    built.save(tmp_path / "lexical")
    loaded = Lexical.load(tmp_path / "lexical", len(TEXTS))
    assert np.allclose(built.match("pay for pension")[0], loaded.match("pay for pension")[0])


def test_endings_are_taken_off():
    assert stems("Managers managing, trainings") == stems("manager manage training")
