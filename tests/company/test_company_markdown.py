import pytest

from askworthy.company.extract.markdown import read


def blocks(text):
    page = read(text.encode(), "a.md")
    return [(block.kind, block.level, page.text[block.start : block.end]) for block in page.blocks]


def only(text):
    [(_, _, found)] = blocks(text)
    return found


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ('See [the *plan*](http://a.example "t") and [that][r].\n\n[r]: http://b.example', "See the plan and that."),
        ("![badge](b.svg) **Bold**, _em_, `code` and <b>tag</b>.", "Bold, em, code and tag."),
        ("A <!-- hidden --> fact.", "A fact."),
        (r"5 \* 6 &amp; 7\_8", "5 * 6 & 7_8"),
        ("Noted[^1] here.", "Noted here."),
        ("Hard  \nwrap\nsoft<br>break", "Hard wrap soft break"),
        ("{% hint style='info' %}\nHinted.\n{% endhint %}", "Hinted."),
        ("import Card from './card'\n\nText.", "Text."),
        ("<Card title='x' n={3}>\nInside **it**.\n</Card>", "Inside it."),
        ("<div>\nInside **it** with a [link](x).\n</div>", "Inside it with a link."),
        ("[[Handbook|the book]] says", "the book says"),
        ("x < 5 and y > 3", "x < 5 and y > 3"),
    ],
)
def test_marks_are_no_text(written, read_as):
    assert only(written) == read_as


def test_headings_keep_their_level_and_lose_their_anchor():
    assert blocks("# One {#first}\n\nTwo\n---\n\n### Three ###\n") == [
        ("heading", 1, "One"),
        ("heading", 2, "Two"),
        ("heading", 3, "Three"),
    ]


def test_lists_nest_and_their_wrapped_lines_join():
    text = "- one\n  goes on\n  1. nested\n- [x] done\n\n3. three\n\n   A second paragraph."
    assert blocks(text) == [
        ("item", 0, "one goes on"),
        ("item", 1, "nested"),
        ("item", 0, "done"),
        ("item", 0, "three"),
        ("paragraph", 0, "A second paragraph."),
    ]


def test_rows_carry_the_names_of_their_columns():
    assert blocks("| Level | Pay |\n|---|---|\n| L3 | `50k` |\n| L4 | **60k** |") == [
        ("row", 0, "Level: L3 | Pay: 50k"),
        ("row", 0, "Level: L4 | Pay: 60k"),
    ]


def test_quotes_and_code_are_text():
    assert blocks("> Said.\n\n```yaml\nholiday: 27\n```") == [
        ("paragraph", 0, "Said."),
        ("paragraph", 0, "holiday: 27"),
    ]


def test_a_folded_answer_stands_under_its_question():
    assert blocks("## FAQ\n\n<details><summary>Remote?</summary>\n\nYes, *always*.\n\n</details>") == [
        ("heading", 2, "FAQ"),
        ("heading", 3, "Remote?"),
        ("paragraph", 0, "Yes, always."),
    ]


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: "Time: off"\nurl: https://a.example/t\ndate: 2026-01-02\ntags: [a]\n---\n',
        '+++\ntitle = "Time: off"\nurl = "https://a.example/t"\ndate = 2026-01-02\n+++\n',
    ],
)
def test_front_matter_is_no_text_and_tells_title_address_and_date(front):
    page = read((front + "# Other\n\nText.").encode(), "a.md")
    assert (page.title, page.url, page.fetched_at) == ("Time: off", "https://a.example/t", "2026-01-02")
    assert page.text == "Other\nText."


def test_an_address_that_is_no_web_address_is_left_out():
    assert read(b"---\nurl: javascript:alert(1)\n---\nText.", "a.md").url is None


def test_two_rules_are_no_front_matter():
    assert read(b"---\nA fact of ours.\n---\nText.", "a.md").text.startswith("A fact of ours.")


def test_the_first_heading_is_the_title_when_nothing_else_says_it():
    assert read(b"# Leave\n\nText.", "a.md").title == "Leave"


def test_text_nested_deeper_than_the_parser_goes_is_not_lost():
    assert "kept" in read(b"> " * 500 + b"kept", "a.md").text
