import numpy as np

from askworthy.evidence.late import TokenTable, max_sim
from askworthy.inference.encoder import TOKEN_SCALE


def tokens(*rows):
    return np.array(rows, dtype=np.int8) * TOKEN_SCALE


A, B, C, MARK = [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]


def test_each_question_token_takes_its_nearest_passage_token():
    table = TokenTable.of([tokens(MARK, A, B, MARK), tokens(MARK, A, MARK), tokens(MARK, C, MARK)])
    found = max_sim(tokens(MARK, A, B, MARK), table, np.array([0, 1, 2]))
    assert found.tolist() == [1.0, 0.5, 0.0]


def test_only_the_passages_asked_for_are_looked_at_in_their_order():
    table = TokenTable.of([tokens(MARK, A, MARK), tokens(MARK, B, MARK), tokens(MARK, C, MARK)])
    assert max_sim(tokens(MARK, C, MARK), table, np.array([2, 0])).tolist() == [1.0, 0.0]


def test_a_text_that_is_its_only_token_counts_whole():
    table = TokenTable.of([tokens(A), tokens(B)])
    assert max_sim(tokens(B), table, np.array([0, 1])).tolist() == [0.0, 1.0]


def test_a_table_gives_back_what_was_laid_out():
    rows = [tokens(MARK, A), tokens(B), tokens(C, A, MARK)]
    assert [one.tolist() for one in TokenTable.of(rows)] == [one.tolist() for one in rows]
