"""A run in; a folder with metrics.json, report.html and the plots out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from pathlib import Path
from typing import Any

from askworthy.errors import BadOutput
from askworthy.evaluation.compare import Comparison
from askworthy.evaluation.figures import confusion
from askworthy.evaluation.measures import MEANS, labelled, labels, right
from askworthy.evaluation.plots import plots
from askworthy.evaluation.rows import Row, Shown
from askworthy.evaluation.run import Run
from askworthy.evaluation.threshold import Chosen
from askworthy.files import atomic_file
from askworthy.reports.page import page, text

MOST_SHOWN = 2000  # questions in the error browser: a browser stays quick, and the rest are in metrics.json
SCRIPT = """
const kind = document.getElementById("kind"), words = document.getElementById("words");
const count = document.getElementById("count"), rows = [...document.querySelectorAll("details[data-kind]")];
function show() {
  const wanted = words.value.toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const fits = (!kind.value || row.dataset.kind === kind.value) &&
      row.querySelector("summary").textContent.toLowerCase().includes(wanted);
    row.hidden = !fits;
    shown += fits;
  }
  count.textContent = shown + " of " + rows.length + " questions";
}
kind.addEventListener("change", show);
words.addEventListener("input", show);
document.getElementById("browser").addEventListener("submit", event => event.preventDefault());
show();
"""


def write_report(folder: Path, run: Run, compared: Sequence[Comparison] = (), chosen: Chosen | None = None) -> None:
    """Write the folder, each file whole or not at all.

    Raises:
        BadOutput: The folder cannot be made or written.
    """
    make_folder(folder)
    head = run.to_dict() | {"compared": [one.to_dict() for one in compared]}
    if chosen:
        head["threshold"] = chosen.to_dict()
    _write_metrics(folder / "metrics.json", head, run.rows)
    drawn = []
    for name, shows, svg, png in plots(run, chosen):
        _write(folder / f"{name}.svg", svg)
        _write(folder / f"{name}.png", png)
        drawn.append((shows, svg.decode()))
    _write(folder / "report.html", as_html(run, compared, chosen, drawn).encode("utf-8", "replace"))


def make_folder(folder: Path) -> None:
    """Make a report's folder, if it is not there.

    Raises:
        BadOutput: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:  # ValueError: a null in the name
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise BadOutput(f"cannot make {folder}: {reason}; name another") from error


def as_html(run: Run, compared: Sequence[Comparison], chosen: Chosen | None, drawn: Sequence[tuple[str, str]]) -> str:
    """The report as one page; `drawn` holds what each plot shows, and its SVG."""
    parts = [
        f"<p>{text(run.model)} on {text(run.corpus)}: {len(run.rows)} questions.</p>",
        f"<p>{text(str(run.facts['interval']))}; {run.facts['resamples']} resamples, seed {run.facts['seed']}.</p>",
        '<div class="side"><section>',
        *_figures(run),
        *_confusion(run),
        "</section></div>",
        *(line for one in compared for line in _comparison(one)),
        *_threshold(chosen),
        '<h2>Plots</h2><div class="side plots">',
    ]
    for number, (shows, svg) in enumerate(drawn):
        # Ids would meet those of the next plot on the page.
        plain = svg[svg.index("<svg") :].replace('id="', f'id="p{number}-').replace('"#', f'"#p{number}-')
        plain = plain.replace("url(#", f"url(#p{number}-")
        named = f'<svg role="img" aria-label="{text(shows)}"' + plain[4:]
        parts.append(f"<figure>{named}<figcaption>{text(shows)}</figcaption></figure>")
    parts += ["</div>", *_browser(run)]
    return page(f"How well does it do? {run.kind.capitalize()}", "\n".join(parts), script=SCRIPT)


def kind_of_error(row: Row) -> str:
    """What went right or wrong with a row, in words."""
    return f"right: {row.said}" if right(row) else f"{row.gold} called {row.said}"


def _figures(run: Run) -> Iterator[str]:
    """Headline figures in one table, those of each label in another."""
    by_label = {name: one for name, one in run.figures.items() if " of " in name}
    headline = {name: one for name, one in run.figures.items() if name not in by_label}
    for title, some in (("Figures", headline), ("Label by label", by_label)):
        rows = [
            [
                name.replace("_", " "),
                "none" if one.value is None else f"{one.value:.3f}",
                one.why or "" if one.low is None else f"{one.low:.3f}–{one.high:.3f}",
            ]
            for name, one in some.items()
        ]
        yield f"<h2>{title}</h2>"
        yield from _table(title, ["figure", "value", "95 % interval"], rows)
        if some is headline:
            told = "".join(f"<dt>{text(n.replace('_', ' '))}</dt><dd>{text(MEANS[n])}</dd>" for n in some)
            yield f"<details><summary>What they mean</summary><div><dl>{told}</dl></div></details></section><section>"


