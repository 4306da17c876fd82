"""Rings of cutouts: what they measure, and that an ONNX file takes them as the training did."""

import numpy as np
import onnxruntime
import pytest

from huntui.models.train import Settings, fitted
from huntui.models.train_cutouts import CUTOUTS, EDGES, RINGS, inside, per_ring, rings
from huntui.models.trees import trees_of
from huntui.models.trees_onnx import to_onnx


def cutouts(alerts: int) -> np.ndarray:
    """Return noise with a star of another width in the difference of each."""
    generator = np.random.default_rng(3)
    made = generator.normal(0, 0.01, (alerts, 63, 63, 3)).astype(np.float32)
    y, x = np.mgrid[-31:32, -31:32]
    for k in range(alerts):
        made[k, :, :, 2] += np.exp(-(x**2 + y**2) / (2 * (1 + k % 5) ** 2))
    return made / np.sqrt((made**2).sum(axis=(1, 2), keepdims=True))


def test_rings_lie_around_the_centre_and_none_overlaps() -> None:
    """The innermost holds the central pixels, the outermost ends at the edge of the cutout."""
    assert len(RINGS) == 3 * (len(EDGES) - 1)
    assert inside().sum(axis=1).max() == 1
    assert inside()[31 * 63 + 31, 0]
    assert per_ring()[0] == 9
    assert inside().any(axis=1).reshape(63, 63)[31].all()


def test_a_ring_is_the_mean_of_its_pixels() -> None:
    """A narrow star is brightest in the innermost ring of the difference, and nowhere in the others."""
    made = cutouts(3)
    found = dict(zip(RINGS, rings(made)[0].tolist(), strict=True))
    assert found["difference_ring_0"] == pytest.approx(made[0, 30:33, 30:33, 2].mean(), rel=1e-6)
    assert found["difference_ring_0"] > found["difference_ring_1"] > found["difference_ring_3"]
    assert abs(found["science_ring_0"]) < 0.1 * found["difference_ring_0"]


@pytest.mark.slow
def test_an_onnx_file_takes_rings_as_the_training_did() -> None:
    """Scores of features and cutouts are those that the library gives for features and rings."""
    images, generator = cutouts(120), np.random.default_rng(1)
    features = generator.normal(size=(120, 2)).astype(np.float32)
    features[::7, 1] = np.nan
    matrix = np.concatenate([features, rings(images)], axis=1)
    classifier = fitted(matrix, (np.arange(120) % 5 > 2).astype(np.int64), Settings(trees=10))
    session = onnxruntime.InferenceSession(to_onnx(trees_of(classifier), "rings", cutouts=True))
    assert [one.name for one in session.get_inputs()] == ["features", "triplets"]
    assert session.get_inputs()[1].shape[1:] == [CUTOUTS.size, CUTOUTS.size, 3]
    for part in (slice(0, 120), slice(5, 6), slice(40, 43)):
        told = session.run(None, {"features": features[part], "triplets": images[part]})[0][:, 0]
        assert np.abs(told - classifier.predict_proba(matrix[part])[:, 1]).max() < 1e-6
