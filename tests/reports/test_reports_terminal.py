import io
import re
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from askworthy.records import Label, Skipped
from askworthy.reports import Format, render
from askworthy.reports.terminal import as_shown, print_table

GOLDEN = Path(__file__).parents[1] / "golden" / "report.txt"
STYLE = re.compile(r"\x1b\[[0-9;]*m")  # what rich itself writes for colours


def in_colour(report):
    out = io.StringIO()
    console = Console(file=out, width=100, force_terminal=True, color_system="standard", legacy_windows=False)
    print_table(report, console)
    return out.getvalue()


def test_the_table_of_a_report_is_the_golden_one(report):
    assert render(report, Format.table) == GOLDEN.read_text(encoding="utf-8")


def test_the_table_printed_into_a_pipe_is_the_one_in_a_file(report, monkeypatch):
    for name in ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    assert as_shown(report) == render(report, Format.table)


def test_colours_change_nothing_but_colours(report):
    plain, coloured = render(report, Format.table), in_colour(report)
    assert STYLE.sub("", coloured) == plain
    assert coloured != plain


def test_what_a_page_says_never_steers_the_terminal(hostile):
    shown = STYLE.sub("", in_colour(hostile))
    assert shown == render(hostile, Format.table), "only rich's own styles are written"
    assert not [char for char in shown if char != "\n" and not char.isprintable()]
    assert "owned" in shown, "its visible part is shown"


def test_brackets_and_colons_in_a_page_are_no_markup(report):
    reading = replace(report.reading, skipped=(Skipped("[b]:x:", "y"),))
    shown = render(replace(report, company="[red]a[/] :smile: \\", reading=reading), Format.table)
    assert "for [red]a[/] :smile: \\:" in shown
    assert "not read: [b]:x: (y)" in shown


def test_many_skipped_files_are_counted_rather_than_listed(report):
    skipped = tuple(Skipped(f"{number:02}.png", "a picture") for number in range(25))
    shown = render(replace(report, reading=replace(report.reading, skipped=skipped)), Format.table)
    assert "09.png" in shown
    assert "10.png" not in shown
    assert "and 15 more not read" in shown


def test_a_report_without_findings_says_so(report):
    assert render(replace(report, findings=()), Format.table).startswith("0 questions for acme")


def test_the_mark_of_an_unsure_label_stands_behind_the_longest_topic(report):
    first, second, *_ = report.findings
    long = replace(first, label=Label("role", 0.3, "expectations", 0.3, unsure=True))
    own = replace(second, label=Label("kit", 0.3, "whatever else one may carry around", 0.3, unsure=True))
    shown = render(replace(report, findings=(long, own)), Format.table)
    assert " expectations? " in shown
    assert " around? " in shown
    assert "…" not in shown


def test_a_narrow_terminal_loses_no_question_and_no_quote(report):
    out = io.StringIO()
    print_table(report, Console(file=out, width=24))
    told = " ".join(out.getvalue().split())
    for finding in report.findings:
        assert finding.question.text in told
        assert f"{finding.verdict} {finding.probability:.0%}" in told
    assert report.findings[0].evidence[0].quote in told
