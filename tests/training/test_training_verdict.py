import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askworthy.company import Company
from askworthy.errors import AskworthyError, BadCorpus
from askworthy.evidence.index import open_index
from askworthy.evidence.retrieve import Candidate
from askworthy.evidence.search import Searched, search
from askworthy.findings.usual import Usual
from askworthy.findings.verdict import VerdictModel
from askworthy.records import Form, Page, Passage
from askworthy.training.usual import Elsewhere
from askworthy.training.verdict import (
    FALSE_FLAG_SHARES,
    NEVER,
    Judged,
    cut_off,
    fit_verdict,
    platt,
    read_judged,
    train_verdict,
)

PROBABILITIES = st.lists(st.floats(0, 1), max_size=60).map(np.array)
SHARES = st.sampled_from([0.0, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0])


@given(PROBABILITIES, SHARES)
def test_fewer_than_k_of_the_known_open_questions_reach_the_cut_off(probabilities, share):
    n = len(probabilities)
    k = min(n, int(share * (n + 1)))
    reached = int((probabilities >= cut_off(probabilities, share)).sum())
    if k:  # with the new question, which may be any of the n + 1, they are at most k
        assert reached < k
    else:
        assert cut_off(probabilities, share) == NEVER


@given(PROBABILITIES, SHARES)
def test_the_cut_off_lies_just_above_an_open_question(probabilities, share):
    at = cut_off(probabilities, share)
    assert at == NEVER or np.nextafter(at, -1.0) in probabilities


@given(PROBABILITIES)
def test_a_stricter_share_is_a_higher_cut_off(probabilities):
    at = [cut_off(probabilities, share) for share in (0.01, 0.05, 0.2, 1.0)]
    assert all(higher >= lower for higher, lower in pairwise(at))


@given(st.permutations(range(25)), SHARES)
def test_the_order_of_the_questions_does_not_matter(order, share):
    probabilities = np.linspace(0, 1, 25) ** 2
    assert cut_off(probabilities[order], share) == cut_off(probabilities, share)


@pytest.mark.parametrize(("n", "promised"), [(0, False), (18, False), (19, True)])
def test_too_few_open_questions_promise_nothing(n, promised):
    assert (cut_off(np.linspace(0.1, 0.5, n), 0.05) < 1.0) is promised


@pytest.mark.parametrize("share", FALSE_FLAG_SHARES)
@pytest.mark.parametrize("ties", [False, True])
def test_of_new_open_questions_no_more_than_the_share_is_flagged(share, ties):
    rng = np.random.default_rng(0)
    flagged = []
    for _ in range(200):
        pool = rng.beta(0.6, 3.0, 470)
        if ties:
            pool = pool.round(1)
        known, new = pool[:130], pool[130:]
        flagged.append((new >= cut_off(known, share)).mean())
    assert np.mean(flagged) <= share
    if not ties:  # and the promise is not kept by flagging nothing
        assert np.mean(flagged) > 0.6 * share - 0.002


@settings(deadline=None, max_examples=30)  # the first one imports scikit-learn
@given(st.floats(0.2, 5.0), st.floats(-2.0, 2.0))
def test_platts_line_undoes_what_was_done_to_the_log_odds(slope, offset):
    true = np.linspace(-3, 3, 301)
    probabilities = 1 / (1 + np.exp(-true))
    found = platt((true - offset) / slope, probabilities)
    assert found == pytest.approx((slope, offset), abs=0.15)


def test_platts_line_never_turns_the_order_round():
    slope, _ = platt(np.array([3.0, 2.0, -2.0, -3.0]), np.array([0.0, 0.0, 1.0, 1.0]))
    assert slope > 0


# Fitting, on made-up searches: the cosine of the first of three candidates tells what the label is.

VECTOR = np.array([1.0, 0.0], dtype=np.float32)
PAGE = Page("leave.md", "We take 16 weeks of leave at full pay.", ())


def company(name, labels, seed, marked=True):
    rng = np.random.default_rng(seed)

    def found(label):
        cosines = np.clip(rng.normal([0.3 + 0.35 * label, 0.3, 0.3], 0.1), -1, 1)
        some = [
            Candidate(Passage(PAGE, 0, len(PAGE.text), "Leave"), float(one), 1.0, float(one), 0.5) for one in cosines
        ]
        return Searched(Form("wh", ("How long is leave?",), False, False), VECTOR, tuple(some), None)

    answers = [np.array([label * marked, 0.0, 0.0]) for label in labels]
    return Judged(name, [found(label) for label in labels], np.array(labels, dtype=float), answers)


MIXED = [0, 0, 1, 0.5, 0, 1] * 8