def _confusion(run: Run) -> Iterator[str]:
    gold, said = labelled(run.rows)
    names = labels(run.kind, run.rows)
    counts = [[name, *map(str, row)] for name, row in zip(names, confusion(gold, said, names), strict=True)]
    yield "<h2>Confusion</h2><p>Gold labels by row, labels said by column.</p>"
    yield from _table("Confusion", ["gold", *names], counts)


def _comparison(one: Comparison) -> Iterator[str]:
    rows = [
        [each.name.replace("_", " "), "none", each.why or "", ""]
        if each.difference is None
        else [
            each.name.replace("_", " "),
            f"{each.difference:+.3f}",
            f"{each.low:+.3f} to {each.high:+.3f}",
            f"{each.p_value:.3f}",
        ]
        for each in one.differences
    ]
    yield f"<h2>Beside {text(one.other)}</h2>"
    yield from _table(f"Beside {one.other}", ["figure", "this minus that", "95 % interval", "p"], rows)
    yield f"<details><summary>They differ on {len(one.changed)} questions</summary><div><ul>"
    for this, other in one.changed[:MOST_SHOWN]:
        yield f"<li>{text(f'{this.question} {this.gold}: here {this.said}, there {other.said}')}</li>"
    yield "</ul></div></details>"


def _threshold(chosen: Chosen | None) -> Iterator[str]:
    if chosen and chosen.point:
        yield f"<h2>Cut-off</h2><p>{chosen.point.printed} keeps false flags within {chosen.wanted:.1%}.</p>"
        rows = [
            [point.printed]
            + ["none" if one is None else f"{one:.3f}" for one in (point.false_flags, point.recall, point.precision)]
            for point in chosen.steps()
        ]
        yield from _table("Cut-offs", ["cut-off", "false flags", "recall", "precision"], rows)
    elif chosen:
        yield f"<h2>Cut-off</h2><p>{chosen.open_questions} open questions are too few for {chosen.wanted:.1%}.</p>"


def _table(name: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table of numbers, a name at the head of each row; wider than the screen, it scrolls by itself."""
    first, *others = heads
    head = "".join(
        [f'<th scope="col">{text(first)}</th>', *(f'<th scope="col" class="n">{text(n)}</th>' for n in others)]
    )
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{text(name)}, table"><table><tr>{head}</tr>'
    for first, *rest in rows:
        cells = "".join(
            f'<td class="n">{text(one)}</td>' if one[-1:].isdigit() else f"<td>{text(one)}</td>" for one in rest
        )
        yield f'<tr><th scope="row">{text(first)}</th>{cells}</tr>'
    yield "</table></div>"


def _browser(run: Run) -> Iterator[str]:
    rows = nsmallest(MOST_SHOWN, run.rows, key=right)  # the wrong ones first
    kinds = "".join(f"<option>{text(kind)}</option>" for kind in sorted(set(map(kind_of_error, rows))))
    yield (
        f'<h2>Questions</h2><form id="browser"><label>Kind <select id="kind"><option value="">all</option>{kinds}'
        f'</select></label><label>Words <input id="words" type="search"></label></form>'
        f'<p id="count" role="status">{len(rows)} of {len(run.rows)} questions</p>'
    )
    if len(rows) < len(run.rows):
        yield f"<p>The page holds {len(rows)} of {len(run.rows)} questions, wrong ones first.</p>"
    for row in rows:
        gold = "".join(f"<li>{text(one.quote)} <cite>{text(one.source)}</cite></li>" for one in row.marked)
        told = [f"{row.probability:.0%}", *(text(one) for one in (row.topic, row.key) if one)]
        marked = f"<p>Gold quotes:</p><ul>{gold}</ul>" if gold else ""
        if run.kind == "aspects":
            marked = f"<p>Counts as right too: {text(', '.join(row.also) or 'no other label')}.</p>"
        yield (
            f'<details data-kind="{text(kind_of_error(row))}"><summary><strong>{text(row.question)}</strong>'
            f'<span class="meta">gold <span class="tag">{text(row.gold)}</span> said '
            f'<span class="tag">{text(row.said)}</span> {", ".join(told)}</span></summary><div>'
            f"{marked}{''.join(map(_passage, row.evidence))}</div></details>"
        )


def _passage(one: Shown) -> str:
    before, after = (f"… {one.before}" if one.before else "", f"{one.after} …" if one.after else "")
    words = f"{text(before)}<mark>{text(one.quote)}</mark>{text(after)}"
    return f"<blockquote><p>{words}</p><cite>{text(one.source)}</cite></blockquote>"


def _write_metrics(path: Path, head: dict[str, Any], rows: Sequence[Row]) -> None:
    """Write the run with its rows last, a line each, so that no more than one is held."""
    with atomic_file(path) as out:
        out.write(json.dumps(head, indent=1, allow_nan=False).removesuffix("\n}").encode("ascii"))
        out.write(b',\n "rows": [')
        for number, row in enumerate(rows):
            out.write(b",\n  " if number else b"\n  ")
            out.write(json.dumps(row.to_dict(), allow_nan=False).encode("ascii"))
        out.write(b"\n ]\n}\n")


def _write(path: Path, content: bytes) -> None:
    with atomic_file(path) as out:
        out.write(content)
