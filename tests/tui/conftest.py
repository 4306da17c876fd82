"""A few real packets for screens that need a true night."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def packets(packet_files: list[Path], tmp_path: Path) -> Path:
    """Return a folder of 80 real packets."""
    for file in packet_files[:80]:
        shutil.copy(file, tmp_path)
    return tmp_path