def fit(*companies, **more):
    return fit_verdict(companies, encoder_hash="x", **more)


def test_what_was_fitted_tells_published_from_open():
    model, facts = fit(*(company(str(n), MIXED, n) for n in range(4)))
    new = company("new", MIXED, 9)
    weighed = [model.weigh(one, 0.2) for one in new.searched]
    published = np.mean([one.probability for one, label in zip(weighed, MIXED, strict=True) if label == 1])
    still_open = np.mean([one.probability for one, label in zip(weighed, MIXED, strict=True) if label == 0])
    assert published > still_open + 0.4
    assert facts["companies"] == 4
    assert facts["questions"] == 4 * len(MIXED)
    assert 0.8 < facts["auc_left_out"] <= 1
    assert model.partly_at <= model.published_at["0.050"]
    assert (model.encoder_hash, model.judge_hash) == ("x", None)


def test_the_order_of_the_companies_changes_only_which_are_left_out_together():
    some = [company(str(n), MIXED, n) for n in range(3)]
    one, other = fit(*some)[0], fit(*some[::-1])[0]
    assert one.published_at == pytest.approx(other.published_at, abs=1e-3)


def test_new_companies_see_no_more_false_flags_than_promised():
    splits, share = 8, 0.1
    flagged = []
    for split in range(splits):
        known = [company(str(n), MIXED, 1000 + 10 * split + n) for n in range(4)]
        new = company("new", [0] * 100, 1009 + 10 * split)
        model, _ = fit(*known)
        flagged.append(np.mean([model.weigh(one, share).verdict == "published" for one in new.searched]))
    # One split's share strays by 0.043, as 96 known and 100 new open questions are drawn; three times that is let pass.
    assert np.mean(flagged) <= share + 3 * 0.043 / np.sqrt(splits)


def test_calibration_companies_set_the_cut_offs_and_learn_nothing_else():
    some = [company(str(n), MIXED, n) for n in range(3)]
    plain, _ = fit(*some)
    calibrated, facts = fit(*some, calibrate=[company("later", MIXED, 7)])
    assert facts["calibrated_on"] == ["later"]
    assert calibrated.passage.to_dict() == plain.passage.to_dict()
    used = plain.question.weight != 0
    ratio = calibrated.question.weight[used] / plain.question.weight[used]
    assert ratio == pytest.approx(ratio[0])
    assert calibrated.published_at != plain.published_at


@pytest.mark.parametrize(
    "companies",
    [
        [],
        [company("a", MIXED, 0)],
        [company("a", [0] * 9, 0), company("b", [0] * 9, 1)],
        [company("a", [0, 0.5] * 9, 0), company("b", [0, 0.5] * 9, 1)],
        [company("a", [1, 0.5] * 9, 0), company("b", [1, 0.5] * 9, 1)],
        [company("a", [0] * 9, 0), company("b", [1] * 9, 1)],
        [company("a", MIXED, 0, marked=False), company("b", MIXED, 1, marked=False)],
    ],
    ids=["none", "one", "all open", "none published", "none open", "one kind a company", "no evidence marked"],
)
def test_companies_that_teach_nothing_are_one_clear_error(companies):
    with pytest.raises(BadCorpus, match="expected") as caught:
        fit(*companies)
    assert "\n" not in str(caught.value)


def test_calibration_companies_of_one_kind_are_one_clear_error():
    with pytest.raises(BadCorpus, match="expected both kinds"):
        fit(company("a", MIXED, 0), company("b", MIXED, 1), calibrate=[company("c", [0] * 9, 2)])


# The whole path, on a corpus in a folder.

TEXTS = {
    "acme": [
        "Leave",
        "New parents take 16 weeks of parental leave at full pay.",
        "Teams",
        "Each team has five engineers.",
    ],
    "borel": ["Office", "The office in Ghent has a canteen and a garden.", "Rest", "Everyone has 27 days of holiday."],
    "cobalt": ["Pension", "The pension is ten percent of salary.", "Trips", "Engineers travel twice a year to Oslo."],
}
ASKED = {
    "acme": [("How many weeks is parental leave?", "published", "16 weeks of parental leave"),
             ("How many engineers has each team?", "published", "Each team has five engineers"),
             ("Is there a canteen?", "open", None), ("Who founded it?", "open", None)],
    "borel": [("Has the office a canteen?", "published", "has a canteen and a garden"),
              ("How many days of holiday has everyone?", "partial", "27 days of holiday"),
              ("Which pension is there?", "open", None), ("Who leads sales?", "open", None)],
    "cobalt": [("How high is the pension, in percent of salary?", "published", "ten percent of salary"),
               ("Where do engineers travel?", "partly", "Engineers travel twice a year to Oslo"),
               ("Are dogs allowed?", "open", None), ("Is there parental leave?", "open", None)],
}  # fmt: skip


