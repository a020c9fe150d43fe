import numpy as np

from askworthy.company import Company
from askworthy.evidence.index import open_index
from askworthy.evidence.judge import JUDGED, Scores
from askworthy.evidence.search import search

ASKED = ["How long is parental leave?", "How many engineers are in each team?", "Is there a canteen?"]


def test_the_passage_that_answers_is_judged_best(company_folder, encoder, judge):
    index = open_index(Company.open(company_folder), encoder)
    found = search(ASKED, index, encoder, judge)
    best = [one.candidates[int(one.logits.argmax())].passage.text for one in found]
    assert "16 weeks" in best[0]
    assert "five engineers" in best[1]


def test_judgements_are_kept_between_runs(company_folder, encoder, judge, tmp_path):
    index = open_index(Company.open(company_folder), encoder)
    first = search(ASKED, index, encoder, judge, scores=Scores(tmp_path, judge.hash))
    before = judge.judged
    second = search(ASKED, index, encoder, judge, scores=Scores(tmp_path, judge.hash))
    assert judge.judged == before > 0
    assert all(np.array_equal(a.logits, b.logits) for a, b in zip(first, second, strict=True))


def test_only_the_first_candidates_are_judged(encoder, judge, tmp_path):
    text = "\n\n".join(f"# Part {n}\n\nParental leave of team {n} lasts {n} weeks." for n in range(JUDGED + 8))
    (tmp_path / "leave.md").write_text(text, encoding="utf-8")
    [found] = search(ASKED[:1], open_index(Company.open(tmp_path), encoder), encoder, judge)
    assert len(found.candidates) > JUDGED
    assert np.isfinite(found.logits).tolist() == [True] * JUDGED + [False] * (len(found.candidates) - JUDGED)


def test_another_judge_has_scores_of_its_own(tmp_path):
    Scores(tmp_path, "one").write({("q", "p"): 1.5})
    assert Scores(tmp_path, "one").read([("q", "p")]) == {("q", "p"): 1.5}
    assert Scores(tmp_path, "two").read([("q", "p")]) == {}


def test_a_damaged_cache_counts_as_none(tmp_path):
    (tmp_path / "judged-one.sqlite").write_bytes(b"no database at all, and longer than a header would be" * 9)
    scores = Scores(tmp_path, "one")
    scores.write({("q", "p"): 1.0})
    assert scores.read([("q", "p")]) == {}
