import io
import json
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askworthy.errors import BadQuestions
from askworthy.questions.numbering import numbered
from askworthy.questions.reading import iter_questions, parse_questions, read_questions
from askworthy.records import Question


def texts(data, name):
    return [question.text for question in parse_questions(data, name)]


def with_headings(data, name):
    return [(question.text, question.heading) for question in parse_questions(data, name)]


def refusal(data, name):
    with pytest.raises(BadQuestions) as caught:
        parse_questions(data, name)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 700
    return message


# plain text


def test_plain_text_has_one_question_a_line():
    data = b"# for Monday\n\n1. Who locks up?\n- How late?\n  * Tea?\n-----\nQ4: Where do I park?\n[ ] Is it warm?\n"
    assert texts(data, "list.txt") == [
        "Who locks up?",
        "How late?",
        "Tea?",
        "Where do I park?",
        "Is it warm?",
    ]


def test_numbers_that_belong_to_the_question_stay():
    assert texts(b"3D printers: who mends them?\n2.5 days of leave a month?\n", "a.txt") == [
        "3D printers: who mends them?",
        "2.5 days of leave a month?",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_line_end_and_byte_order_mark_is_read(end, encoding):
    data = end.join(["Wer führt das Team?", "Où est l’atelier ?", ""]).encode(encoding)
    assert texts(data, "a.txt") == ["Wer führt das Team?", "Où est l’atelier ?"]


def test_an_unknown_suffix_is_plain_text():
    assert texts(b"Who sharpens the knives?", "notes.questions") == ["Who sharpens the knives?"]


def test_bullets_that_are_pasted_and_numbers_of_other_kinds_are_dropped():
    marks = ["●", "☐", "\uf0b7", "B)", "(ii)", "#1", "#2."]
    data = "".join(f"{mark} Who leads?\n" for mark in marks) + "#pay\n"
    assert texts(data.encode(), "a.txt") == ["Who leads?"] * len(marks)


def test_control_characters_do_not_get_through():
    assert texts(b"Who \x1b[31mpaints\x07 it?", "a.txt") == ["Who [31mpaints it?"]


# markdown

MARKDOWN = b"""---
title: Friday
- not: this?
---
# The crew
<!-- - nor this? -->
Some words before.

- [ ] **Who** trains the *apprentices*?
  1. Does [the union](https://example.org) `help`?
- How far do crews
  drive in a day?

```
- nor code?
```
Money
-----
* Is snake_case or 5 * 3 kept?
* * *
1) About leave:
   - How many days?
"""


def test_markdown_items_are_questions_and_headings_hints():
    assert with_headings(MARKDOWN, "a.md") == [
        ("Who trains the apprentices?", "The crew"),
        ("Does the union help?", "The crew"),
        ("How far do crews drive in a day?", "The crew"),
        ("Is snake_case or 5 * 3 kept?", "Money"),
        ("How many days?", "About leave"),
    ]


def test_markdown_without_items_gives_the_lines_that_ask():
    data = b"# Shop\nThings to raise.\nWhat is\nthe rota?\n\nI like bread.\n\n**Who opens?**\n"
    assert with_headings(data, "a.md") == [("What is the rota?", "Shop"), ("Who opens?", "Shop")]


def test_markdown_lines_that_ask_are_read_beside_items():
    data = (
        b"# Pay\n\nWhat is\nthe pay?\nHow often is it reviewed?\n\n"
        b"# Team\n- Who is new?\n- Leave:\n  - How long?\n\n(Is it fun?)\n"
    )
    assert with_headings(data, "a.md") == [
        ("What is the pay?", "Pay"),
        ("How often is it reviewed?", "Pay"),
        ("Who is new?", "Team"),
        ("How long?", "Leave"),
        ("(Is it fun?)", "Team"),
    ]


def test_a_markdown_heading_that_asks_is_a_question_where_nothing_below_it_is():
    data = b"# Pay\n## Is it good?\nThey said so.\n## Who decides?\n- Since when?\n# Any more?\n## Is there a dog?\n"
    assert with_headings(data, "a.md") == [
        ("Is it good?", "Pay"),
        ("Since when?", "Who decides?"),
        ("Is there a dog?", "Any more?"),
    ]


def test_headings_that_all_ask_are_all_questions():
    found = parse_questions(b"Who cooks?\n---\nI know.\n\nWho eats?\n---\n", "a.md")
    assert [(one.text, one.heading) for one in found] == [("Who cooks?", None), ("Who eats?", None)]


def test_bold_and_linked_questions_lose_their_marks():
    assert texts(b"- **Who bakes?**\n- [Who sells?](a.html)\n\n[Who *eats*?](b.html)\n", "a.md") == [
        "Who bakes?",
        "Who sells?",
        "Who eats?",
    ]


def test_a_markdown_table_gives_the_cells_that_ask():
    data = (
        b"# Pay\n| No | Question |\n|---|:-:|\n| 1 | Who *sets* it? |\n| 2 | What \\| when? |\n\n"
        b"Question | Whom\n--- | ---\nWho leads?! | Ann\n\nOne | or two?\n"
    )
    assert with_headings(data, "a.md") == [
        ("Who sets it?", "Pay"),
        ("What | when?", "Pay"),
        ("Who leads?!", "Pay"),
        ("One | or two?", "Pay"),
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            "1. What is paid?\n   a) How often?\n   b) By whom?\n2. Who leads?\n",
            "What is paid? How often? By whom? Who leads?",
        ),
        ("• Who?\n◦ What?\n– When?\n\n– Tell me of pay\n", "Who? What? When? Tell me of pay"),
        ("(1) Who?\n(2) Tell me of pay\n", "Who? Tell me of pay"),
        ("- Who pays [here][1]?\n[1]: https://example.org/?\n", "Who pays here?"),
    ],
)
def test_items_of_other_editors_are_items_of_markdown_too(data, expected):
    assert " ".join(texts(data.encode(), "a.md")) == expected
    assert len(texts(data.encode(), "a.md")) == expected.count("?") + expected.count("of pay")


