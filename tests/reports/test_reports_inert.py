import pytest

from askworthy.reports.inert import inert


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_formulas_are_marked_as_text(cell):
    assert inert(cell) == f"'{cell}"


def test_other_cells_stay():
    assert [inert(cell) for cell in ("a=1", 0.5, None, True)] == ["a=1", 0.5, "", True]
