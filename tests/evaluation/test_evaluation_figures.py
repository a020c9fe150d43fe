import importlib.util

import numpy as np
import pytest
from sklearn import metrics
from sklearn.calibration import calibration_curve

from askworthy.evaluation import figures as f
from askworthy.evaluation.measures import MEANS, VERDICTS, definitions
from askworthy.evaluation.published import first_hit
from askworthy.evaluation.rows import Row, Shown
from askworthy.evaluation.run import make_run
from askworthy.evaluation.summary import as_text
from askworthy.records import Evidence

ONES = np.ones((1, 60))


@pytest.fixture
def drawn():
    rng = np.random.default_rng(1)
    return rng.integers(0, 12, 60) / 12, rng.random(60) < 0.4  # scores with ties


def test_rankings_are_those_of_scikit_learn_ties_and_all(drawn):
    scores, true = drawn
    assert f.auc(ONES, scores, true, ~true)[0] == pytest.approx(metrics.roc_auc_score(true, scores), abs=1e-12)
    ap = f.average_precision(ONES, scores, true, ~true)[0]
    assert ap == pytest.approx(metrics.average_precision_score(true, scores), abs=1e-12)


def test_f1_and_brier_are_those_of_scikit_learn(drawn):
    scores, true = drawn
    gold, said = np.where(true, "a", "b"), np.where(scores > 0.5, "a", "b")
    assert f.macro_f1(ONES, gold, said, ("a", "b"))[0] == pytest.approx(metrics.f1_score(gold, said, average="macro"))
    every = np.ones(60, dtype=bool)
    assert f.share(ONES, (scores - true) ** 2, every)[0] == pytest.approx(metrics.brier_score_loss(true, scores))


@pytest.mark.parametrize("kind", ["aspects", "published"])
def test_every_figure_that_scikit_learn_has_is_the_same_there(kind):
    rng = np.random.default_rng(4)
    names = VERDICTS if kind == "published" else ("organisation", "role", "team")
    draws = zip(*(rng.choice(names, 200) for _ in range(2)), rng.integers(0, 30, 200) / 29, strict=True)
    rows = [Row(str(n), "", "", str(gold), str(said), float(p)) for n, (gold, said, p) in enumerate(draws)]
    gold, said = ([getattr(row, name) for row in rows] for name in ("gold", "said"))
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(gold, said, labels=names)
    expected = {"macro_f1": metrics.f1_score(gold, said, average="macro")}
    for name, *values in zip(names, precision, recall, f1, strict=True):
        expected |= zip((f"precision of {name}", f"recall of {name}", f"f1 of {name}"), values, strict=True)
    if kind == "aspects":
        true, p = np.array(gold) == said, np.array([row.probability for row in rows])
        expected["accuracy"] = metrics.accuracy_score(gold, said)
    else:
        clear = [row for row in rows if row.gold != "partly"]
        true, p = (
            np.array([pick(row) for row in clear])
            for pick in (lambda r: r.gold == "published", lambda r: r.probability)
        )
        expected |= {"auc": metrics.roc_auc_score(true, p), "ap": metrics.average_precision_score(true, p)}
        expected["auc_any"] = metrics.roc_auc_score(
            [row.gold != "open" for row in rows], [row.probability for row in rows]
        )
        expected |= {
            "flag_recall": recall[0],
            "false_flags": np.mean(np.array(said)[np.array(gold) == "open"] == "published"),
        }
    expected["brier"] = metrics.brier_score_loss(true, p)
    found = definitions(kind, rows)
    for name, value in expected.items():
        assert found[name](np.ones((1, 200)))[0] == pytest.approx(value, abs=1e-9), name
    assert (
        f.confusion(np.array(gold), np.array(said), names)
        == metrics.confusion_matrix(gold, said, labels=names).tolist()
    )
    share_right, mean = calibration_curve(true, p, n_bins=10)
    assert [bin[:2] for bin in f.reliability(p, true)] == list(map(pytest.approx, zip(mean, share_right, strict=True)))


@pytest.mark.parametrize("kind", ["aspects", "published"])
def test_every_headline_figure_says_what_it_means(kind):
    names = {name for name in definitions(kind, [Row("1", "", "", "open", "open", 0.5)]) if " of " not in name}
    assert names <= set(MEANS)


