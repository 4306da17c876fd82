"""Keras networks as files: what layers they have and with which weights, read with h5py alone.

Two forms: an HDF5 file (`.h5`, of Keras 2 and 3), and the zip of Keras 3 (`.keras`). Both may come from anywhere, so
that nothing in them is run: a layer that holds code (Lambda) is refused as every unknown one is. No link out of a file
is followed, and nothing is read before its size is known.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui import strict_yaml
from huntui.errors import ModelError

Floats = npt.NDArray[np.float32]

MAX_FILE_BYTES = 500_000_000
"""A file of Keras holds the state of its training as well, three times what the network itself has."""
MAX_CONFIG_BYTES = 5_000_000
MAX_LAYERS = 500
MAX_PARAMETERS = 50_000_000


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a network."""

    name: str
    kind: str
    """Keras' name of its class."""
    config: dict[str, Any]
    inputs: tuple[str, ...]
    """Names of the layers it reads, in order."""
    weights: tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A network: its layers in the order they are run, and which of them it takes from and gives to."""

    layers: tuple[Layer, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def read_keras(path: Path) -> Network:
    """Read a `.h5` or `.keras` file; raises `ModelError` for one that is damaged, too large or of another form."""
    data = strict_yaml.read_bytes(path, ModelError, "a Keras file", MAX_FILE_BYTES)
    if len(data) > MAX_FILE_BYTES:
        raise ModelError(f"{path}: is larger than the {MAX_FILE_BYTES:,} bytes that a network may have.")
    try:
        if data[:2] == b"PK":
            return _from_zip(data, path)
        return _from_hdf5(data, path)
    except ModelError:
        raise
    except ImportError:
        raise ModelError("Importing Keras networks needs h5py: pip install 'huntui[ml]'.") from None
    except Exception as error:  # noqa: BLE001 (a damaged file fails in h5py, zipfile and json as it likes)
        raise ModelError(f"{path}: is no Keras network that can be read ({type(error).__name__}: {error}).") from None


def _from_hdf5(data: bytes, path: Path) -> Network:
    import h5py

    with h5py.File(io.BytesIO(data), "r") as file:
        config = file.attrs.get("model_config")
        if config is None:
            raise ModelError(f"{path}: holds weights without the network; save the whole model, not its weights alone.")
        group = _group(file, "model_weights")
        return _network(_json(config, path), lambda name, _: _hdf5_weights(group, name), path)


def _hdf5_weights(group: Any, layer: str) -> list[Any]:
    if layer not in group:
        return []
    inner = _group(group, layer)
    names = [name.decode() if isinstance(name, bytes) else str(name) for name in inner.attrs.get("weight_names", [])]
    return [_dataset(inner, name) for name in names]


def _from_zip(data: bytes, path: Path) -> Network:
    import h5py

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        config = _member(archive, "config.json", MAX_CONFIG_BYTES, path)
        weights = _member(archive, "model.weights.h5", MAX_FILE_BYTES, path)
    with h5py.File(io.BytesIO(weights), "r") as file:
        root = next((name for name in ("layers", "_layer_checkpoint_dependencies") if name in file), None)
        group = _group(file, root) if root else None
        return _network(_json(config, path), lambda _, place: _zip_weights(group, place), path)


def _zip_weights(group: Any, place: str) -> list[Any]:
    if group is None or place not in group or "vars" not in _group(group, place):
        return []
    kept = _group(_group(group, place), "vars")
    return [_dataset(kept, name) for name in sorted(kept, key=int)]


def _member(archive: zipfile.ZipFile, name: str, most: int, path: Path) -> bytes:
    if name not in archive.namelist():
        raise ModelError(f"{path}: has no {name}, as a .keras file has.")
    with archive.open(name) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ModelError(f"{path}: {name} is larger than the {most:,} bytes it may have.")
    return data


def _group(parent: Any, name: str) -> Any:
    import h5py

    found = _followed(parent, name)
    if not isinstance(found, h5py.Group):
        raise ModelError(f"{name!r} is no group of an HDF5 file.")
    return found


def _dataset(parent: Any, name: str) -> Any:
    import h5py

    found = _followed(parent, name)
    if not isinstance(found, h5py.Dataset) or found.is_virtual or found.external:
        raise ModelError(f"the weights {name!r} are not in the file itself.")
    if found.dtype.kind != "f":
        raise ModelError(f"the weights {name!r} are no floats.")
    return found


def _followed(parent: Any, name: str) -> Any:
    """Return what a path leads to, over nothing but what lies in the file itself."""
    import h5py

    for part in name.split("/"):
        if not isinstance(parent.get(part, getlink=True), h5py.HardLink):
            raise ModelError(f"{name!r} leads out of the file, or to nothing.")
        parent = parent[part]
    return parent


def _json(text: bytes | str, path: Path) -> dict[str, Any]:
    if len(text) > MAX_CONFIG_BYTES:
        raise ModelError(f"{path}: describes more than a network can be.")
    config = json.loads(text)
    if not isinstance(config, dict) or not isinstance(config.get("config"), dict | list):
        raise ModelError(f"{path}: does not describe a network.")
    return config


def _network(described: dict[str, Any], weights: Callable[[str, str], list[Any]], path: Path) -> Network:
    kind, config = described.get("class_name"), described["config"]
    if kind not in ("Model", "Functional", "Sequential"):
        raise ModelError(f"{path}: is a {kind}; a network of layers (functional or sequential) was expected.")
    layers = config if isinstance(config, list) else config["layers"]
    if len(layers) > MAX_LAYERS:
        raise ModelError(f"{path}: has {len(layers)} layers; {MAX_LAYERS} are the most.")
    listed = list(_sequential(layers) if kind == "Sequential" else _functional(layers))
    # Keras counts the layers of a class in the order in which it wrote them down.
    order = {str(one["config"].get("name")): place for place, one in enumerate(layers)}
    places = _places(sorted(listed, key=lambda layer: order.get(layer.name, -1)))
    left, found = MAX_PARAMETERS, []
    for layer in listed:
        kept = weights(layer.name, places[layer.name])
        left -= sum(int(np.prod(one.shape, dtype=np.float64)) for one in kept)
        if left < 0:
            raise ModelError(f"{path}: has more than {MAX_PARAMETERS:,} weights.")
        arrays = tuple(np.asarray(one[()], np.float32) for one in kept)
        found.append(Layer(layer.name, layer.kind, layer.config, layer.inputs, arrays))
    if kind == "Sequential":
        return Network(tuple(found), (found[0].name,), (found[-1].name,))
    return Network(tuple(found), tuple(_ends(config["input_layers"])), tuple(_ends(config["output_layers"])))


def _places(layers: list[Layer]) -> dict[str, str]:
    """Return what each layer is called in the weights of a .keras file: its class, with a number from the second on."""
    seen: dict[str, int] = {}
    places = {}
    for layer in layers:
        # SeparableConv2D becomes separable_conv2d there.
        words = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", layer.kind))
        name = re.sub(r"([a-z])([A-Z])", r"\1_\2", words).lower()
        number = seen.get(name, 0)
        seen[name] = number + 1
        places[layer.name] = f"{name}_{number}" if number else name
    return places


def _sequential(layers: list[Any]) -> Iterator[Layer]:
    before = ""
    for place, one in enumerate(layers):
        config = dict(one["config"])
        name = str(config.get("name", f"layer_{place}"))
        if place == 0 and one["class_name"] != "InputLayer":
            before = f"{name}_input"
            yield Layer(before, "InputLayer", {"batch_input_shape": _shape_of(config)}, (), ())
        yield Layer(name, str(one["class_name"]), config, (before,) if before else (), ())
        before = name


def _functional(layers: list[Any]) -> Iterator[Layer]:
    """Yield layers so that each comes behind all that it reads."""
    waiting = {str(one["name"]): one for one in layers}
    if len(waiting) < len(layers):
        raise ModelError("two layers of the network have one name.")
    reads = {name: _inbound(one) for name, one in waiting.items()}
    done: set[str] = set()
    while waiting:
        ready = [name for name in waiting if done.issuperset(reads[name])]
        if not ready:
            raise ModelError(f"the layer {next(iter(waiting))!r} reads what there is not.")
        for name in ready:
            one = waiting.pop(name)
            done.add(name)
            yield Layer(name, str(one["class_name"]), dict(one["config"]), reads[name], ())


def _inbound(layer: dict[str, Any]) -> tuple[str, ...]:
    nodes = layer.get("inbound_nodes") or []
    if len(nodes) > 1:
        raise ModelError(f"the layer {layer['name']!r} is used more than once, which is not supported.")
    return tuple(_names(nodes[0])) if nodes else ()


def _names(node: Any) -> Iterator[str]:
    """Yield the layers that a node reads: `[[name, 0, 0, {}], …]` in Keras 2, tensors with a history in Keras 3."""
    if isinstance(node, dict):
        if "keras_history" in node:
            yield str(node["keras_history"][0])
        else:
            for inner in node.values():
                yield from _names(inner)
    elif isinstance(node, list):
        if len(node) >= 3 and isinstance(node[0], str) and isinstance(node[1], int):
            yield node[0]
        else:
            for inner in node:
                yield from _names(inner)


def _ends(described: Any) -> Iterator[str]:
    """Yield the layers at the network's ends: `[[name, 0, 0], …]`, or one of them by itself."""
    if isinstance(described, list) and described and isinstance(described[0], str):
        yield described[0]
        return
    for one in described if isinstance(described, list) else described.values():
        yield from _ends(one)


def _shape_of(config: dict[str, Any]) -> Any:
    shape = config.get("batch_input_shape") or config.get("batch_shape")
    if shape is None:
        raise ModelError("the network does not say what shape its input has.")
    return shape
