"""Labelled alerts out of packets and nights, and trained models that score a night as they were trained."""

from dataclasses import replace

import numpy as np
import pytest

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.engine.learning import by_candid, by_object, by_truth, checked_features, of_view, read_labelled, telltales
from huntui.errors import LabelError
from huntui.features import registry
from huntui.models.catalogue import Model
from huntui.models.import_model import add_model
from huntui.models.labels import Labels, parse_target
from huntui.models.score import Scorer
from huntui.models.train import Settings, train
from huntui.models.train_cutouts import RINGS
from huntui.models.train_set import TELLTALES, USUAL_FEATURES
from huntui.models.train_sidecar import columns_of, sidecar_of, words
from huntui.night.store import Night
from huntui.night.view import NightView
from huntui.packets.batch import Int64s
from huntui.sources.simulated import SimulatedSource

STARS = parse_target("star=variable star,RR Lyrae,eclipsing binary,Mira")


def source() -> SimulatedSource:
    """Return a small simulated night."""
    return SimulatedSource("20240707", count=500)


def view_of(night: SimulatedSource) -> NightView:
    """Return a night in memory."""
    texts = TextPool()
    decoder, store = AlertDecoder(texts), Night(texts)
    for packets in night.batches():
        batch, _ = decoder.decode(packets)
        store.append(batch, registry.compute(batch))
    return store.view()


def test_the_usual_columns_are_numbers_of_the_alerts_own_packet() -> None:
    """None of them says when or where an alert was taken, and none comes from other alerts of the night."""
    assert checked_features(USUAL_FEATURES) == USUAL_FEATURES
    assert telltales(USUAL_FEATURES) == ""
    assert set(TELLTALES) <= set(registry.columns())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("magpfs", "no column 'magpfs' to learn from. Did you mean 'magpsf'"),
        ("ssnamenr", "is text"),
        ("partner_arcsec", "comes from other alerts"),
        ("acai_h", "no column 'acai_h'"),
    ],
)
def test_a_column_that_trees_cannot_learn_from_is_refused(name: str, said: str) -> None:
    """The truth is no column at all."""
    with pytest.raises(LabelError, match=said):
        checked_features(["drb", name])
    with pytest.raises(LabelError, match="no column 'class'"):
        checked_features(["class"])


def test_columns_that_know_the_sample_are_told() -> None:
    """A model may have them, and its report says so."""
    assert telltales(["drb", "ra", "field"]).startswith("ra, field say when, where")


@pytest.mark.slow
def test_packets_and_a_night_in_memory_teach_the_same() -> None:
    """By truth, by object or by candid; alerts without a class are left out, and the first so many are read."""
    night = source()
    view = view_of(night)
    truth = read_labelled(night, by_truth(night), USUAL_FEATURES, "truth")
    same = of_view(view, by_truth(night), USUAL_FEATURES, "truth")
    assert len(truth) == 500
    np.testing.assert_array_equal(truth.matrix, same.matrix)
    assert (truth.classes == same.classes).all()
    assert (truth.object_ids == same.object_ids).all()
    assert len(read_labelled(night, by_truth(night), ("drb",), "truth", most=130)) == 130
    name = truth.object_ids[7]
    one = read_labelled(night, by_object({name: "mine"}), ("drb",), "claims")
    assert set(one.object_ids.tolist()) == {name}
    candid = int(view.column("candid")[3])
    labels = Labels({candid: "a", 5: "b"}, "a file")
    assert read_labelled(night, by_candid(labels), ("drb",), "file").classes.tolist() == ["a"]
    with pytest.raises(LabelError, match="None of the 500 alerts of simulated has a label"):
        read_labelled(night, by_candid(Labels({5: "b"}, "a file")), ("drb",), "file")


@pytest.mark.slow
@pytest.mark.parametrize("cutouts", [False, True], ids=["features", "cutouts"])
def test_a_trained_model_scores_a_night_as_it_was_trained(cutouts: bool) -> None:
    """From packets to the sidecar and back: the column says what the library said of the same alerts."""
    night = source()
    data = read_labelled(night, by_truth(night), ("drb", "ndethist", "rate", "color"), "truth", cutouts=cutouts)
    assert (data.features[-len(RINGS) :] == RINGS) == cutouts
    trained = train("star", data.aimed([STARS]), settings=Settings(trees=10, leaves=8))
    sidecar = sidecar_of(trained)
    path = add_model(sidecar, trained.onnx, registry.columns())
    view, rows = view_of(night), np.arange(60)

    def fetch(address: Int64s) -> bytes:
        return night.fetch(address)

    scores = Scorer(Model("star", path, sidecar)).score(view, rows, fetch)
    assert not any(scores.reasons)
    classifier_says = _library(trained.features, data.matrix, data.aimed([STARS]).classes)
    np.testing.assert_allclose(scores.values[:, 0], classifier_says[:60], atol=1e-6)
    assert columns_of(trained) == ("star",)
    assert sidecar.trained["classes"].keys() == {"other", "star"}


def _library(features: tuple[str, ...], matrix: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Return what scikit-learn says after learning the same once more."""
    from huntui.models.train import fitted

    classifier = fitted(matrix, (classes == "star").astype(np.int64), Settings(trees=10, leaves=8))
    assert matrix.shape[1] == len(features)
    return classifier.predict_proba(matrix)[:, 1]


def test_classes_become_words_that_differ() -> None:
    """A column is one word, whatever a class is called."""
    names = ("supernova Ia", "supernova-Ia", "91T", "ß", "a" * 60)
    found = words(names)
    assert found == ["supernova_Ia", "supernova_Ia_2", "class_91T", "class", "a" * 48]
    assert len(set(words(tuple("x y" for _ in range(20))))) == 20


@pytest.mark.slow
def test_more_classes_are_a_column_each() -> None:
    """`name_class`, in the order of the model's scores."""
    night = source()
    data = read_labelled(night, by_truth(night), ("drb", "ndethist"), "truth")
    data = data.aimed([STARS, parse_target("bogus=artefact")])
    trained = train("kinds", replace(data, origins=("truth",)), settings=Settings(trees=5))
    assert columns_of(trained) == ("kinds_other", "kinds_bogus", "kinds_star")
