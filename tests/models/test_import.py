"""Networks are imported: what comes out is what Keras computes, and nothing of a file is trusted."""

import csv
import json
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from keras_files import write_h5, write_keras

from huntui.errors import ModelError
from huntui.features.registry import columns
from huntui.models.catalogue import catalogue, user_folder
from huntui.models.import_keras import read_keras
from huntui.models.import_layers import to_onnx
from huntui.models.import_model import import_model
from huntui.models.score import Scorer
from huntui.models.sidecar import read_sidecar

INPUT = ("InputLayer", {"name": "x", "batch_input_shape": [None, 3]}, (), ())
DENSE = ("Dense", {"name": "out", "units": 1, "activation": "sigmoid"}, ("x",), ([[1.0], [2.0], [-1.0]], [0.5]))


def run(data: bytes, **inputs: Any) -> Any:
    """Return what an ONNX file makes of its inputs."""
    import onnxruntime

    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    return session.run(None, {name: np.asarray(values, np.float32) for name, values in inputs.items()})[0]


@pytest.mark.slow
@pytest.mark.parametrize("which", "hnvob")
def test_acai_gives_the_scores_that_were_given_in_production(models_dir: Path, which: str) -> None:
    """Each of the five networks, imported, agrees to 1e-5 with what Kowalski gave to 39 alerts."""
    made = import_model(models_dir / f"acai_{which}.h5", columns())
    assert (made.name, made.complete) == (f"acai_{which}", True)
    example = models_dir / "btsbot_example"
    with (example / "candidates.csv").open() as file:
        rows = list(csv.DictReader(file))
    scorer = Scorer(catalogue(columns())[made.name])
    names = scorer.sidecar.inputs["features"].names
    features = np.array([[float(row[name]) for name in names] for row in rows], np.float32)
    scores = scorer.run({"features": features, "triplets": np.load(example / "triplets.npy").astype(np.float32)})
    wanted = [float(row[made.name]) for row in rows]
    assert len(rows) == 39
    assert np.abs(scores[:, 0] - wanted).max() < 1e-5


