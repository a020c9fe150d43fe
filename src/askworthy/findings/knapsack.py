"""Groups of options with a length in; the best choice of at most one a group that fits out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

MASKS = 8  # three aspects, covered or not
# What the first, the second and every further option on one topic is worth less: variety, but no rule.
REPEATED = (0, 25, 50)
_ONE_WORTH = 100_000  # more than the published questions a list can hold
_ONE_ASPECT = 10**13  # more than the worth of all questions together
_NEVER = -(10**15)  # where nothing fits


class Option(NamedTuple):
    """One way to spend some of the time."""

    length: int  # at least 1
    mask: int  # the aspect it covers, as a bit; 0 for none
    worth: int  # 0 to 1,000; what is worth nothing neither makes others of its topic worth less nor becomes so
    extra: int = 0  # 0 or 1; breaks ties of worth


def best_choice(groups: Sequence[Sequence[Option]], room: int, topics: Sequence[str] = ()) -> list[int | None]:
    """Choose exactly: most aspects, then most worth, then most extras, in this room.

    Args:
        groups: Options of which at most one is chosen.
        room: What their lengths may add up to.
        topics: Of each group; of one topic the second is worth less, and every further one less still (`REPEATED`).
            Without them no two groups have the same topic.

    Returns:
        One entry a group: the place of the chosen option, or None. Ties go to the earlier option and the earlier plan.
    """
    named = topics or [str(row) for row in range(len(groups))]
    first = {topic: row for row, topic in reversed([*enumerate(named)])}
    order = sorted(range(len(groups)), key=lambda row: (first[named[row]], row))
    counts = len(REPEATED)
    shape = (counts, MASKS, room + 1)  # by how many of the topic are chosen, aspects covered and room used up
    best = np.full(shape, _NEVER, dtype=np.int64)
    best[0, 0, 0] = 0
    taken = np.full((len(groups), *shape), -1, dtype=np.int16)
    came_from = np.zeros((len(groups), *shape), dtype=np.int16)  # count and mask before, as one number
    ended = np.zeros((len(groups), MASKS, room + 1), dtype=np.int8)  # of the topic before: how many were chosen
    for row in order:
        if first[named[row]] == row:  # a topic begins: what was chosen of the one before no longer counts
            ended[row] = best.argmax(axis=0)
            best = np.concatenate([best.max(axis=0, keepdims=True), np.full_like(best[1:], _NEVER)])
        new = best.copy()
        came_from[row] = np.arange(counts * MASKS).reshape(counts, MASKS)[:, :, None]
        for at, option in enumerate(groups[row]):
            if option.length > room:
                continue
            for count in range(counts):
                gain = (option.worth - REPEATED[count] * bool(option.worth)) * _ONE_WORTH + option.extra
                then = min(count + bool(option.worth), counts - 1)
                for mask in range(MASKS):
                    to = mask | option.mask
                    before = best[count, mask, : room + 1 - option.length]
                    value = np.where(before > _NEVER, before + gain, _NEVER)
                    better = np.flatnonzero(value > new[then, to, option.length :]) + option.length
                    new[then, to, better] = value[better - option.length]
                    taken[row, then, to, better] = at
                    came_from[row, then, to, better] = count * MASKS + mask
        best = new
    covered = np.array([mask.bit_count() for mask in range(MASKS)], dtype=np.int64)[None, :, None]
    total = np.where(best > _NEVER, best + covered * _ONE_ASPECT, _NEVER)
    count, mask, used = (int(one) for one in np.unravel_index(int(total.argmax()), shape))
    chosen: list[int | None] = [None] * len(groups)
    for row in reversed(order):
        at = int(taken[row, count, mask, used])
        if at >= 0:
            chosen[row] = at
            count, mask = divmod(int(came_from[row, count, mask, used]), MASKS)
            used -= groups[row][at].length
        if first[named[row]] == row:
            count = int(ended[row, mask, used])
    return chosen
