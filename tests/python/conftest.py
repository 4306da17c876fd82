"""Nights opened by Python, once for all tests of a file."""

from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import pytest

import huntui

mpl.use("agg")

SMALL = {"simulate.count": 600}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[huntui.Night]:
    """Open a simulated night, in a directory without a configuration."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("here"))
        with huntui.open_night("20240707", settings=SMALL, cache=False) as night:
            yield night


@pytest.fixture(scope="module")
def real(packets_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[huntui.Night]:
    """Open the real packets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("here"))
        with huntui.open_night(source=packets_dir, cache=False) as night:
            yield night
