import tracemalloc

import pytest

from askworthy.aspects.labeller import Labeller
from askworthy.aspects.stream import AT_ONCE, labelled
from askworthy.records import Label, Question


class Parrot:
    """A labeller that gives each text its first word for an aspect."""

    def __init__(self):
        self.batches = []

    def label(self, texts, encoder):
        self.batches.append(len(texts))
        return [Label(text.split()[0], 1.0, "topic", 1.0) for text in texts]


def questions(count, drawn=None):
    for n in range(count):
        if drawn is not None:
            drawn.append(n)
        yield Question(f"a{n} question", id=f"q{n}")


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
def test_every_question_comes_out_once_in_its_order(count, encoder):
    rows = list(labelled(questions(count), Parrot(), encoder))
    assert [question.id for question, _ in rows] == [f"q{n}" for n in range(count)]
    assert [label.aspect for _, label in rows] == [f"a{n}" for n in range(count)]


def test_questions_are_drawn_a_batch_at_a_time(encoder):
    drawn, parrot = [], Parrot()
    rows = labelled(questions(10 * AT_ONCE, drawn), parrot, encoder)
    assert drawn == []
    next(rows)
    assert len(drawn) == AT_ONCE
    for _ in range(AT_ONCE):
        next(rows)
    assert len(drawn) == 2 * AT_ONCE
    assert parrot.batches == [AT_ONCE, AT_ONCE]


def test_memory_does_not_grow_with_the_stream(encoder):
    def peak(count):
        tracemalloc.start()
        for _ in labelled(questions(count), Parrot(), encoder):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(12 * AT_ONCE) < 1.5 * peak(3 * AT_ONCE)


def test_an_endless_stream_can_be_left(encoder):
    def endless():
        while True:
            yield Question("who is it")

    rows = labelled(endless(), Parrot(), encoder)
    assert next(rows)[1].aspect == "who"
    rows.close()


def test_a_label_does_not_depend_on_the_batch_it_came_in(fitted):
    texts = ["Who leads the team?", "How large is the bonus?", "x " * 300, ""]
    labeller, encoder = fitted.labeller_, fitted._encoder
    together = [label for _, label in labelled(map(Question, texts), labeller, encoder)]
    alone = [labeller.label([text], encoder)[0] for text in texts]
    assert isinstance(labeller, Labeller)
    for one, other in zip(together, alone, strict=True):
        assert one.aspect == other.aspect
        assert one.aspect_probability == pytest.approx(other.aspect_probability, abs=1e-4)
