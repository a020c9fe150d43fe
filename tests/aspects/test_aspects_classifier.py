import json

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from askworthy.aspects.classifier import UNSURE_SHARE, AspectClassifier
from askworthy.aspects.labeller import Labeller

NEW = ["Will I get a bonus?", "Who else is on the team?", "", "x" * 5000, "¿Qué tal? 🙂"]


def test_params_are_what_init_was_given():
    params = {"encoder": None, "strength": 2.0, "word_scale": 0.5, "folds": 3, "seed": 7}
    assert AspectClassifier(**params).get_params() == params
    changed = AspectClassifier().set_params(strength=3.0, folds=2)
    assert (changed.strength, changed.folds) == (3.0, 2)
    with pytest.raises(ValueError, match="nonsense"):
        AspectClassifier().set_params(nonsense=1)


def test_a_clone_has_the_params_and_nothing_learned(fitted):
    copy = clone(fitted)
    assert copy.get_params() == fitted.get_params()
    assert not hasattr(copy, "labeller_")


def test_fit_changes_no_param_and_returns_itself(easy):
    classifier = AspectClassifier(strength=4.0, folds=3)
    before = classifier.get_params()
    assert classifier.fit(*easy) is classifier
    assert classifier.get_params() == before


def test_fit_changes_neither_texts_nor_labels(easy):
    texts, names = easy
    copies = list(texts), list(names)
    AspectClassifier().fit(texts, names)
    assert (texts, names) == copies


def test_two_fits_learn_the_same(easy, fitted):
    again = AspectClassifier().fit(*easy)
    assert np.array_equal(again.predict_proba(NEW), fitted.predict_proba(NEW))


def test_easy_questions_are_told_apart(fitted):
    assert list(fitted.classes_) == ["pay", "team"]
    assert list(fitted.predict(["Will I get a bonus?", "Who else is on the team?"])) == ["pay", "team"]


def test_probabilities_sum_to_one_and_agree_with_predict(fitted):
    probabilities = fitted.predict_proba(NEW)
    assert probabilities.shape == (len(NEW), 2)
    assert probabilities.min() >= 0
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-9)
    assert list(fitted.classes_[probabilities.argmax(axis=1)]) == list(fitted.predict(NEW))


def test_two_classes_get_what_a_logistic_regression_says(easy):
    from sklearn.linear_model import LogisticRegression

    from askworthy.inference.encoder import load_question_encoder

    texts, names = easy
    classifier = AspectClassifier(word_scale=0.0, folds=1).fit(texts, names)
    encode = load_question_encoder().encode
    plain = LogisticRegression(C=classifier.strength, max_iter=3000).fit(encode(texts), names)
    np.testing.assert_allclose(classifier.predict_proba(NEW), plain.predict_proba(encode(NEW)), atol=1e-4)


def test_three_classes_and_topics(easy):
    texts, names = easy
    finer = [
        name + ("/bonus" if "bonus" in text else "/rest") if name == "pay" else name
        for text, name in zip(texts, names, strict=True)
    ]
    classifier = AspectClassifier().fit(texts, finer)
    assert list(classifier.classes_) == ["pay/bonus", "pay/rest", "team"]
    assert classifier.predict(["When is the yearly bonus paid?"])[0] == "pay/bonus"
    np.testing.assert_allclose(classifier.predict_proba(NEW).sum(axis=1), 1, atol=1e-9)


def test_no_texts_get_no_rows(fitted):
    assert fitted.predict_proba([]).shape == (0, 2)
    assert fitted.predict([]).shape == (0,)


def test_arrays_of_texts_are_taken_as_lists_are(easy, fitted):
    texts, names = easy
    by_array = AspectClassifier().fit(np.array(texts), np.array(names))
    assert np.array_equal(by_array.predict_proba(np.array(NEW, dtype=object)), fitted.predict_proba(NEW))


def test_it_works_at_the_end_of_a_pipeline(easy):
    lower = FunctionTransformer(lambda texts: [text.lower() for text in texts])
    pipeline = Pipeline([("lower", lower), ("aspects", AspectClassifier(folds=2))]).fit(*easy)
    assert list(pipeline.predict(["WHO IS ON THE TEAM?"])) == ["team"]
    assert pipeline.predict_proba(NEW).shape == (len(NEW), 2)


def test_it_works_in_a_cross_validation(easy):
    scores = cross_val_score(AspectClassifier(folds=2), np.array(easy[0], dtype=object), easy[1], cv=3)
    assert scores.mean() > 0.8


def test_its_strength_can_be_searched_for(easy):
    grid = {"strength": [0.01, 10.0]}
    search = GridSearchCV(AspectClassifier(folds=1), grid, cv=2, scoring="neg_log_loss")
    search.fit(np.array(easy[0], dtype=object), easy[1])
    assert search.best_params_ == {"strength": 10.0}
    assert search.best_estimator_.predict(["Who leads the team?"])[0] == "team"


def test_unfitted_it_says_so(tmp_path):
    for use in (AspectClassifier().predict, AspectClassifier().predict_proba):
        with pytest.raises(NotFittedError):
            use(NEW)
    with pytest.raises(NotFittedError):
        AspectClassifier().save(tmp_path / "model")


@pytest.mark.parametrize("one", ["Who is on the team?", iter(["Who?"]), {"Who?"}, None])
def test_what_is_no_sequence_of_texts_is_refused(easy, fitted, one):
    for use in (fitted.predict, fitted.predict_proba, lambda text: AspectClassifier().fit(text, easy[1])):
        with pytest.raises(ValueError, match="put it in a list"):
            use(one)


