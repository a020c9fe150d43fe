"""Groups of options with a length in; the best choice of at most one a group that fits out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

MASKS = 8  # three aspects, covered or not
_ONE_WORTH = 100_000  # more than the published questions a list can hold
_ONE_ASPECT = 10**13  # more than the worth of all questions together


class Option(NamedTuple):
    """One way to spend some of the time."""

    length: int  # at least 1
    mask: int  # the aspect it covers, as a bit; 0 for none
    worth: int  # 0 to 1,000
    extra: int = 0  # 0 or 1; breaks ties of worth


def best_choice(groups: Sequence[Sequence[Option]], room: int) -> list[int | None]:
    """Choose exactly: most aspects, then most worth, then most extras, in this room.

    Returns:
        One entry a group: the place of the chosen option, or None. Ties go to the earlier option and the earlier plan.
    """
    best = np.full((MASKS, room + 1), -1, dtype=np.int64)  # by aspects covered and room used up
    best[0, 0] = 0
    taken = np.full((len(groups), MASKS, room + 1), -1, dtype=np.int16)
    came_from = np.zeros((len(groups), MASKS, room + 1), dtype=np.int8)
    for row, group in enumerate(groups):
        new = best.copy()
        came_from[row] = np.arange(MASKS)[:, None]
        for at, option in enumerate(group):
            if option.length > room:
                continue
            gain = option.worth * _ONE_WORTH + option.extra
            for mask in range(MASKS):
                to = mask | option.mask
                before = best[mask, : room + 1 - option.length]
                value = np.where(before >= 0, before + gain, -1)
                better = np.flatnonzero(value > new[to, option.length :]) + option.length
                new[to, better] = value[better - option.length]
                taken[row, to, better] = at
                came_from[row, to, better] = mask
        best = new
    covered = np.array([mask.bit_count() for mask in range(MASKS)], dtype=np.int64)[:, None]
    mask, used = divmod(int(np.argmax(np.where(best >= 0, best + covered * _ONE_ASPECT, -1))), room + 1)
    chosen: list[int | None] = []
    for row in range(len(groups) - 1, -1, -1):
        at = int(taken[row, mask, used])
        chosen.append(at if at >= 0 else None)
        if at >= 0:
            mask, used = int(came_from[row, mask, used]), used - groups[row][at].length
    return chosen[::-1]