@pytest.fixture
def corpus(tmp_path):
    """`corpus/train/<company>.jsonl`, and the text in `corpus/companies/<company>/about.md`."""
    folder = tmp_path / "corpus" / "train"
    folder.mkdir(parents=True)
    for name, (one, said_of_one, two, said_of_two) in TEXTS.items():
        home = folder.parent / "companies" / name
        home.mkdir(parents=True)
        (home / "about.md").write_text(f"# {one}\n\n{said_of_one}\n\n# {two}\n\n{said_of_two}\n", encoding="utf-8")
        rows = [
            {"question": question, "label": label}
            | ({"evidence": [{"file": "about.md", "quote": quote}]} if quote else {})
            for question, label, quote in ASKED[name]
        ]
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def test_labels_and_marked_passages_are_read(corpus, encoder):
    judged = read_judged(corpus / "borel.jsonl", encoder)
    assert judged.company == "borel"
    assert judged.labels.tolist() == [1.0, 0.5, 0.0, 0.0]
    marked = [
        [one.passage.text for one, answer in zip(found.candidates, answers, strict=True) if answer > 0]
        for found, answers in zip(judged.searched, judged.answers, strict=True)
    ]
    assert all("canteen" in text for text in marked[0]) and marked[0]
    assert all("27 days" in text for text in marked[1]) and marked[1]
    assert marked[2:] == [[], []]
    assert max(judged.answers[1]) == 0.5


def test_a_quote_marks_passages_of_its_own_page_alone(corpus, encoder):
    home = corpus.parent / "companies" / "borel"
    (home / "copy.md").write_text("# Elsewhere\n\nThe shop in Ghent has a canteen and a garden too.\n")
    judged = read_judged(corpus / "borel.jsonl", encoder)
    marked = {
        one.passage.page.source for one, a in zip(judged.searched[0].candidates, judged.answers[0], strict=True) if a
    }
    assert marked == {"about.md"}


def test_a_trained_model_is_loaded_again_and_decides(corpus, encoder, tmp_path):
    told = []
    facts = train_verdict([corpus], tmp_path / "verdict", encoder, watch=lambda *where: told.append(where))
    assert (facts["companies"], facts["questions"]) == (3, 12)
    assert told == [("companies", n, 3) for n in (1, 2, 3)]
    model = VerdictModel.load(tmp_path / "verdict")
    assert (model.encoder_hash, model.judge_hash) == (encoder.hash, None)
    index = open_index(Company.open(corpus.parent / "companies" / "acme"), encoder)
    leave, founded = search(["How many weeks is parental leave?", "Who founded it?"], index, encoder)
    assert model.weigh(leave, 0.05).probability > model.weigh(founded, 0.05).probability
    # Six open questions promise nothing at these shares.
    assert {model.weigh(one, 0.1).verdict for one in (leave, founded)} <= {"partly", "open"}
    manifest = json.loads((tmp_path / "verdict" / "manifest.json").read_text())
    assert manifest["kind"] == "verdict"


def test_with_a_judge_its_logits_are_figures_too(corpus, encoder, judge, tmp_path):
    train_verdict([corpus], tmp_path / "verdict", encoder, judge)
    model = VerdictModel.load(tmp_path / "verdict")
    assert model.judge_hash == judge.hash
    assert {"judge", "judge_below_best"} <= set(model.passage.names)
    assert judge.judged > 0


