import pytest

from askworthy.reports.inert import inert


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1"])
def test_formulas_are_marked_as_text(cell):
    assert inert(cell) == f"'{cell}"


def test_other_cells_stay():
    assert [inert(cell) for cell in ("a=1", 0.5, None, True)] == ["a=1", 0.5, "", True]


def test_what_steers_a_terminal_or_ends_a_row_is_dropped():
    assert inert("a\x1b[2Jb\x9b1mc") == "a[2Jb1mc"
    assert inert("a\r\nb\rc") == "a\nb\nc"
    assert inert("\x00=1") == "'=1"
