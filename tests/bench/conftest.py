"""The benchmarks lie in the checkout and are not installed."""

import shutil
import sys
from pathlib import Path

import pytest

# At the end, so that it is the installed huntui that is tested.
sys.path.append(str(Path(__file__).parents[2]))


@pytest.fixture(scope="session")
def few_packets(packet_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of a few real packets of all ages."""
    folder = tmp_path_factory.mktemp("few")
    for path in packet_files[:: max(1, len(packet_files) // 12)]:
        shutil.copy(path, folder)
    return folder