@pytest.mark.parametrize(
    ("texts", "names", "says"),
    [
        ([], [], "at least one"),
        (["a", "b"], ["x"], "2 texts and 1 labels"),
        (["a", "b"], ["x", "x"], "one class, 'x'"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(texts, names, says):
    with pytest.raises(ValueError, match=says):
        AspectClassifier().fit(texts, names)


def test_a_bad_strength_is_refused_at_fit_and_not_before(easy):
    classifier = AspectClassifier(strength=-1.0)
    with pytest.raises(ValueError, match="C"):
        classifier.fit(*easy)


def test_a_class_with_one_example_is_learned_without_calibration(easy):
    texts, names = easy
    classifier = AspectClassifier().fit([*texts, "Can I bring my dog?"], [*names, "pets"])
    assert (classifier.labeller_.temperature, classifier.labeller_.unsure_below) == (1.0, 0.0)
    assert classifier.predict(["Can I bring my dog?"])[0] == "pets"


def test_about_the_share_meant_to_is_unsure():
    rng = np.random.default_rng(0)
    words = ["pay", "team", "bonus", "week", "plan", "lead", "grade", "desk"]
    texts = [f"{' '.join(rng.choice(words, 4))} {n}?" for n in range(120)]
    names = ["pay" if text.count("pay") + text.count("bonus") > 0 else "team" for text in texts]
    classifier = AspectClassifier().fit(texts, names)
    labels = classifier.labeller_.label(texts, classifier._encoder)
    # Seen texts are surer than the left-out ones that the limit was set on.
    assert sum(label.unsure for label in labels) <= UNSURE_SHARE * len(texts)


def test_other_is_favoured_as_far_as_the_rest_is_kept(easy):
    texts, names = easy
    strange = ["Do you sell umbrellas?", "My dog barks.", "Qual è il prezzo?", "Who won the match?", "Nice weather!"]
    texts, names = [*texts, *strange], [*names, *["other"] * len(strange)]
    doubtful = ["Is the team shop open?", "Does the pay desk sell stamps?", "Who plays in your team tonight?"]

    def called_other(keep):
        known = AspectClassifier(folds=1).fit(texts, names)
        known.calibrate([*texts, *doubtful], [*names, *["other"] * len(doubtful)], keep=keep)
        said = known.predict(texts)
        kept = np.mean([one != "other" for one, name in zip(said, names, strict=True) if name != "other"])
        return kept, known.predict_proba(doubtful)[:, list(known.classes_).index("other")].sum()

    plain, strict, loose = called_other(None), called_other(1.0), called_other(0.0)
    assert strict[0] == 1.0
    assert plain[1] < strict[1] <= loose[1]


def test_a_saved_one_labels_the_same_without_scikit_learn_or_pickle(fitted, tmp_path):
    fitted.save(tmp_path / "model")
    loaded = Labeller.load(tmp_path / "model")
    vectors = fitted._encoder.encode(NEW)
    np.testing.assert_allclose(loaded.probabilities(NEW, vectors), fitted.predict_proba(NEW), atol=1e-3)

    files = sorted((tmp_path / "model").iterdir())
    assert {file.suffix for file in files} == {".json", ".npz"}
    for file in files:
        if file.suffix == ".json":
            json.loads(file.read_bytes())
        else:
            with np.load(file, allow_pickle=False) as arrays:
                assert all(np.isfinite(arrays[name]).all() for name in arrays.files)


def test_probabilities_can_be_set_by_other_questions(easy):
    texts, names = easy
    fitted = AspectClassifier().fit(texts, names)
    before = fitted.predict_proba(texts)
    swapped = [*names[1:], names[0]]  # labels that it cannot tell: it must become less sure, and say the same
    fitted.calibrate(texts, swapped)
    after = fitted.predict_proba(texts)
    assert after.max(axis=1).mean() < before.max(axis=1).mean()
    assert (after.argmax(axis=1) == before.argmax(axis=1)).all()


def test_what_is_right_as_well_makes_it_surer(easy):
    texts, names = easy
    swapped = [*names[1:], names[0]]
    strict, loose = (AspectClassifier(folds=1).fit(texts, names) for _ in range(2))
    strict.calibrate(texts, swapped)
    loose.calibrate(texts, swapped, also=[{name.split("/")[0]} for name in names])
    assert loose.predict_proba(texts).max(axis=1).mean() > strict.predict_proba(texts).max(axis=1).mean()


def test_a_text_may_be_of_several_classes_in_shares():
    texts = ["Who pays?", "Who pays?", "Who leads?", "Who leads?"]
    names, shares = ["pay", "team"] * 2, [0.7, 0.3, 0.2, 0.8]
    model = AspectClassifier(folds=1, strength=1e4, word_scale=0.0).fit(texts, names, sample_weight=shares)
    assert model.predict_proba(["Who pays?", "Who leads?"]) == pytest.approx(
        np.array([[0.7, 0.3], [0.2, 0.8]]), abs=0.02
    )
    assert model.labeller_.words.vocabulary == ()


def test_a_class_that_was_never_learned_cannot_set_them(easy):
    fitted = AspectClassifier().fit(*easy)
    with pytest.raises(ValueError, match="found the class 'nobody'"):
        fitted.calibrate(["Who?"], ["nobody"])
