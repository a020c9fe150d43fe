import pytest

from askworthy.evaluation.rowfile import READ_AT_ONCE, RowFile
from askworthy.evaluation.rows import Row, Shown

ROWS = [
    Row(f"k{n}", "", f"Où?\n{n}", "a", "b", (n % 7) / 7, also=("c",), evidence=(Shown("f", "q" * (n % 5)),))
    for n in range(READ_AT_ONCE + 3)
]


def test_rows_come_back_as_they_went_in_and_more_than_once():
    kept = RowFile(iter(ROWS))
    assert list(kept) == ROWS
    assert list(kept) == ROWS
    assert [kept[0], kept[-1], *kept[5:7]] == [ROWS[0], ROWS[-1], *ROWS[5:7]]


def test_two_readers_do_not_disturb_each_other():
    kept = RowFile(ROWS)
    assert [(a.key, b.key) for a, b in zip(kept, kept, strict=True)] == [(row.key, row.key) for row in ROWS]


def test_a_row_beyond_the_end_is_refused():
    with pytest.raises(IndexError):
        RowFile(ROWS)[len(ROWS)]
    assert list(RowFile([])) == []