@pytest.mark.parametrize(
    "asked", ["Who leads?!", "Who leads ?", "Who leads? :)", "Who leads? 🙂", "誰ですか？", "من يقود؟"]
)
def test_a_line_that_ends_in_marks_behind_its_question_mark_asks(asked):
    assert texts(f"Some words.\n\n{asked}\n\n## {asked}\n".encode(), "a.md") == [asked, asked]
    assert texts(f"<p>{asked}</p><table><tr><td>So, {asked}".encode(), "a.html") == [asked, f"So, {asked}"]


@pytest.mark.parametrize("broken", ["Who leads?<br>Who pays?", "Who leads?<BR/>Who pays?", "Who leads?\\\nWho pays?"])
def test_what_breaks_a_line_of_markdown_parts_its_words(broken):
    assert texts(f"{broken}\n".encode(), "a.md") == ["Who leads?", "Who pays?"]
    assert texts(f"- {broken}\n".encode(), "a.md") == ["Who leads? Who pays?"]


def test_characters_that_are_spelled_out_are_read():
    assert texts(b"- Who leads R&amp;D &#8211; AT&T?\n", "a.md") == ["Who leads R&D \u2013 AT&T?"]


def test_three_backticks_around_words_of_a_line_hide_nothing():
    assert texts(b"```make``` is run.\n\n- Who?\n", "a.md") == ["Who?"]


def test_a_fence_that_never_ends_hides_the_rest():
    assert texts(b"- Who?\n```\n- What?\n", "a.md") == ["Who?"]


# web pages

PAGE = b"""<!doctype html>
<title>Is this a title?</title>
<style>li { color: red }</style>
<h1>Pay</h1>
<p>Some words.
<ul>
  <li>What is the <b>base &amp; bonus</b>?
  <li>About leave:<ul><li>Tell me of the<br>holidays.</ul>
</ul>
<p>Before we end:<br>1. Is it a union shop?<br/>2. Who takes<BR>minutes?</p>
<h2>Who is the boss?</h2>
<h2>Team</h2>
<table><tr><td>Size</td><td>9</td></tr></table>
"""


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml"])
def test_a_page_gives_its_items_and_the_lines_that_ask(name):
    assert [(one.text, one.heading) for one in parse_questions(PAGE, name)] == [
        ("What is the base & bonus?", "Pay"),
        ("Tell me of the holidays.", "About leave"),
        ("Is it a union shop?", "Pay"),
        ("Who takes minutes?", "Pay"),
        ("Who is the boss?", "Pay"),
    ]


