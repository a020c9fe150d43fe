"""A run in; a folder with metrics.json, report.html and the plots out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from askworthy.errors import BadOutput
from askworthy.evaluation.compare import Comparison
from askworthy.evaluation.measures import right
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
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadOutput(f"cannot make {folder}: {(error.strerror or str(error)).lower()}; name another") from error
    row = run.to_dict() | {"compared": [one.to_dict() for one in compared]}
    if chosen:
        row["threshold"] = chosen.to_dict()
    _write(folder / "metrics.json", (json.dumps(row, indent=1, allow_nan=False) + "\n").encode("utf-8", "replace"))
    drawn = []
    for name, shows, svg, png in plots(run):
        _write(folder / f"{name}.svg", svg)
        _write(folder / f"{name}.png", png)
        drawn.append((shows, svg.decode()))
    _write(folder / "report.html", as_html(run, compared, chosen, drawn).encode("utf-8", "replace"))


def as_html(run: Run, compared: Sequence[Comparison], chosen: Chosen | None, drawn: Sequence[tuple[str, str]]) -> str:
    """The report as one page; `drawn` holds what each plot shows, and its SVG."""
    parts = [
        f"<p>{text(run.model)} on {text(run.corpus)}: {len(run.rows)} questions.</p>",
        f"<p>{text(str(run.facts['interval']))}; {run.facts['resamples']} resamples, seed {run.facts['seed']}.</p>",
        *_figures(run),
        *(line for one in compared for line in _comparison(one)),
        *_threshold(chosen),
        "<h2>Plots</h2>",
    ]
    for number, (shows, svg) in enumerate(drawn):
        # Ids would meet those of the next plot on the page.
        plain = svg[svg.index("<svg") :].replace('id="', f'id="p{number}-').replace('"#', f'"#p{number}-')
        plain = plain.replace("url(#", f"url(#p{number}-")
        named = f'<svg role="img" aria-label="{text(shows)}"' + plain[4:]
        parts.append(f"<figure>{named}<figcaption>{text(shows)}</figcaption></figure>")
    parts += _browser(run)
    return page(f"How well does it do? {run.kind.capitalize()}", "\n".join(parts), script=SCRIPT)


def kind_of_error(row: Row) -> str:
    """What went right or wrong with a row, in words."""
    return f"right: {row.said}" if right(row) else f"{row.gold} called {row.said}"


def _figures(run: Run) -> Iterator[str]:
    head = '<tr><th scope="col">figure</th><th scope="col">value</th><th scope="col">95 % interval</th></tr>'
    yield f'<h2>Figures</h2><div class="scroll" tabindex="0" role="region" aria-label="Figures"><table>{head}'
    for name, one in run.figures.items():
        value = "none" if one.value is None else f"{one.value:.3f}"
        interval = text(one.why or "") if one.low is None else f"{one.low:.3f} to {one.high:.3f}"
        number = "" if one.low is None else ' class="n"'
        yield f'<tr><th scope="row">{text(name)}</th><td class="n">{value}</td><td{number}>{interval}</td></tr>'
    yield "</table></div>"


def _comparison(one: Comparison) -> Iterator[str]:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("figure", "this minus that", "95 % interval", "p"))
    yield f"<h2>Beside {text(one.other)}</h2>"
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="Beside {text(one.other)}"><table><tr>{head}</tr>'
    for each in one.differences:
        if each.difference is not None:
            yield (
                f'<tr><th scope="row">{text(each.name)}</th><td class="n">{each.difference:+.3f}</td>'
                f'<td class="n">{each.low:+.3f} to {each.high:+.3f}</td><td class="n">{each.p_value:.3f}</td></tr>'
            )
    yield f"</table></div><p>They differ on {len(one.changed)} questions.</p>"


def _threshold(chosen: Chosen | None) -> Iterator[str]:
    if chosen and chosen.point:
        yield f"<h2>Cut-off</h2><p>{chosen.point.threshold:.4f} keeps false flags within {chosen.wanted:.1%}.</p>"
    elif chosen:
        yield f"<h2>Cut-off</h2><p>{chosen.open_questions} open questions are too few for {chosen.wanted:.1%}.</p>"


def _browser(run: Run) -> Iterator[str]:
    rows = sorted(run.rows, key=right)[:MOST_SHOWN]  # the wrong ones first
    kinds = "".join(f"<option>{text(kind)}</option>" for kind in sorted(set(map(kind_of_error, rows))))
    yield (
        f'<h2>Questions</h2><form id="browser"><label>Kind <select id="kind"><option value="">all</option>{kinds}'
        f'</select></label><label>Words <input id="words" type="search"></label></form>'
        f'<p id="count" role="status">{len(rows)} of {len(run.rows)} questions</p>'
    )
    if len(rows) < len(run.rows):
        yield f"<p>The page holds {len(rows)} of {len(run.rows)} questions, wrong ones first.</p>"
    for row in rows:
        gold = "".join(f"<li>{text(one.quote)} ({text(one.source)})</li>" for one in row.marked)
        marked = f"<p>Gold quotes:</p><ul>{gold}</ul>" if gold else ""
        yield (
            f'<details data-kind="{text(kind_of_error(row))}"><summary><strong>{text(row.question)}</strong> '
            f'<span class="tag">{text(row.gold)}</span> said <span class="tag">{text(row.said)}</span> '
            f"{row.probability:.0%}, {text(row.topic)}</summary><div><p>{text(row.key)}</p>"
            f"{marked}{''.join(map(_passage, row.evidence))}</div></details>"
        )


def _passage(one: Shown) -> str:
    before, after = (f"… {one.before}" if one.before else "", f"{one.after} …" if one.after else "")
    return f"<blockquote>{text(before)}<mark>{text(one.quote)}</mark>{text(after)}<br>{text(one.source)}</blockquote>"


def _write(path: Path, content: bytes) -> None:
    with atomic_file(path) as out:
        out.write(content)
