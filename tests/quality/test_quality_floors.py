"""The figures that were reached may not be lost. Raising a floor is routine; lowering one is a change of its own."""

import json
from pathlib import Path

import pytest
from figures import everything

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
LOWER_IS_BETTER = {"ece", "false_flags"}


@pytest.fixture(scope="module")
def found():
    return everything()


@pytest.mark.parametrize("corpus", sorted(FLOORS))
def test_figures_reach_their_floors(found, corpus):
    if corpus not in found:
        pytest.skip("the development data is not beside this checkout")
    pinned = dict(FLOORS[corpus])
    assert found[corpus]["hash"] == pinned.pop("hash"), (
        "the corpus changed: measure again, then pin its hash and floors"
    )
    missed = {
        name: (found[corpus][name], floor)
        for name, floor in pinned.items()
        if (found[corpus][name] > floor if name in LOWER_IS_BETTER else found[corpus][name] < floor)
    }
    assert not missed
