"""Only questions that ask the same are folded."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pytest

from askworthy.findings.duplicates import alike_questions
from askworthy.inference.encoder import load_question_encoder
from askworthy.inference.pair_reader import PairReader

SAME_SHARES = {
    "train": 0.441, "dev": 0.5, "test": 0.5, "lists-train": 0.316, "lists-dev": 0.161, "lists-test": 0.108,
}  # fmt: skip
CORPUS = Path(__file__).parents[2] / "corpus" / "duplicates"


@pytest.fixture(scope="module")
def models():
    return load_question_encoder(threads=1), PairReader(threads=1)


def test_other_small_words_make_no_other_question(models):
    asked = ["What is the parental leave policy?", "Where is the canteen?", "what's your parental leave policy"]
    assert alike_questions(asked, *models).same == ((0, 2),)


@pytest.mark.parametrize(
    "pair",
    [
        ("How do leaders give feedback to employees?", "How do employees give feedback to leaders?"),
        ("Who would be my manager?", "Who is my manager's manager?"),
        ("How often are reviews held?", "Who holds the reviews?"),
        ("What do you enjoy most about working here?", "What do you find hardest about working here?"),
        ("What do you like about working here?", "What do you not like about your job?"),
        ("How often are one-to-ones conducted?", "How often do you build and deploy?"),
    ],
)
def test_near_misses_are_kept_apart(models, pair):
    assert alike_questions(pair, *models).same == ()


@pytest.mark.parametrize(
    "pair",
    [
        ("What could I decide without asking anyone?", "What decisions could I take without asking?"),
        ("Why is this position open?", "Why is the job open?"),
        ("What would my working hours be?", "what's my working hours"),
    ],
)
def test_what_asks_the_same_in_a_list_is_folded(models, pair):
    assert alike_questions(pair, *models).same == ((0, 1),)


@pytest.mark.parametrize(
    "pair",
    [
        ("What are the biggest challenges facing the team?", "What challenges does the team currently face?"),
        ("Can I work from home?", "How many days a week may I work from home?"),
    ],
)
def test_what_would_be_answered_nearly_the_same_is_close(models, pair):
    assert alike_questions(pair, *models) == ((), ((0, 1),))


@pytest.mark.parametrize(
    "pair",
    [
        ("What do you like about working here?", "What do you not like about your job?"),
        ("What do you like most about working here?", "What do you like least about working here?"),
        ("What is the best part of the job?", "What is the hardest part of the job?"),
        ("How often are reviews held?", "Is there parking at the office?"),
        ("Who would be my manager?", "How are managers trained?"),
    ],
)
def test_opposites_and_other_matters_are_not_close(models, pair):
    assert alike_questions(pair, *models) == ((), ())


@pytest.mark.parametrize("asked", [[], ["Why?"], ["!" * 9_000, "a " * 9_000]])
def test_nothing_to_compare_folds_nothing(models, asked):
    assert alike_questions(asked, *models).same == ()


class Reading:
    """A reader that finds every pair the same, and tells what it was given."""

    def log_odds(self, pairs):
        self.pairs = list(pairs)
        return np.full((len(self.pairs), 2), 9.0)


def test_of_long_lists_the_nearest_pairs_are_read(models):
    asked, reader = [f"How is pay settled for {n} people?" for n in range(28)], Reading()
    asked += ["Where do the dogs sleep at night?", "Where do dogs sleep at night?"]
    assert len(alike_questions(asked, models[0], reader).same) == len(reader.pairs) == 60
    assert tuple(asked[-2:]) in reader.pairs
    assert not any("pay" in a and "dogs" in b for a, b in reader.pairs)


def test_of_very_long_lists_so_many_are_read_and_no_more(models):
    asked, reader = [f"How is pay settled for {n} people?" for n in range(210)], Reading()
    alike_questions(asked, models[0], reader)
    assert len(reader.pairs) == 400


class Never(Reading):
    """A reader that finds no pair alike."""

    def log_odds(self, pairs):
        return -super().log_odds(pairs)


def test_copies_are_the_same_whatever_the_reader_says_and_however_many_there_are(models):
    asked = ["How is the rota made?", "how  is the rota made", "Where do the dogs sleep?", "How is the rota made ?"]
    assert alike_questions(asked, models[0], Never()) == (((0, 1), (0, 3)), ())
    lists = [f"How is pay settled for {n} people?" for n in range(10)] * 60
    assert len(alike_questions(lists, models[0], Never()).same) == 590


def test_what_is_like_a_question_is_like_its_copies(models):
    asked = ["Who sets the pay?", "Who sets the pay?", "Who settles the pay?", "who settles the pay?"]
    assert alike_questions(asked, models[0], Reading()).same == ((0, 1), (0, 2), (0, 3), (1, 2), (2, 3))
    assert alike_questions(asked, models[0], Reading(), known=1).same == ((0, 1), (0, 2), (0, 3))
    assert alike_questions(asked, models[0], Never(), known=2).same == ()


def test_known_questions_are_compared_with_the_others_alone(models):
    asked = ["Who sets the pay?", "Who settles the pay?", "Who decides on pay?", "Who makes up the pay?"]
    assert alike_questions(asked, models[0], Reading(), known=2).same == ((0, 2), (0, 3), (1, 2), (1, 3))


def test_the_pairs_are_what_their_card_says():
    card = (CORPUS / "CARD.md").read_text(encoding="utf-8")
    for split, share in SAME_SHARES.items():
        data = (CORPUS / f"{split}.jsonl").read_bytes()
        assert (
            re.search(rf"[ {{]{split}.jsonl: {{rows: \d+, sha256: (\w+)}}", card)[1] == hashlib.sha256(data).hexdigest()
        )
        same = [json.loads(line)["same"] for line in data.splitlines()]
        assert sum(same) / len(same) == pytest.approx(share, abs=1e-3)


def test_no_question_of_a_list_stands_in_two_splits():
    asked = []
    for split in ("train", "dev", "test"):
        lines = (CORPUS / f"lists-{split}.jsonl").read_text(encoding="utf-8").splitlines()
        asked.append({json.loads(line)[side] for line in lines for side in ("first", "second")})
    train, dev, test = asked
    assert not train & dev and not train & test and not dev & test