def test_questions_in_a_table_of_a_page_are_no_silent_loss():
    page = b"<ol><li>Who leads?</ol><table><tr><th>No<th>Question<tr><td>1<td>Who drives?<tr><td>tbc?<td>yes</table>"
    assert texts(page, "a.html") == ["Who leads?", "Who drives?"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # prose that ends in a question is no reason to refuse the list, or to take all of it
        (f"- Who leads?\n\n{'We talk of it at length and so on. ' * 70}Ready?\n", ["Who leads?", "Ready?"]),
        (f"- Who leads?\n\n{'We talk of it at length, ' * 99}ready?\n", ["Who leads?"]),
        # what stands below a heading that asks are notes on it
        ("## Who leads?\n\n### Why ask?\n\nBecause.\n", ["Why ask?", "Who leads?"]),
        ("## Who leads?\n\nIt names a person. Who is led?\n", ["It names a person. Who is led?", "Who leads?"]),
        ("## Who leads?\n- listen for a name\n", ["Who leads?"]),
        # unless these ask
        ("## What about pay?\n- Who sets it?\n- bonus\n", ["Who sets it?", "bonus"]),
        ("# What should I ask?\n\n## 1. Who leads?\n\nNames.\n\n## 2. Who pays?\n", ["Who leads?", "Who pays?"]),
    ],
)
def test_headings_and_prose_that_ask(data, expected):
    assert texts(data.encode(), "a.md") == expected


# tables


def test_a_table_keeps_ids_headings_and_the_other_columns():
    data = b'ID,Note,Question,Heading\r\n17,"a ""b""","What,\r\nif any, is paid?",Pay\r\n,,Who pays it?,\r\n,,,\r\n'
    assert parse_questions(data, "a.csv") == [
        Question("What, if any, is paid?", "17", "Pay", {"Note": 'a "b"'}),
        Question("Who pays it?", "q2", None, {"Note": ""}),
    ]


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t")])
def test_the_delimiter_is_seen_in_the_header(name, mark):
    found = parse_questions(f"id{mark}QUESTION\n1{mark}Who drives?\n".encode(), name)
    assert found == [Question("Who drives?", "1")]


def test_a_table_without_the_column_names_those_there():
    message = refusal(b"Frage,Thema\na,b\n", "a.csv")
    assert "'Frage'" in message
    assert "'Thema'" in message
    assert "'question'" in message


def test_an_unquoted_comma_is_pointed_at():
    assert "line 3" in refusal(b"id,question\n1,Who?\n2,What, if any?\n", "a.csv")
    assert "line 5" in refusal(b"\n\nid,question\n1,Who?\n2,What, if any?\n", "a.csv")


def test_a_quote_that_never_ends_is_one_clear_error():
    assert "line 2" in refusal(b'question\n"Who is' + b"\nx" * 100_000, "a.csv")


@pytest.mark.parametrize(
    "rows",
    [
        b'"What is pay?,a\nHow is leave?,b\nWho is my boss?,c\n',
        b'"What is pay?,a\n"How is leave?",b\n',
        b'"Culture fit" what is it?,a\n',
    ],
)
def test_a_stray_quote_swallows_neither_rows_nor_itself(rows):
    message = refusal(b"question,note\n" + rows, "a.csv")
    assert "line 2" in message
    assert "double quote that is never closed" in message


def test_quotes_inside_of_a_bare_field_stay():
    assert texts(b'question\nWhat is a "good" day?\n', "a.csv") == ['What is a "good" day?']


@pytest.mark.parametrize("header", [b"question,Note,Note", b"question,QUESTION,a", b"ID,id,question"])
def test_two_columns_of_one_name_are_refused(header):
    assert "2 columns" in refusal(header + b"\na,b,c\n", "a.csv")


def test_columns_without_a_name_may_be_many():
    assert parse_questions(b",question,,note\n1,Who?,,x\n", "a.csv") == [Question("Who?", "q1", None, {"note": "x"})]


# JSON


def test_json_takes_strings_and_objects():
    data = json.dumps(
        [
            "Who cooks?",
            {"text": "What is cooked?", "id": 7, "heading": "Kitchen", "hot": True, "n": 2, "z": None, "l": ["\u00e9"]},
        ]
    )
    expected = [
        Question("Who cooks?", "q1"),
        Question("What is cooked?", "7", "Kitchen", {"hot": "true", "n": "2", "z": "", "l": '["\u00e9"]'}),
    ]
    assert parse_questions(data.encode(), "a.json") == expected
    assert parse_questions(f'{{"questions": {data}}}'.encode(), "a.json") == expected