def test_the_precision_recall_curve_is_that_of_scikit_learn(drawn):
    scores, true = drawn
    precision, recall, thresholds = metrics.precision_recall_curve(true, scores)
    found = f.precision_recall(scores, true, ~true)
    for mine, theirs in zip(found, (thresholds, precision[:-1], recall[:-1]), strict=True):
        assert mine[::-1] == pytest.approx(theirs)


def test_a_weight_of_two_is_the_row_twice(drawn):
    scores, true = drawn
    counts = np.random.default_rng(2).integers(0, 4, 60)
    many, truth = np.repeat(scores, counts), np.repeat(true, counts)
    weighted = f.auc(counts[None].astype(float), scores, true, ~true)[0]
    assert weighted == pytest.approx(metrics.roc_auc_score(truth, many), abs=1e-12)


def test_nothing_to_count_on_is_nan_and_not_a_number():
    none = np.zeros(60, dtype=bool)
    assert np.isnan(f.share(ONES, none, none)[0])
    assert np.isnan(f.auc(ONES, np.zeros(60), none, ~none)[0])


def quoted(gold, said, *, marked=True, hit=0):
    return Row("1", "", "", gold, said, 0.5, marked=(Shown("a.md", "Ten weeks."),) if marked else (), hit=hit)


def test_evidence_is_counted_only_where_quotes_are_marked():
    bare = [quoted("published", "published", marked=False), quoted("partly", "partly", marked=False)]
    rows = [quoted("published", "published", hit=1), quoted("partly", "open", hit=3), *bare, quoted("open", "open")]
    found = definitions("published", rows)
    assert [found[f"evidence_at_{k}"](np.ones((1, len(rows))))[0] for k in (1, 3)] == [1, 1]


def test_evidence_is_no_number_without_marked_quotes():
    rows = [quoted("published", "published", marked=False), quoted("open", "open", marked=False)] * 2
    run = make_run("published", rows, model="m", corpus="c", facts={}, count=100)
    assert [run.figures[f"evidence_at_{k}"].value for k in (1, 3)] == [None, None]
    printed = {line.split()[0]: line.split()[1] for line in as_text(run).splitlines() if line.startswith("evidence")}
    assert printed == {"evidence_at_1": "none", "evidence_at_3": "none"}


@pytest.mark.parametrize(("label", "told"), [("other", True), ("role", False)])
def test_it_is_told_where_the_mean_f1_counts_other(label, told):
    rows = [Row(str(n), "", "", one, one, 0.9) for n, one in enumerate([label, "team"] * 3)]
    run = make_run("aspects", rows, model="m", corpus="c", facts={}, count=100)
    assert ("`other` among them" in as_text(run)) == told
    assert "`other`" in MEANS["macro_f1"]


@pytest.mark.shared
def test_published_figures_are_those_of_the_reference(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "dev" / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    rng = np.random.default_rng(3)
    quotes = ["paid leave of ten weeks", "the team has five people", "nothing to see here"]
    gold, out, rows = {}, {}, []
    for n in range(300):
        label, said = rng.choice(VERDICTS, 2)
        marked = [{"file": "a.md", "quote": quotes[rng.integers(3)]}] if label != "open" else []
        shown = [{"source": f"x/{rng.choice(['a', 'b'])}.md", "quote": quotes[rng.integers(3)]} for _ in range(3)]
        p = round(float(rng.random()), 2)
        gold[n] = {"id": n, "label": "partial" if label == "partly" else label, "evidence": marked}
        out[n] = {"id": n, "verdict": said, "probability": p, "evidence": shown}
        held = tuple(Shown(one["file"], one["quote"]) for one in marked)
        evidence = [Evidence(one["source"], one["quote"], 0, 0, 0.0) for one in shown]
        rows.append(Row(str(n), "", "", str(label), str(said), p, marked=held, hit=first_hit(evidence, held)))
    theirs = score.score(gold, out)
    mine = definitions("published", rows)
    assert len(theirs) == 11
    for name, value in theirs.items():
        if name != "n":
            assert mine[name](np.ones((1, 300)))[0] == pytest.approx(value, abs=1e-9), name
