import time

import pytest

from askworthy.company.extract.html import read
from askworthy.company.extract.html_table import TableText


def page(markup):
    return read(markup.encode(), "a.html")


def blocks(markup):
    found = page(markup)
    return [(block.kind, block.level, found.text[block.start : block.end]) for block in found.blocks]


FURNITURE = """<body><a class="skip" href="#main">Skip to content</a>
<div class="cookie-bar" role="dialog"><p>We use cookies to see which pages help.</p><button>Accept</button></div>
<header><nav><ul><li><a href="/">Home</a></li></ul></nav><form role="search"><button>Search</button></form></header>
<nav class="breadcrumb"><a href="/">Start</a></nav>
<main><h1>Benefits</h1><p>You get 27 days. <a href="/more">Read more</a></p></main>
<aside><ul><li><a href="/jobs">All open jobs</a></li></ul></aside>
<footer><p>© Acme</p></footer><script>track()</script><style>p{}</style></body>"""


def test_the_sites_furniture_is_left_out_and_the_text_is_kept():
    assert blocks(FURNITURE) == [("heading", 1, "Benefits"), ("paragraph", 0, "You get 27 days. Read more")]


@pytest.mark.parametrize(
    "accordion",
    [
        '<h3><button aria-expanded="false" aria-controls="p">Parental leave?</button></h3>'
        '<div id="p" class="panel" hidden><p>22 weeks at full pay.</p></div>',
        '<button class="accordion">Parental leave?</button><div style="display:none">22 weeks at full pay.</div>',
        "<details><summary>Parental leave?</summary>22 weeks at full pay.</details>",
        "<dl><dt>Parental leave?</dt><dd>22 weeks at full pay.</dd></dl>",
        '<div role="button" aria-expanded="false">Parental leave?</div><div hidden>22 weeks at full pay.</div>',
    ],
)
def test_a_folded_answer_stands_under_its_question(accordion):
    found = blocks(f"<main><h2>Questions</h2><div class='faq-question-list'>{accordion}</div></main>")
    assert [(kind.replace("item", "paragraph"), text) for kind, _, text in found] == [
        ("heading", "Questions"),
        ("heading", "Parental leave?"),
        ("paragraph", "22 weeks at full pay."),
    ]
    assert found[1][1] == 3


def test_comments_and_processing_instructions_say_nothing():
    table = "<table><!-- x --><tr><td>1</table>"
    found = blocks(f"<main><!-- TODO --><p>You get <!-- more -->27 days.</p><?php echo 1 ?>{table}</main>")
    assert [text for _, _, text in found] == ["You get 27 days.", "1"]


def test_lists_nest_and_definitions_join_their_term():
    markup = "<ul><li>One<ul><li>Sub</li></ul></li><li><p>Two</p></li></ul><dl><dt>Pension<dd>6 %</dl>"
    assert blocks(markup) == [("item", 0, "One"), ("item", 1, "Sub"), ("item", 0, "Two"), ("item", 0, "Pension: 6 %")]


def test_rows_carry_the_names_of_their_columns_and_cells_that_reach_over_rows():
    markup = """<table><caption>Pay</caption><thead><tr><th>Grade<th>Site<th>Pay</thead>
    <tr><th rowspan=2>A<td>Bergen<td>50k<tr><td>Oslo<td>60k</table>"""
    assert blocks(markup) == [
        ("paragraph", 0, "Pay"),
        ("row", 0, "Grade: A | Site: Bergen | Pay: 50k"),
        ("row", 0, "Grade: A | Site: Oslo | Pay: 60k"),
    ]


def test_a_cell_that_reaches_over_rows_and_columns_leaves_the_others_in_theirs():
    markup = """<table><tr><th>Level<th>Base<th>Bonus<th>Days
    <tr><td rowspan=2 colspan=2>Junior and mid<td>5%<td>25<tr><td>7%<td>28<tr><td>Lead<td>60k<td>9%<td>30</table>"""
    assert blocks(markup) == [
        ("row", 0, "Level: Junior and mid | Bonus: 5% | Days: 25"),
        ("row", 0, "Level: Junior and mid | Bonus: 7% | Days: 28"),
        ("row", 0, "Level: Lead | Base: 60k | Bonus: 9% | Days: 30"),
    ]


