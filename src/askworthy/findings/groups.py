"""Places in a list and pairs of them in; the groups that the pairs make out."""

from __future__ import annotations

from collections.abc import Iterable


def groups(places: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Join what the pairs join, directly or by others between: groups of sorted places, by the first of each.

    A place without a pair is a group of its own; pairs with another place than these join nothing.
    """
    group = {place: [place] for place in sorted(places)}
    for a, b in pairs:
        if a in group and b in group and group[a] is not group[b]:
            joined = sorted(group[a] + group[b])
            group.update(dict.fromkeys(joined, joined))
    return [some for place, some in group.items() if some[0] == place]
