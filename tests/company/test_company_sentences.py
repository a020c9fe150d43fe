import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from askworthy.company.sentences import sentence_spans


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


def test_sentences_are_found_and_figures_do_not_end_them():
    assert sentences(" We work 7.30 to 17.00, e.g. on Mondays.  Pay is £1.5m! ") == [
        "We work 7.30 to 17.00, e.g. on Mondays.",
        "Pay is £1.5m!",
    ]


def test_there_is_none_in_white_space():
    assert sentence_spans("") == sentence_spans(" \n ") == []


def test_a_long_text_is_read_in_pieces_that_lose_nothing():
    text = "We have a plan. " * 80_000  # more than spaCy takes at once
    spans = sentence_spans(text)
    assert len(spans) == 80_000
    assert {text[start:end] for start, end in spans} == {"We have a plan."}


def test_a_hostile_word_takes_seconds_and_not_hours():
    began = time.monotonic()
    text = "(." * 500_000
    assert sentence_spans(text)[-1][1] == len(text)
    assert time.monotonic() - began < 20


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab1 .!?\n\u00a0(“”'-–"), max_size=300))
def test_spans_are_ordered_trimmed_and_cover_every_word(text):
    spans = sentence_spans(text)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(above[1] <= below[0] for above, below in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
