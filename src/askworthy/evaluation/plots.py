"""A run in; its plots as SVG and PNG bytes, by name, out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np

from askworthy.evaluation import figures as f
from askworthy.evaluation.measures import labelled, labels, right
from askworthy.evaluation.run import Run, topics
from askworthy.evaluation.threshold import Chosen

MOST_TOPICS = 40
BLUE, RED = "#0b4f9e", "#a3262a"


def plots(run: Run, chosen: Chosen | None = None) -> Iterator[tuple[str, str, bytes, bytes]]:
    """Draw a run, and the curve of cut-offs if one was looked for: name, what it shows, SVG, PNG."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    for name, shows, draw in [*_drawings(run), *_cut_offs(chosen)]:
        # Ids by a fixed salt and no date: the same run gives the same file. No mathtext: labels are strangers' text.
        with rc_context({"svg.hashsalt": name, "text.parse_math": False, "svg.fonttype": "path"}):
            figure = Figure(figsize=(5.4, 4.05), layout="constrained")
            FigureCanvasAgg(figure)
            draw(figure.add_subplot())
            files = []
            for kind, facts in (("svg", {"Date": None}), ("png", {})):
                out = BytesIO()
                figure.savefig(out, format=kind, metadata=facts, dpi=144)
                files.append(out.getvalue())
        yield name, shows, files[0], files[1]


def _drawings(run: Run) -> Iterator[tuple[str, str, Any]]:
    rows = run.rows
    p = np.array([row.probability for row in rows])
    gold, said = labelled(rows)
    names = labels(run.kind, rows)
    yield (
        "confusion",
        "Confusion matrix: gold label by row, label said by column",
        lambda axes: _confusion(axes, f.confusion(gold, said, names), names),
    )
    if run.kind == "published":
        kept = gold != "partly"
        true = gold[kept] == "published"
        confidence, wrong = np.abs(p[kept] - 0.5), (p[kept] >= 0.5) != true
        p = p[kept]
        if true.any():
            _, precision, recall = f.precision_recall(p, true, ~true)
            yield (
                "precision-recall",
                "Precision against recall, published against open",
                lambda axes: _line(axes, recall, precision, "recall", "precision"),
            )
    else:
        true = np.array([right(row) for row in rows])
        confidence, wrong = p, ~true
        _, precision, recall = f.precision_recall(p, true, ~true)
        if true.any():
            yield (
                "precision-recall",
                "Precision against recall of right labels",
                lambda axes: _line(axes, recall, precision, "share of right labels kept", "precision"),
            )
    yield (
        "reliability",
        "Reliability: share right against probability, the diagonal is perfect",
        lambda axes: _reliability(axes, f.reliability(p, true)),
    )
    yield (
        "risk-coverage",
        "Share wrong against the share of questions answered, most confident first",
        lambda axes: _line(axes, *f.risk_coverage(confidence, wrong), "coverage", "share wrong"),
    )
    yield "topics", "Share of right labels by topic", lambda axes: _topics(axes, run)


def _cut_offs(chosen: Chosen | None) -> Iterator[tuple[str, str, Any]]:
    if chosen is None:
        return

    def draw(axes: Any) -> None:
        at = [point.threshold for point in chosen.curve]
        for name, color, style in (("false_flags", RED, "-"), ("recall", BLUE, "--"), ("precision", "black", ":")):
            values = [np.nan if (one := getattr(point, name)) is None else one for point in chosen.curve]
            axes.plot(at, values, color=color, linestyle=style, label=name.replace("_", " "))
        axes.axhline(chosen.wanted, color="grey", linewidth=0.8)
        if chosen.point:
            axes.axvline(chosen.point.threshold, color="grey", linewidth=0.8)
        axes.set(xlabel="cut-off", ylabel="share", xlim=(0, 1.02), ylim=(0, 1.02))
        axes.grid(alpha=0.3)
        axes.legend()

    yield "threshold", "False flags, recall and precision by cut-off; grey: what was asked for, and what keeps it", draw


def _confusion(axes: Any, counts: list[list[int]], names: list[str]) -> None:
    axes.imshow(counts, cmap="Blues")
    most = max(map(max, counts))
    for i, row in enumerate(counts):
        for j, count in enumerate(row):
            axes.text(j, i, str(count), ha="center", va="center", color="white" if count > most / 2 else "black")
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("said")
    axes.set_ylabel("gold")


def _line(axes: Any, x: Any, y: Any, name_x: str, name_y: str) -> None:
    axes.plot(x, y, color=BLUE, drawstyle="steps-post")
    axes.set(xlabel=name_x, ylabel=name_y, xlim=(0, 1.02), ylim=(0, 1.02))
    axes.grid(alpha=0.3)


def _reliability(axes: Any, bins: list[tuple[float, float, int]]) -> None:
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--")
    axes.plot([one[0] for one in bins], [one[1] for one in bins], color=BLUE, marker="o")
    for mean, share, count in bins:
        axes.annotate(str(count), (mean, share), textcoords="offset points", xytext=(6, -12), fontsize=8)
    axes.set(xlabel="probability", ylabel="share right", xlim=(0, 1.02), ylim=(0, 1.02))
    axes.grid(alpha=0.3)


def _topics(axes: Any, run: Run) -> None:
    found = sorted(topics(run.rows).items(), key=lambda one: -one[1]["rows"])[:MOST_TOPICS][::-1]
    axes.barh([f"{name[:30]} ({one['rows']})" for name, one in found], [one["right"] for _, one in found], color=BLUE)
    axes.set(xlabel="share right", xlim=(0, 1))
    axes.tick_params(axis="y", labelsize=8)
