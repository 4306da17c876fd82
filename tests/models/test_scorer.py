"""A model is checked before it is run: against its sidecar, and for what no model of alerts needs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from keras_files import write_h5

from huntui.errors import ModelError
from huntui.models.catalogue import Model
from huntui.models.import_keras import read_keras
from huntui.models.import_layers import to_onnx
from huntui.models.inputs import NoScoreError, images, triplet
from huntui.models.score import Scorer
from huntui.models.sidecar import Input, read_sidecar

SIDECAR = "name: m\nmodel: m.onnx\ninputs: {x: {kind: features, names: [drb, rb]}}\noutput: {name: out}\n"


def network(folder: Path) -> Any:
    """Return a network of two features as an ONNX model that can be changed."""
    import onnx

    layers = [
        ("InputLayer", {"name": "x", "batch_input_shape": [None, 2]}, (), ()),
        ("Dense", {"name": "out", "units": 1}, ("x",), ([[1.0], [2.0]], [0.0])),
    ]
    return onnx.load_model_from_string(to_onnx(read_keras(write_h5(folder / "m.h5", layers, ["out"]))))


def scorer(folder: Path, model: Any, sidecar: str = SIDECAR) -> Scorer:
    """Load a model with its sidecar."""
    (folder / "m.onnx").write_bytes(model.SerializeToString())
    (folder / "m.yaml").write_text(sidecar)
    return Scorer(Model("m", folder / "m.yaml", read_sidecar(folder / "m.yaml")))


def foreign(model: Any) -> None:
    """Let an operator come from somewhere else."""
    model.graph.node[0].domain = "com.example"


def elsewhere(model: Any) -> None:
    """Let weights lie in another file."""
    entry = model.graph.initializer[0].external_data.add()
    entry.key, entry.value = "location", "../secret"


def loop(model: Any) -> None:
    """Let an operator repeat others."""
    from onnx import helper

    node = helper.make_node("Loop", ["", ""], ["y"], body=helper.make_graph([], "body", [], []))
    model.graph.node.append(node)


def own_operators(model: Any) -> None:
    """Let the file define what an operator is."""
    model.functions.add().name = "anything"


def two_at_a_time(model: Any) -> None:
    """Let it take exactly two alerts."""
    model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (foreign, "only ONNX's own are run"),
        (elsewhere, "weights in other files"),
        (loop, "repeats or chooses"),
        (own_operators, "operators of its own"),
        (two_at_a_time, "2 alerts at a time"),
    ],
)
def test_a_file_that_is_more_than_data_is_refused(tmp_path: Path, change: Callable[[Any], None], told: str) -> None:
    """In one sentence that names it."""
    model = network(tmp_path)
    change(model)
    with pytest.raises(ModelError, match=told) as caught:
        scorer(tmp_path, model)
    assert str(tmp_path / "m.onnx") in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{x:", "{y:", "its inputs are called x, and m.yaml describes y"),
        ("[drb, rb]", "[drb, rb, fid]", "not floats of n × 3"),
        ("name: out", "name: score", "has no output 'score'; there are out"),
        ("name: out", "name: out, index: 1", "has 1 numbers, and its sidecar needs 2"),
        ("kind: features, names: [drb, rb]", "kind: triplet", "not floats of n × 63 × 63 × 3"),
    ],
)
def test_a_sidecar_that_does_not_fit_its_model_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    """It says what the model has."""
    with pytest.raises(ModelError, match=told):
        scorer(tmp_path, network(tmp_path), SIDECAR.replace(old, new))


def test_logits_become_scores(tmp_path: Path) -> None:
    """With the activation that the sidecar names."""
    made = scorer(tmp_path, network(tmp_path), SIDECAR.replace("name: out", "name: out, activation: sigmoid"))
    assert made.run({"x": np.array([[1, 2]], np.float32)})[0, 0] == pytest.approx(1 / (1 + np.exp(-5.0)))


def test_a_cutout_is_normed_before_it_is_filled_up() -> None:
    """NaN counts as 0; the first pixel stays in its corner, or the cutout in the middle; NCHW turns the axes."""
    image = np.array([[3.0, np.nan], [0.0, 4.0]], np.float32)
    cutouts = dict.fromkeys(("science", "template", "difference"), image)
    made = triplet(Input(kind="triplet", size=4), cutouts)
    assert made.shape == (4, 4, 3)
    assert made[:2, :2, 0].tolist() == [[np.float32(0.6), 0.0], [0.0, np.float32(0.8)]]
    assert (made[2:] == np.float32(1e-9)).all()
    centred = triplet(Input(kind="triplet", size=4, pad="centre", pad_value=0.0, layout="NCHW"), cutouts)
    assert centred.shape == (3, 4, 4)
    assert centred[0, 1, 1] == np.float32(0.6)
    for bad, told in ((np.zeros((2, 2), np.float32), "empty"), (np.ones((5, 2), np.float32), "more than 4")):
        with pytest.raises(NoScoreError, match=told):
            triplet(Input(kind="triplet", size=4), {**cutouts, "template": bad})
    with pytest.raises(NoScoreError, match="no template cutout"):
        images({"science": None, "template": None}, ["template"])
    with pytest.raises(NoScoreError, match="bad science cutout"):
        images({"science": b"\xff\xd8\xffJPEG"}, ["science"])