def test_json_lines_take_strings_and_objects():
    data = b'"Who cooks?"\n\n{"question": "What?", "id": "x", "week": "3"}\n'
    assert parse_questions(data, "a.jsonl") == [
        Question("Who cooks?", "q1"),
        Question("What?", "x", None, {"week": "3"}),
    ]


def test_half_a_character_becomes_one_that_can_be_written():
    [question] = parse_questions(b'["\\ud83d who?"]', "a.json")
    question.text.encode()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b'["a",\n "b"\n "c"]', "a.json", "line 3"),
        (b'{"question": "a"}\n{"question": \n', "a.jsonl", "line 2"),
        (b'{"ask": ["a"]}', "a.json", "an object"),
        (b'[["a"]]', "a.json", "item 1"),
        (b'[{"id": 1}]', "a.json", "item 1"),
        (b'[{"question": "a", "id": [1]}]', "a.json", "a list"),
        (b'[{"question": "a", "heading": ["b"]}]', "a.json", "a list"),
        (b"[" * 100_000, "a.json", "too deeply"),
        (b"[" + b"9" * 5_000 + b"]", "a.json", "too long"),
        (b"", "a.txt", "no question"),
        (b"\n# only a note\n", "a.txt", "no question"),
        (b"# Only a heading\n", "a.md", "no question"),
        (b"", "a.csv", "no question"),
        (b"question\n", "a.csv", "no question"),
        (b"  ", "a.json", "no question"),
        (b"[]", "a.json", "no question"),
        (b"%PDF-1.7 ...", "a.txt", "PDF"),
        (b"PK\x03\x04....", "a.md", "Office"),
        (b"{\\rtf1\\ansi Who?}", "a.txt", "an RTF file"),
        (b"Who?", "a.RTF", "an RTF file"),
        (b"- Who?", "a.yaml", "a YAML file"),
        (b"- Who?", "a.yml", "a YAML file"),
        (b"<q>Who?</q>", "a.xml", "an XML file"),
        (b"<p>Only words.</p>", "a.html", "no question"),
        (b"<li>" + b"x" * 3_000, "a.html", "block 1"),
        (b"Who\x00\x01\x02?", "a.txt", "binary"),
        ("Wer führt?".encode("latin-1"), "a.txt", "byte 5"),
        (b"a\n" * 50_000 + b"\xff", "a.txt", "byte 100000"),
        (b"Who?\n" + b"why " * 600, "a.txt", "line 2"),
        (b"x" * 10_000_000, "a.txt", "line 1"),
        (b"- " + b"x" * 10_000_000, "a.md", "line 1"),
        (b"question\n" + b"x" * 10_000_000, "a.csv", "line 2"),
        (b'"' + b"x" * 10_000_000 + b'"', "a.jsonl", "line 1"),
        (b'["' + b"x" * 3_000 + b'"]', "a.json", "item 1"),
    ],
)
def test_what_cannot_be_read_is_named(data, name, said):
    assert said in refusal(data, name)


def test_a_file_over_the_limit_is_refused():
    assert "50 MB" in refusal(b" " * 50_000_001, "a.json")


# files, standard input and ids


def test_ids_run_over_all_lists_and_given_ones_are_kept(tmp_path):
    (tmp_path / "a.txt").write_text("Who?\nWhat?\n")
    (tmp_path / "b.jsonl").write_text('{"question": "Why?", "id": "q1"}\n"How?"\n')
    found = read_questions([tmp_path / "a.txt", str(tmp_path / "b.jsonl")])
    assert [one.id for one in found] == ["q1_", "q2", "q1", "q4"]


def test_an_id_given_twice_is_named(tmp_path):
    (tmp_path / "a.csv").write_text("id,question\nk9,Who?\n")
    with pytest.raises(BadQuestions, match="'k9'"):
        read_questions([tmp_path / "a.csv", tmp_path / "a.csv"])


def test_streaming_gives_the_same_questions(tmp_path):
    (tmp_path / "a.csv").write_text("id,question\n,Who?\nx,What?\nq3_,Why?\nq4,How?\n,When?\n")
    assert list(iter_questions([tmp_path / "a.csv"])) == read_questions([tmp_path / "a.csv"])


def test_streaming_refuses_an_id_it_has_already_given_away(tmp_path):
    (tmp_path / "a.csv").write_text("id,question\n,Who?\nq1,What?\n")
    with pytest.raises(BadQuestions, match="'q1'"):
        list(iter_questions([tmp_path / "a.csv"]))


