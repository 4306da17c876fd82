"""Files as Keras writes them, made with h5py alone: of version 2 (.h5) and of version 3 (.keras)."""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

Described = tuple[str, dict[str, Any], Sequence[str], Sequence[Any]]
"""Class, config (with a name), names of the layers it reads, weights."""


def write_h5(path: Path, layers: Sequence[Described], outputs: Sequence[str]) -> Path:
    """Write a functional network as Keras 2 does."""
    described = [
        {"class_name": kind, "config": config, "name": config["name"], "inbound_nodes": _nodes(reads)}
        for kind, config, reads, _ in layers
    ]
    config = {
        "name": "model",
        "layers": described,
        "input_layers": [[c["name"], 0, 0] for kind, c, _, _ in layers if kind == "InputLayer"],
        "output_layers": [[name, 0, 0] for name in outputs],
    }
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = json.dumps({"class_name": "Functional", "config": config})
        for _, config, _, weights in layers:
            group = file.create_group(f"model_weights/{config['name']}")
            names = [f"{config['name']}/w{k}:0" for k in range(len(weights))]
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, values in zip(names, weights, strict=True):
                group[name] = np.asarray(values, np.float32)
    return path


def write_keras(path: Path, layers: Sequence[Described], places: Sequence[str]) -> Path:
    """Write a sequential network as Keras 3 does; `places` say where each layer's weights lie."""
    config = {"name": "sequential", "layers": [{"class_name": kind, "config": c} for kind, c, _, _ in layers]}
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        for (_, _, _, weights), place in zip(layers, places, strict=True):
            for k, values in enumerate(weights):
                file[f"layers/{place}/vars/{k}"] = np.asarray(values, np.float32)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps({"class_name": "Sequential", "config": config}))
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.5.0"}))
        archive.writestr("model.weights.h5", buffer.getvalue())
    return path


def _nodes(reads: Sequence[str]) -> list[Any]:
    return [[[name, 0, 0, {}] for name in reads]] if reads else []
