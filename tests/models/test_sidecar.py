"""Sidecars: what is written is read again, and every mistake is one sentence that names the file and the key."""

import hashlib
from pathlib import Path

import pytest

from huntui import scores
from huntui.errors import ModelError
from huntui.features.registry import columns, kinds
from huntui.models.catalogue import SHIPPED, announce, catalogue
from huntui.models.sidecar import Sidecar, model_bytes, read_sidecar, sidecar_text

TREE = """\
name: tree
model: tree.onnx
inputs:
  x: {kind: features, names: [drb, rate]}
output: {name: probabilities, index: 1}
missing: nan
fallback: {drb: rb}
"""


def written(folder: Path, text: str, name: str = "tree") -> Path:
    """Write a sidecar."""
    path = folder / f"{name}.yaml"
    path.write_text(text)
    return path


def test_a_sidecar_is_read_as_it_was_written(tmp_path: Path) -> None:
    """What training or an import writes is what scoring reads, and every feature it takes is named once."""
    sidecar = read_sidecar(written(tmp_path, TREE))
    assert read_sidecar(written(tmp_path, sidecar_text(sidecar))) == sidecar
    assert sidecar.feature_names == ("drb", "rate", "rb")
    assert not sidecar.reads_cutouts


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: features", "kind: feature", "inputs.x.kind must be 'features' or 'triplet', not 'feature'"),
        ("[drb, rate]", "['d b']", "inputs.x.names[0] must be one word of letters"),
        ("[drb, rate]", "[]", "inputs.x: an input of kind features has names"),
        ("index: 1", "index: -1", "output.index must be"),
        ("model: tree.onnx", "model: ../tree.onnx", "must be the name of a file beside it"),
        ("missing: nan", "missing: zero", "missing must be 'skip' or 'nan'"),
        ("index: 1", "index: 1, labels: [a, b]", "labels and an index"),
        ("missing: nan", "mising: nan", "there is no key mising"),
        ("name: tree", "name: 3rd", "name must be one word"),
    ],
)
def test_a_mistake_in_a_sidecar_is_one_sentence(tmp_path: Path, old: str, new: str, told: str) -> None:
    """It names the file and the key."""
    path = written(tmp_path, TREE.replace(old, new))
    with pytest.raises(ModelError) as caught:
        read_sidecar(path)
    assert str(caught.value).startswith(f"{path}")
    assert told in str(caught.value)


def test_a_model_is_the_file_that_its_sidecar_was_written_for(tmp_path: Path) -> None:
    """Another file of the same name is refused, as is one that is not there."""
    (tmp_path / "tree.onnx").write_bytes(b"trees")
    digest = hashlib.sha256(b"trees").hexdigest()
    path = written(tmp_path, f"{TREE}sha256: '{digest}'\n")
    assert model_bytes(path, read_sidecar(path)) == b"trees"
    (tmp_path / "tree.onnx").write_bytes(b"other trees")
    with pytest.raises(ModelError, match="sha256"):
        model_bytes(path, read_sidecar(path))
    (tmp_path / "tree.onnx").unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        model_bytes(path, read_sidecar(path))


def test_a_model_of_several_classes_has_a_column_for_each() -> None:
    """They are called after the model and the class."""
    inputs = {"x": {"kind": "features", "names": ["drb"]}}
    sidecar = Sidecar.model_validate(
        {"name": "kind", "model": "kind.onnx", "inputs": inputs, "output": {"name": "p", "labels": ["SN", "AGN"]}}
    )
    assert [column.name for column in sidecar.columns()] == ["kind_SN", "kind_AGN"]


def test_what_comes_with_huntui_has_the_columns_that_are_always_known() -> None:
    """The leaf that names them and the sidecars that describe them agree, and each says where its weights are."""
    shipped = {path.stem: read_sidecar(path) for path in SHIPPED.glob("*.yaml")}
    for column in scores.SHIPPED:
        sidecar = shipped[column.name]
        assert (sidecar.name, sidecar.meaning) == (column.name, column.meaning)
        assert "github.com" in sidecar.weights or (SHIPPED / sidecar.model).is_file()
    models = catalogue(columns())
    assert not {name for name, model in models.items() if model.sidecar is None or "no feature" in model.problem}
    assert {column.name for column in scores.SHIPPED} <= kinds().keys()


def test_a_model_of_the_configuration_becomes_a_column(tmp_path: Path) -> None:
    """One that is named like a column of the packet does not, nor one that reads what there is not."""
    path = written(tmp_path, TREE)
    models = catalogue(columns(), [str(path)])
    assert "tree.onnx is missing" in models["tree"].problem
    announce(models, columns())
    try:
        assert kinds()["tree"] == "number"
        with pytest.raises(ModelError, match="a column 'magpsf' already"):
            announce(
                catalogue(columns(), [str(written(tmp_path, TREE.replace("name: tree", "name: magpsf"), "m"))]),
                columns(),
            )
        unknown = catalogue(columns(), [str(written(tmp_path, TREE.replace("[drb, rate]", "[dbr]"), "t"))])["tree"]
        assert "Did you mean 'drb'?" in unknown.problem
        with pytest.raises(ModelError, match="there is no model 'acai_x'"):
            catalogue(columns(), ["acai_x"])
    finally:
        scores.know(())
