import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from askworthy.aspects.words import WordWeights, terms

TEXTS = [
    "What is my day like, day in and day out?",
    "What is the team like?",
    "Who is on the team? Who leads the team?",
    "I'd work with C++ and C#, wouldn't I?",
    "Is the CAFÉ good? İs the café near?",
    "Что за команда?",
    "你们的团队有多大?",
    "snake_case and 3.5 days, 2_000 times",
    "",
    "?!",
    "day",
]


def test_terms_are_words_and_pairs_of_neighbours():
    assert terms("The team's DAY") == ["the", "team", "s", "day", "the team", "team s", "s day"]
    assert terms("?!") == []


def sklearns(texts):
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, token_pattern=r"\w+").fit(texts)


def test_it_agrees_with_scikit_learn():
    ours, theirs = WordWeights.learn(TEXTS), sklearns(TEXTS)
    assert ours.vocabulary == tuple(theirs.get_feature_names_out())
    unseen = [*TEXTS, "Is the day of the team a good day?", "nothing of it"]
    np.testing.assert_allclose(ours.transform(unseen), theirs.transform(unseen).toarray(), atol=1e-5)


def test_projecting_is_multiplying_what_transform_gives():
    words, texts = WordWeights.learn(TEXTS), [*TEXTS, "nothing of it"]
    onto = np.random.default_rng(0).normal(size=(len(words.vocabulary), 3)).astype(np.float32)
    np.testing.assert_allclose(words.project(texts, onto), words.transform(texts) @ onto, atol=1e-5)


WORDS = st.lists(st.sampled_from(["my", "team", "Team", "ünter", "who", "9", "the", "ß"]), max_size=8).map(" ".join)


@given(st.lists(WORDS, min_size=2, max_size=8))
def test_it_agrees_with_scikit_learn_on_any_words(texts):
    ours = WordWeights.learn(texts)
    if not ours.vocabulary:
        with pytest.raises(ValueError, match="vocabulary|no terms"):
            sklearns(texts)
        return
    theirs = sklearns(texts)
    assert ours.vocabulary == tuple(theirs.get_feature_names_out())
    np.testing.assert_allclose(ours.transform(texts), theirs.transform(texts).toarray(), atol=1e-5)


@given(st.lists(st.text(), max_size=6), st.lists(st.text(), max_size=6))
def test_whatever_the_text_rows_are_finite_and_of_length_one_or_none(learned, asked):
    words = WordWeights.learn(learned)
    rows = words.transform(asked)
    assert rows.shape == (len(asked), len(words.vocabulary))
    assert rows.dtype == np.float32
    lengths = np.linalg.norm(rows, axis=1)
    assert np.all((lengths == 0) | (np.abs(lengths - 1) < 1e-5))


def test_half_a_character_does_no_harm():
    texts = ["\ud83d who \udcff", "\ud83d who"]
    assert WordWeights.learn(texts).transform(texts).shape[0] == 2


def test_nothing_learned_gives_no_columns():
    assert WordWeights.learn([]).transform(["a"]).shape == (1, 0)
