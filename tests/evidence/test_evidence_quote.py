import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from askworthy.evidence.quote import MAX_SENTENCES, quotes
from askworthy.records import Page, Passage


def sentences(text):
    return [(m.start(), m.end()) for m in re.finditer(r"[^.\s][^.]*\.?", text)]


def passage(text, heading=""):
    page = Page("a.md", f"Before. {text} After.", ())
    return Passage(page, 8, 8 + len(text), heading)


def test_the_sentence_with_the_answer_is_quoted_and_no_more():
    one = passage("We like dogs. Leave is 16 weeks. Apply early.")
    score = lambda pairs: np.array([1.0 if "16 weeks" in text else 0.0 for _, text in pairs])
    [(start, end)] = quotes([("How long is leave?", one)], sentences, score)
    assert one.page.text[start:end] == "Leave is 16 weeks."


def test_an_answer_in_two_sentences_is_quoted_whole():
    one = passage("Leave is paid. It is 16 weeks. Apply early.")
    score = lambda pairs: np.array([("paid" in text) + ("16" in text) + 0.0 for _, text in pairs])
    [(start, end)] = quotes([("How long is leave, paid?", one)], sentences, score)
    assert one.page.text[start:end] == "Leave is paid. It is 16 weeks."


def test_a_quote_does_not_end_with_the_question_that_comes_next():
    asked = lambda text: [(m.start(), m.end()) for m in re.finditer(r"[^.?\s][^.?]*[.?]?", text)]
    longest = lambda pairs: np.array([float(len(text)) for _, text in pairs])
    one = passage("Leave is paid. It is 16 weeks.\nIs there a canteen?")
    [(start, end)] = quotes([("How long is leave?", one)], asked, longest)
    assert one.page.text[start:end] == "Leave is paid. It is 16 weeks."
    one = passage("We ask three things. What went well? What did not?")
    [(start, end)] = quotes([("What is asked?", one)], asked, longest)
    assert one.page.text[start:end] == one.text


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab. \n", min_size=1, max_size=60))
def test_a_quote_lies_inside_its_passage(text):
    one = passage(text)
    [(start, end)] = quotes([("q", one)], sentences, lambda pairs: np.arange(len(pairs), dtype=float))
    assert one.start <= start < end <= one.end
    assert len(sentences(one.page.text[start:end].replace("\n", ". "))) <= MAX_SENTENCES + 2
