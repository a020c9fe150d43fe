import random

import numpy as np

from askworthy.training.near_pairs import near_pairs


class Places:
    """Questions on a line: the further apart, the less alike."""

    def encode(self, texts):
        angles = np.array([float(text.split()[-1]) for text in texts]) / 100
        return np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)


def drawn(texts, **kept):
    pairs = near_pairs(texts, Places(), random.Random(0), **kept)
    return {frozenset(int(text.split()[-1]) for text in pair) for pair in pairs}


def test_near_questions_are_paired_some_nearer_than_others():
    texts = [f"Question {n}" for n in range(0, 400, 20)]
    pairs = drawn(texts)
    assert 20 < len(pairs) < 190  # of all that there are
    assert all(len(pair) == 2 for pair in pairs)
    assert {abs(a - b) <= 80 for a, b in map(sorted, pairs)} == {True, False}


def test_what_is_one_question_is_no_pair():
    assert drawn(["Question 0", "Question 1", "Question 0", "Question 30"]) == {frozenset({0, 30}), frozenset({1, 30})}


def test_known_pairs_and_what_is_near_held_out_questions_are_left_out():
    texts = [f"Question {n}" for n in range(0, 300, 30)]
    known = {frozenset(("Question 150", "Question 180"))}
    pairs = drawn(texts, known=known, without=["Question 20"])
    assert frozenset({150, 180}) not in pairs
    assert min(min(pair) for pair in pairs) == 90  # the cosine of 0.4 is 0.92, and that of 0.7 is 0.76