def test_streaming_yields_before_it_has_read_to_the_end(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Who?\n" * 200_000 + b"\xff")
    assert next(iter_questions([tmp_path / "a.txt"])).text == "Who?"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!-- saved -->\n<section><ul><li>Who?</li></ul></section>", ["Who?"]),
        (b"Question\nWho leads, and why?\nWhat?\n", ["Question", "Who leads, and why?", "What?"]),
        (b"question\nWho leads?\nWhat?\n", ["Who leads?", "What?"]),
        (b"Who?\nWhat?\n", ["Who?", "What?"]),
        (b"[x] Who?\n[Pay] How much?\n", ["Who?", "[Pay] How much?"]),
        (b'["Who?",\n"What?"]', ["Who?", "What?"]),
        (b'{"question": "Who?"}\n{"question": "What?"}\n', ["Who?", "What?"]),
        (b'{"questions": ["Who?"]}', ["Who?"]),
        (b'{\n "questions": ["Who?"]\n}', ["Who?"]),
        (b'{"questions": [\n "Who?"\n]}', ["Who?"]),
        (b"id,question\n1,Who?\n", ["Who?"]),
        (b"\nQuestion;Note\r\nWho?;\r\n", ["Who?"]),
        (b"note\tquestion\n\tWho, if any?\n", ["Who, if any?"]),
        (b"Question, what is pay?\nWho?\n", ["Question, what is pay?", "Who?"]),
        (b"\n<!DOCTYPE html><li>Who?", ["Who?"]),
        (b'<?xml version="1.0"?>\n<html><p>Who?</p></html>', ["Who?"]),
        (b"<ul>\n<li>Who?</li>\n</ul>", ["Who?"]),
    ],
)
def test_standard_input_is_guessed(monkeypatch, data, expected):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert [one.text for one in read_questions(["-"])] == expected


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{\\rtf1 Who?}", "an RTF file"),
        (b'<?xml version="1.0"?><q>Who?</q>', "an XML file"),
        (b'{"question": "Who?"\n', "line 2"),
        (b'{"question":\n "Who?"}', "expected a list of questions"),
    ],
)
def test_standard_input_that_is_no_list_is_named(monkeypatch, data, said):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    with pytest.raises(BadQuestions, match=said):
        read_questions(["-"])


def test_what_is_no_file_is_named(tmp_path):
    for path, said in [(tmp_path, "folder"), (tmp_path / "no.txt", "does not exist"), ("a\0b", "cannot be opened")]:
        with pytest.raises(BadQuestions, match=said):
            read_questions([path])
    with pytest.raises(BadQuestions) as caught:
        read_questions([tmp_path / "no\n\udcffsuch"])
    assert str(caught.value).encode().count(b"\n") == 0
    with pytest.raises(BadQuestions, match="no question list"):
        read_questions([])


def test_numbering_steps_aside_for_given_ids():
    assert [one.id for one in numbered(["Who?", Question("What?", "q1"), "Why?"])] == ["q1_", "q1", "q3"]


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ("Who?", "one text, expected several; put it into a list"),
        (["Who?", ""], "question 2 of 2 is empty"),
        ([Question(" \n", "a"), "Who?"], "question 1 of 2 is empty"),
    ],
)
def test_what_is_no_question_gets_no_number(questions, said):
    with pytest.raises(BadQuestions, match=said):
        numbered(questions)


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "csv", "tsv", "json", "jsonl"])
def test_nothing_but_bad_questions_comes_out_of_any_bytes(suffix):
    marks = '-␣|#␣|```|<!--|-->|"|,|\t|question|[|]|{|}|:|a?|\n|\r|\0|é|1|**|_|id|\\ud800|##|?|<li>|<br>|<h2>'.replace(
        "␣", " "
    ).split("|")
    lines = st.lists(st.sampled_from(marks))

    @settings(max_examples=60, deadline=None)
    @given(st.one_of(st.binary(max_size=200), lines.map(lambda parts: "".join(parts).encode())))
    def read(data):
        try:
            found = parse_questions(data, f"a.{suffix}")
        except BadQuestions:
            return
        assert found
        assert len({one.id for one in found}) == len(found)
        for one in found:
            assert one.text == one.text.strip() != ""
            one.text.encode()

    read()
