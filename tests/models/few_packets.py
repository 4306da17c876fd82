"""Engines that ask models, over real packets, and a model that is small."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
from keras_files import write_h5

from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.features.registry import columns
from huntui.funnel.cuts import Cuts
from huntui.hunt.treasure import Hunt
from huntui.models.catalogue import Model, announce, catalogue
from huntui.models.import_keras import read_keras
from huntui.models.import_layers import to_onnx
from huntui.night.view import NightView
from huntui.sources.folder import FolderSource

NO_HUNT = Hunt("none", "nothing", (), ())


class AskingEngine(Engine):
    """An engine of which a test may ask for scores."""

    def asked(self, snapshot: Snapshot, names: list[str]) -> NightView:
        """Return a snapshot's night with the scores of all its alerts."""
        assert snapshot.view is not None
        assert self._scoring is not None
        return self._scoring.filled(snapshot.view, names, np.arange(len(snapshot.view)))


@asynccontextmanager
async def engine_over(
    folder: Path, cuts: Cuts, models: Mapping[str, Model], hunt: Hunt = NO_HUNT, **options: Any
) -> AsyncIterator[AskingEngine]:
    """Give an engine over a folder of packets that is started, and stopped whatever happens."""
    engine = AskingEngine(FolderSource(folder), cuts, hunt, models=models, **options)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


async def scored_night(engine: Engine) -> Snapshot:
    """Return the first snapshot of the whole night in which no alert waits for a score."""
    async for snapshot in engine:
        assert snapshot.status != "failed", snapshot.failure
        if snapshot.status == "finished" and not snapshot.waiting:
            return snapshot
    raise AssertionError("the engine stopped before")


def few(folder: Path, files: list[Path], number: int) -> Path:
    """Put links to some packets into a folder."""
    folder.mkdir()
    for path in files[:: max(1, len(files) // number)][:number]:
        (folder / path.name).symlink_to(path)
    return folder


def logistic(
    folder: Path, name: str = "steep", *, reads: str = "magpsf, drb", weights: Any = ((1.0,), (0.0,))
) -> Model:
    """Write a model that is a logistic function of two features, and make its column known."""
    layers = [
        ("InputLayer", {"name": "x", "batch_input_shape": [None, len(weights)]}, (), ()),
        ("Dense", {"name": "out", "units": 1, "activation": "sigmoid"}, ("x",), (weights, [-19.0])),
    ]
    (folder / f"{name}.onnx").write_bytes(to_onnx(read_keras(write_h5(folder / f"{name}.h5", layers, ["out"]))))
    sidecar = f"name: {name}\nmodel: {name}.onnx\ninputs: {{x: {{kind: features, names: [{reads}]}}}}\n"
    (folder / f"{name}.yaml").write_text(f"{sidecar}output: {{name: out}}\n")
    models = catalogue(columns(), [str(folder / f"{name}.yaml")])
    announce(models, columns())
    return models[name]
