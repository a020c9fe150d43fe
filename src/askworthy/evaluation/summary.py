"""A run and its comparisons in; the terminal's summary out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from askworthy.evaluation.compare import Comparison
from askworthy.evaluation.run import Run
from askworthy.evaluation.threshold import Chosen
from askworthy.reports.wording import one_line

MOST_CHANGED = 10


def as_text(run: Run, compared: Sequence[Comparison] = (), chosen: Chosen | None = None) -> str:
    """Every figure with its interval, then comparisons, then the cut-off that was asked for."""
    return "\n".join(_lines(run, compared, chosen)) + "\n"


def _lines(run: Run, compared: Sequence[Comparison], chosen: Chosen | None) -> Iterator[str]:
    yield one_line(f"{run.kind}: {run.model} on {run.corpus}, {len(run.rows)} questions")
    yield f"{run.facts['interval']}; {run.facts['resamples']} resamples, seed {run.facts['seed']}"
    yield ""
    for name, one in run.figures.items():
        if one.value is None:
            yield one_line(f"{name:<26} none   {one.why}")
        else:
            interval = f"{one.low:.3f} to {one.high:.3f}" if one.low is not None else f"({one.why})"
            yield f"{one_line(name):<26} {one.value:.3f}  {interval}"
    if "f1 of other" in run.figures:
        yield "macro_f1 is the mean over all labels, `other` among them"
    for comparison in compared:
        yield from _comparison(comparison)
    if chosen:
        yield ""
        yield from _chosen(chosen)


def _comparison(comparison: Comparison) -> Iterator[str]:
    facts = comparison.to_dict()
    yield ""
    yield one_line(f"beside {comparison.other}: this minus that")
    for one in comparison.differences:
        if one.difference is None:
            yield f"{one_line(one.name):<26} none    {one.why}"
        else:
            yield (
                f"{one_line(one.name):<26} {one.difference:+.3f}  {one.low:+.3f} to {one.high:+.3f}"
                f"  p = {one.p_value:.3f}"
            )
    yield f"they differ on {len(comparison.changed)} questions: {facts['won']} right here alone, {facts['lost']} there"
    for this, other in comparison.changed[:MOST_CHANGED]:
        yield one_line(f"  {this.key}: {this.gold}; here {this.said}, there {other.said}: {this.question[:80]}")


def _chosen(chosen: Chosen) -> Iterator[str]:
    if chosen.point is None:
        few = f"{chosen.open_questions} open questions are too few"
        yield f"no cut-off keeps false flags within {chosen.wanted:.1%}: {few}"
        return
    yield f"cut-off for {chosen.wanted:.1%} false flags: {chosen.point.printed}"
    yield "cut-off  false flags  recall  precision"
    for point in chosen.steps():
        numbers = [point.false_flags, point.recall, point.precision]
        yield f"{point.printed}   " + "  ".join("   none" if n is None else f"{n:7.3f}" for n in numbers)
