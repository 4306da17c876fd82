"""An engine to ask: the threaded one, and the synchronous one that stands in for it on test screens."""

from pathlib import Path

import pytest
from engines import EXERCISE, MakeEngine, small_hunt
from synchronous_engine import SynchronousEngine

from huntui.engine.engine import Engine
from huntui.engine.face import EngineFace
from huntui.features.registry import kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.sources.folder import FolderSource


@pytest.fixture(params=[Engine, SynchronousEngine], ids=["threaded", "synchronous"])
def make_engine(request: pytest.FixtureRequest, packets_dir: Path) -> MakeEngine:
    """Return a function that makes an engine over the real packets."""

    def make(cuts: Cuts | None = None, **options: object) -> EngineFace:
        engine: EngineFace = request.param(
            FolderSource(packets_dir), cuts or load_cuts(EXERCISE, kinds()), small_hunt(), **options
        )
        return engine

    return make
