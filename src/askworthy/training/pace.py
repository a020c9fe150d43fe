"""How long training goes on, how fast the rate rises and falls, and which weights stay as they are."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

WARM_UP = 0.06  # share of the time in which the rate rises
LAST_RATE = 0.02  # share of the rate that is left in the end


@dataclass(frozen=True)
class Pace:
    """A number of steps, or else of seconds from now on."""

    steps: int | None
    seconds: float | None
    began: float = field(default_factory=time.monotonic)

    def done(self, step: int) -> float:
        """What share is done before this step; it is over at 1."""
        return step / self.steps if self.steps else (time.monotonic() - self.began) / float(self.seconds or 1)


def share_of_rate(done: float) -> float:
    """What share of the highest rate is used when that share of the training is done."""
    return min((done + 1e-3) / WARM_UP, 1.0) * max(LAST_RATE, 1 - done)


def learned(network: Any, frozen: Sequence[str]) -> list[Any]:
    """The weights whose names hold none of these; the others are kept as they are."""
    found = []
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(not any(part in name for part in frozen))
        if parameter.requires_grad:
            found.append(parameter)
    return found
