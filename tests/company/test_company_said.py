import pytest

from askworthy.company.extract.said import Said


@pytest.mark.parametrize("unsure", [True, False])
def test_after_too_much_searching_the_answer_is_the_one_that_does_no_harm(monkeypatch, unsure):
    monkeypatch.setattr("askworthy.company.extract.said.MAX_SEARCHED", 20)
    said = Said("ten words.")
    assert [said.says(words, unsure=unsure) for words in ("ten", "none", "none")] == [True, False, unsure]
