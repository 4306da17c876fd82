"""Training: what is learned, on what it is tested, and that the ONNX file says what the library says."""

from dataclasses import replace

import numpy as np
import pytest
from training_sets import invented

from huntui.columns import NULL_I4, NULL_I8
from huntui.errors import LabelError
from huntui.models.split import FOLDS, folds, rounds
from huntui.models.train import LARGEST_DIFFERENCE, Settings, Trained, difference, fitted, train
from huntui.models.train_set import as_float32, joined
from huntui.models.trees import trees_of
from huntui.models.trees_onnx import to_onnx

FEW_TREES = Settings(trees=15, leaves=8)


@pytest.fixture(scope="session")
def two_classes() -> Trained:
    """A model of two classes."""
    return train("nova", invented(800), settings=FEW_TREES)


def test_no_object_is_on_both_sides_and_every_class_is_on_each() -> None:
    """An object with several alerts is held back whole, and a class of as many objects as folds is in each fold."""
    data = invented(200, 5)
    rare = np.flatnonzero(data.classes == "Mira")[:FOLDS]
    keep = np.concatenate([rare, np.flatnonzero(data.classes != "Mira")])
    classes, objects = data.classes[keep], data.objects[keep]
    objects[: len(rare)] = 10_000 + np.arange(len(rare))
    held = folds(objects, classes, seed=3)
    for learn, hold in rounds(held):
        assert not set(objects[learn]) & set(objects[hold])
        assert "Mira" in classes[hold]
    assert (folds(objects, classes, seed=3) == held).all()
    assert (folds(objects, classes, seed=4) != held).any()


@pytest.mark.slow
@pytest.mark.parametrize("classes", [2, 3, 5])
def test_onnx_says_what_the_library_says_nulls_included(classes: int) -> None:
    """Asked are other alerts, the thresholds themselves, infinities, and alerts of nothing but nulls."""
    data, asked = invented(1200, classes), invented(3000, classes, seed=2).matrix
    classifier = fitted(data.matrix, np.unique(data.classes, return_inverse=True)[1], FEW_TREES)
    trees = trees_of(classifier)
    at = trees.threshold[~trees.leaf].astype(np.float32)
    edges = np.full((len(at), 4), np.nan, np.float32)
    edges[np.arange(len(at)), trees.feature[~trees.leaf]] = at
    far = np.array([[np.inf, -np.inf, 3e38, 0], [-np.inf, np.inf, -3e38, np.inf]], np.float32)
    matrix = np.concatenate([asked, edges, np.nextafter(edges, np.float32(np.inf)), far])
    assert trees.trees == FEW_TREES.trees * (classes if classes > 2 else 1)
    assert difference(to_onnx(trees, "test"), classifier, matrix) < LARGEST_DIFFERENCE


@pytest.mark.slow
def test_two_classes_are_told_apart_on_objects_that_the_model_never_saw(two_classes: Trained) -> None:
    """The score is of what is asked for, not of `other`; what matters is found to matter, and what is empty is said."""
    report = two_classes.report
    assert two_classes.classes == ("other", "nova")
    assert [one.name for one in report.measured.each] == ["nova"]
    assert report.measured.each[0].roc.area > 0.9
    assert report.measured.confusion.sum() == 800
    assert {one.feature for one in report.importances[:2]} == {"one", "two"}
    assert report.exactness < LARGEST_DIFFERENCE
    assert "Null in every alert, and of no use: empty." in report.cautions
    assert "never saw its object" in report.test
    assert 0 < (two_classes.threshold or 0) < 1


@pytest.mark.slow
def test_a_training_comes_out_the_same_again(two_classes: Trained) -> None:
    """To the last byte: nothing in it is left to chance."""
    assert train("nova", invented(800), settings=FEW_TREES).onnx == two_classes.onnx


@pytest.mark.slow
def test_labels_that_mean_nothing_cannot_be_told_apart() -> None:
    """With the classes shuffled among objects a test on other objects finds nothing; one on its own alerts would."""
    data = invented(800)
    generator = np.random.default_rng(5)
    shuffled = replace(data, classes=np.repeat(generator.permutation(data.classes[::2]), 2))
    area = train("chance", shuffled, settings=FEW_TREES).report.measured.each[0].roc.area
    assert 0.4 < area < 0.6


@pytest.mark.slow
def test_several_classes_have_a_score_each_and_small_ones_are_left_out() -> None:
    """Tested on a sample of its own; a class with too few objects is neither learned nor tested, and that is said."""
    data, test = invented(800, 4), invented(400, 4, seed=2)
    few = data.take(np.flatnonzero(data.classes == "other")[:4])
    data = joined([data, replace(few, classes=np.full(4, "odd"), object_ids=np.array(list("abcd")))])
    trained = train("kinds", data, test, FEW_TREES)
    assert trained.classes == ("other", *sorted(set(invented(800, 4).classes.tolist()) - {"other"}))
    assert len(trained.report.measured.each) == 4
    assert trained.report.measured.confusion.sum() == 400
    assert "Left out for want of 5 objects: odd (4)." in trained.report.cautions
    assert "sample 2" in trained.report.test
    assert trained.threshold is None


def test_what_labels_lack_is_said() -> None:
    """Two classes of five objects each are the least; the sentence counts what there is."""
    data = invented(100)
    only = data.take(np.flatnonzero(data.classes == "nova")[:9])
    with pytest.raises(LabelError, match=r"two classes of 5 objects each; labelled objects there are: \d of 'nova'"):
        train("nova", only)
    test = data.take(np.flatnonzero(data.classes == "nova"))
    with pytest.raises(LabelError, match="no alert of the test is 'other'"):
        train("nova", data, test, FEW_TREES)


@pytest.mark.slow
def test_alerts_of_the_test_that_the_model_has_seen_are_told() -> None:
    """A test on what was learned says more than is true."""
    data = invented(200)
    report = train("nova", data, data, FEW_TREES).report
    assert "200 alerts of the test are of objects that the model learned from." in report.cautions


def test_nulls_of_every_storage_become_nan_and_the_surveys_own_stay_numbers() -> None:
    """−999 is a number: ZTF writes it where nothing is near."""
    assert np.isnan(as_float32(np.array([NULL_I4, -999], np.int32))).tolist() == [True, False]
    assert np.isnan(as_float32(np.array([NULL_I8, 5], np.int64))).tolist() == [True, False]
    assert as_float32(np.array([np.nan, -999.0])).tolist()[1] == -999.0