def test_an_image_network_with_two_inputs_computes_what_its_layers_say(tmp_path: Path) -> None:
    """Convolutions, pooling, normalisation, flattening and joining, against the sums written out."""
    rng = np.random.default_rng(3)
    kernel, deep, point = rng.normal(size=(3, 3, 2, 4)), rng.normal(size=(2, 2, 4, 1)), rng.normal(size=(1, 1, 4, 3))
    bias, scale, shift, mean, variance = (rng.uniform(0.5, 1.5, size) for size in (4, 3, 3, 3, 3))
    dense = rng.normal(size=(2 * 2 * 3 + 2, 2))
    layers = [
        ("InputLayer", {"name": "image", "batch_input_shape": [None, 6, 5, 2]}, (), ()),
        ("InputLayer", {"name": "numbers", "batch_input_shape": [None, 2]}, (), ()),
        ("Conv2D", {"name": "conv", "filters": 4, "kernel_size": [3, 3], "strides": [1, 1], "padding": "same",
                    "activation": "relu"}, ("image",), (kernel, bias)),
        ("SeparableConv2D", {"name": "sep", "filters": 3, "kernel_size": [2, 2], "use_bias": False}, ("conv",),
         (deep, point)),
        ("BatchNormalization", {"name": "bn", "axis": [3], "epsilon": 0.01}, ("sep",), (scale, shift, mean, variance)),
        ("MaxPooling2D", {"name": "pool", "pool_size": [2, 2], "strides": [2, 2], "padding": "valid"}, ("bn",), ()),
        ("Dropout", {"name": "drop", "rate": 0.5}, ("pool",), ()),
        ("Flatten", {"name": "flat"}, ("drop",), ()),
        ("Concatenate", {"name": "all", "axis": -1}, ("flat", "numbers"), ()),
        ("Dense", {"name": "out", "units": 2, "activation": "softmax", "use_bias": False}, ("all",), (dense,)),
    ]  # fmt: skip
    data = to_onnx(read_keras(write_h5(tmp_path / "net.h5", layers, ["out"])))
    image, numbers = rng.normal(size=(6, 5, 2)).astype(np.float32), np.array([0.3, -0.7], np.float32)

    padded = np.zeros((8, 7, 2))
    padded[1:7, 1:6] = image
    conv = np.array(
        [[[(padded[i : i + 3, j : j + 3, :, None] * kernel).sum((0, 1, 2))] for j in range(5)] for i in range(6)]
    )
    conv = np.maximum(conv[:, :, 0] + bias, 0)
    sep = np.array(
        [[((conv[i : i + 2, j : j + 2] * deep[..., 0]).sum((0, 1)) @ point[0, 0]) for j in range(4)] for i in range(5)]
    )
    normal = (sep - mean) / np.sqrt(variance + 0.01) * scale + shift
    pooled = np.array([[normal[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max((0, 1)) for j in range(2)] for i in range(2)])
    summed = np.concatenate([pooled.ravel(), numbers]) @ dense
    wanted = np.exp(summed - summed.max()) / np.exp(summed - summed.max()).sum()
    assert run(data, image=[image], numbers=[numbers])[0] == pytest.approx(wanted, abs=1e-5)


def test_a_keras_3_file_is_read(tmp_path: Path) -> None:
    """Its weights lie under the class of each layer, counted from the second on."""
    layers = [
        ("Dense", {"name": "a", "units": 2, "activation": "relu", "batch_input_shape": [None, 2]}, (),
         ([[1.0, -1.0], [2.0, 0.5]], [0.0, 1.0])),
        ("Dense", {"name": "b", "units": 1}, (), ([[3.0], [4.0]], [0.5])),
    ]  # fmt: skip
    data = to_onnx(read_keras(write_keras(tmp_path / "net.keras", layers, ["dense", "dense_1"])))
    assert run(data, a_input=[[1.0, 2.0]])[0, 0] == pytest.approx(5.0 * 3.0 + 1.0 * 4.0 + 0.5)


def test_what_is_not_known_gets_a_sidecar_to_complete(tmp_path: Path) -> None:
    """It says how many features there are, and the model is a column once they are named."""
    file = write_h5(tmp_path / "mine.v2.h5", [INPUT, DENSE], ["out"])
    made = import_model(file, columns())
    assert (made.name, made.complete) == ("mine", False)
    assert "names of 3 features" in made.sidecar.read_text()
    assert "inputs.x" in catalogue(columns())["mine"].problem
    made.sidecar.write_text(made.sidecar.read_text().replace("names: []", "names: [drb, magpsf, rate]"))
    model = catalogue(columns())["mine"]
    assert Scorer(model).run({"x": np.array([[1, 1, 1]], np.float32)})[0, 0] == pytest.approx(1 / (1 + np.exp(-2.5)))
    with pytest.raises(ModelError, match="exists"):
        import_model(file, columns())
    assert import_model(file, columns(), overwrite=True).name == "mine"
    with pytest.raises(ModelError, match="a column 'magpsf' already"):
        import_model(file, columns(), "magpsf")


def test_a_plain_onnx_file_with_a_sidecar_beside_it_is_imported(tmp_path: Path) -> None:
    """The sidecar's input is called what the file calls it, where only one can be meant."""
    file = tmp_path / "tree.onnx"
    file.write_bytes(to_onnx(read_keras(write_h5(tmp_path / "t.h5", [INPUT, DENSE], ["out"]))))
    sidecar = (
        "name: other\nmodel: tree.onnx\ninputs: {in0: {kind: features, names: [drb, rb, fid]}}\noutput: {name: p}\n"
    )
    file.with_suffix(".yaml").write_text(sidecar)
    made = import_model(file, columns())
    assert made.complete
    read = read_sidecar(made.sidecar)
    assert (read.name, [*read.inputs], read.output.name) == ("tree", ["x"], "out")
    assert len(read.sha256) == 64


def lambda_layer(folder: Path) -> Path:
    """Return a file with a layer that holds code."""
    code = ("Lambda", {"name": "code", "function": ["4wEAAAA=", None, None]}, ("x",), ())
    return write_h5(folder / "bad.h5", [INPUT, code, (*DENSE[:2], ("code",), DENSE[3])], ["out"])


def linked(folder: Path) -> Path:
    """Return a file whose weights lie in another one."""
    path = write_h5(folder / "bad.h5", [INPUT, DENSE], ["out"])
    with h5py.File(path, "r+") as file:
        del file["model_weights/out"]["out/w0:0"]
        file["model_weights/out"]["out/w0:0"] = h5py.ExternalLink("elsewhere.h5", "/secret")
    return path


def huge(folder: Path) -> Path:
    """Return a file that claims more weights than any network for alerts has, without holding them."""
    path = write_h5(folder / "bad.h5", [INPUT, DENSE], ["out"])
    with h5py.File(path, "r+") as file:
        group = file["model_weights/out"]
        del group["out/w0:0"]
        group.create_dataset("out/w0:0", shape=(2**20, 2**12), dtype="f4")
    return path


def twisted(folder: Path) -> Path:
    """Return a file whose layers read each other."""
    ring = (DENSE[0], DENSE[1], ("out",), DENSE[3])
    return write_h5(folder / "bad.h5", [INPUT, ring], ["out"])


def misfitting(folder: Path) -> Path:
    """Return a file whose weights do not fit its layer."""
    return write_h5(folder / "bad.h5", [INPUT, (*DENSE[:3], ([[1.0], [2.0]], [0.5]))], ["out"])


def bomb(folder: Path) -> Path:
    """Return a zip of which a member unpacks to more than a description can be."""
    import zipfile

    path = folder / "bad.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", b" " * 6_000_000)
        archive.writestr("model.weights.h5", b"")
    return path


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda_layer, "is a Lambda, which is not supported"),
        (linked, "leads out of the file"),
        (huge, "more than 50,000,000 weights"),
        (twisted, "reads what there is not"),
        (misfitting, "has weights of"),
        (bomb, "config.json is larger than"),
    ],
)
def test_a_hostile_file_is_refused_in_one_sentence(tmp_path: Path, make: Any, told: str) -> None:
    """It names the file and what is wrong, and nothing is left of it."""
    path = make(tmp_path)
    with pytest.raises(ModelError) as caught:
        import_model(path, columns())
    assert told in str(caught.value)
    assert str(path) in str(caught.value)
    assert not list(user_folder().glob("*"))


def test_a_file_that_is_not_there_is_told_before_its_name_is_judged(tmp_path: Path) -> None:
    """A pattern that the shell found nothing for is no name of a column, but that is not what is wrong."""
    with pytest.raises(ModelError, match="there is no such file"):
        import_model(tmp_path / "acai*.h5", {})


def test_a_damaged_description_is_refused(tmp_path: Path) -> None:
    """Whatever is in the place of a network's description."""
    for text in ("[]", "{", json.dumps({"class_name": "Model", "config": {"layers": 3}}), '{"config": {}}'):
        path = tmp_path / "bad.h5"
        with h5py.File(path, "w") as file:
            file.attrs["model_config"] = text
            file.create_group("model_weights")
        with pytest.raises(ModelError, match=r"bad\.h5"):
            read_keras(path)
    for suffix in (".pkl", ".joblib", ""):
        with pytest.raises(ModelError, match=r"no such file|pickles are never read"):
            import_model(tmp_path / f"model{suffix}", columns())