def test_what_texts_usually_answer_is_learned_from_other_companies(corpus, encoder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    rows = [("What does the pension pay?", "published"), ("What keeps you awake at night?", "open")] * 3
    for name in ("dorado", "elm"):  # whose text is nowhere
        lines = [json.dumps({"id": str(n), "question": one, "label": label}) for n, (one, label) in enumerate(rows)]
        (other / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    train_verdict([corpus], tmp_path / "verdict", encoder, usual=[other])
    usual = VerdictModel.load(tmp_path / "verdict").usual
    pension, night = usual.of(encoder.encode(["What does the pension pay?", "What keeps you awake at night?"]))
    assert pension[0] > 0.3 > -0.3 > night[0]
    assert not pension[1:].any()  # nobody has rated it


def test_what_readers_think_is_usual_is_learned_beside_it(corpus, encoder, tmp_path):
    rated = tmp_path / "rated.jsonl"
    rows = [("What does the pension pay?", 9, 9), ("What keeps you awake at night?", 0, 1)]
    lines = [json.dumps({"question": one, "published": a, "partly": b, "of": 20}) for one, a, b in rows]
    rated.write_text("\n".join(lines), encoding="utf-8")
    train_verdict([corpus], tmp_path / "verdict", encoder, rated=rated)
    usual = VerdictModel.load(tmp_path / "verdict").usual
    pension, night = usual.of(encoder.encode([one for one, _, _ in rows]))
    assert pension[0] == night[0] == 0  # no other company was named
    assert (pension[1:] > 1).all()
    assert (night[1:] < -1).all()


@pytest.mark.parametrize(
    "row", ["", "nonsense", '{"question": "Pay?"}', '{"question": "Pay?", "published": 15, "partly": 9, "of": 20}']
)
def test_a_file_without_rated_questions_is_one_clear_error(corpus, encoder, tmp_path, row):
    rated = tmp_path / "rated.jsonl"
    rated.write_text(row)
    with pytest.raises(BadCorpus, match="no rated questions"):
        train_verdict([corpus], tmp_path / "verdict", encoder, rated=rated)


def test_questions_like_those_it_is_fitted_on_teach_nothing_about_them():
    vectors = np.eye(3, dtype=np.float32)
    elsewhere = Elsewhere(vectors, np.array([[0.5] * 3, [-0.5] * 3, [0.2] * 3]))
    usual = elsewhere.usual(unlike=vectors[:1])
    assert (np.abs(usual.of(vectors[:1])) < 0.1).all()
    assert (usual.of(vectors[2:]) > 0.1).all()


def test_a_question_that_is_known_twice_is_kept_once_and_says_the_same():
    vectors, labels = np.eye(3, dtype=np.float32), np.array([[0.5], [-0.5], [0.2]])
    once = Usual.fit(vectors, labels, 2.0, [1e-6])
    twice = Usual.fit(np.vstack([vectors, vectors]), np.vstack([labels, labels]), 2.0, [1e-6])
    assert twice.known.shape == (3, 3)
    assert twice.of(vectors) == pytest.approx(once.of(vectors), abs=1e-4)


@pytest.mark.parametrize("content", ["", "nonsense", '{"question": "Pay?"}'])
def test_other_companies_without_judged_questions_are_one_clear_error(corpus, encoder, tmp_path, content):
    other = tmp_path / "other"
    other.mkdir()
    (other / "dorado.jsonl").write_text(content)
    with pytest.raises(BadCorpus, match="judged questions"):
        train_verdict([corpus], tmp_path / "verdict", encoder, usual=[other])


def test_training_twice_writes_the_same_bytes(corpus, encoder, tmp_path):
    for name in ("one", "two"):
        train_verdict([corpus], tmp_path / name, encoder)
    one, two = ((tmp_path / name / "verdict.json").read_bytes() for name in ("one", "two"))
    assert one == two


def test_corpora_without_companies_are_one_clear_error(encoder, tmp_path):
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "none"):
        with pytest.raises(BadCorpus, match="found 0 companies"):
            train_verdict([folder], tmp_path / "verdict", encoder)
    assert not (tmp_path / "verdict").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n \n",
        b"nonsense",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b"[" * 100_000,
        b'{"question": "Who?"}',
        b'{"label": "open"}',
        b'{"question": "Who?", "label": "maybe"}',
        b'{"question": "Who?", "label": ["open"]}',
        b'{"question": "Who?", "label": "open", "evidence": [{"file": "a.md"}]}',
        b'{"question": "Who?", "label": "open", "evidence": 3}',
        b'{"question": "Who?", "label": "open", "evidence": ["about.md"]}',
    ],
    ids=lambda content: content[:60].decode("latin-1") or "empty",
)
def test_what_is_no_judged_question_is_one_clear_error(corpus, encoder, content):
    (corpus / "acme.jsonl").write_bytes(content)
    with pytest.raises(BadCorpus, match=r"acme\.jsonl") as caught:
        read_judged(corpus / "acme.jsonl", encoder)
    assert "\n" not in str(caught.value)


def test_a_question_may_hold_a_rare_line_end(corpus, encoder):
    row = {"question": "Is there\u2028a canteen?", "label": "open"}
    (corpus / "acme.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert len(read_judged(corpus / "acme.jsonl", encoder).labels) == 1


def test_a_companys_text_is_found_from_within_its_folder(corpus, encoder, monkeypatch):
    monkeypatch.chdir(corpus)
    assert read_judged(Path("acme.jsonl"), encoder).company == "acme"


def test_a_company_without_text_is_one_clear_error(corpus, encoder):
    (corpus / "dorn.jsonl").write_text('{"question": "Who?", "label": "open"}\n')
    with pytest.raises(AskworthyError, match="dorn"):
        read_judged(corpus / "dorn.jsonl", encoder)