def test_cells_that_reach_far_do_not_make_rows_grow_without_end():
    class Wide:
        def getattr(self, name):
            return "50"

    table = TableText()
    for _ in range(100):
        table.enter(Wide(), "tr", [])
        table.enter(Wide(), "td", [])()
    assert max(map(len, table.rows)) < 200


def test_a_table_that_lays_out_a_page_is_no_table():
    assert blocks("<table><tr><td><h2>Leave</h2><p>27 days.</p></td><td>Aside</td></tr></table>") == [
        ("heading", 2, "Leave"),
        ("paragraph", 0, "27 days."),
        ("paragraph", 0, "Aside"),
    ]


def test_words_that_stand_apart_on_the_screen_do_not_run_together():
    assert blocks("<div><span>Salary</span><span>£50,000</span></div>") == [("paragraph", 0, "Salary £50,000")]
    assert blocks("<p><b>B</b>old H<sub>2</sub>O</p>") == [("paragraph", 0, "Bold H2O")]
    assert blocks("One<br>line<br><br>Two") == [("paragraph", 0, "One line"), ("paragraph", 0, "Two")]


def test_small_headings_with_nothing_under_them_are_a_list():
    assert blocks("<h2>Perks</h2><h3>Free lunch</h3><h3>Dogs</h3><h2>Next</h2><p>x</p>")[1:3] == [
        ("item", 0, "Free lunch"),
        ("item", 0, "Dogs"),
    ]


def test_text_outside_main_is_kept_unless_it_is_only_links():
    text = page(
        "<main><p>Text.</p></main><div>Salary: 50k</div><div class=menu><ul><li><a href=/>Imprint</a></ul></div>"
    ).text
    assert text == "Text.\nSalary: 50k"


def test_a_menu_without_its_end_tag_does_not_swallow_the_page():
    assert "27 days" in page("<nav><a href=/>Home</a><main><h1>Leave</h1><p>27 days.</p></main>").text
    assert "27 days" in page("<footer><article><p>27 days.</p></article></footer>").text


def test_a_form_around_the_whole_page_is_no_reason_to_drop_it():
    assert page("<form><h1>Leave</h1><p>27 days.</p><label>Email</label><input></form>").text == "Leave\n27 days."


def test_title_and_address_come_from_the_head():
    found = page(
        "<head><title>Leave | Acme</title><link rel=canonical href='https://a.example/leave'></head><h1>Leave</h1>"
    )
    assert (found.title, found.url) == ("Leave | Acme", "https://a.example/leave")
    assert page("<meta property='og:title' content='Leave'><p>x").title == "Leave"
    assert page("<h1>Leave</h1>").title == "Leave"


def test_an_address_that_is_no_web_address_is_left_out():
    assert page("<link rel=canonical href='javascript:alert(1)'><p>x").url is None


@pytest.mark.parametrize(
    "opening",
    [
        "<div>",
        "<ul><li>",
        "<table><tr><td>",
        "<b>",
        "<nav>",
        "<details><summary>q",
        "<dl><dt>q<dd>",
        "<h2>",
        "<a href=#>",
    ],
)
def test_nesting_ten_thousand_deep_neither_crashes_nor_hangs(opening):
    began = time.monotonic()
    assert "kept" in page(f"{opening * 10_000}<h1>kept</h1>").text
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "page",
    [
        "<nav>" * 60_000 + "x<h1>t</h1>",
        "<div class=cookie>" * 60_000 + "x" * 3_001,
        "<p>" + "many words of text. " * 120_000 + "".join(f"<p><a href=/{n}>zq{n}</a>" for n in range(60_000)),
    ],
    ids=["menus in menus", "banners in banners", "links outside of the main text"],
)
def test_what_a_page_is_asked_for_again_and_again_takes_seconds(page, monkeypatch):
    monkeypatch.setattr("askworthy.company.extract.said.MAX_SEARCHED", 10_000_000)
    began = time.monotonic()
    assert read(page.encode(), "a.html").text
    assert time.monotonic() - began < 30  # minutes, if the whole page were looked at each time
