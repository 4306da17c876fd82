"""A night to keep, and a cache to keep it in."""

from pathlib import Path

import pytest
from kept_nights import PLENTY
from test_store import night_of

from huntui.night.cache import NightCache
from huntui.night.store import Night
from huntui.packets import faults
from huntui.packets.faults import BadPacket


@pytest.fixture(scope="module")
def night(packet_files: list[Path]) -> Night:
    """Return a night with duplicates and bad packets, of 15 schemas where all packets are read."""
    night = night_of([*packet_files[::12], *packet_files[:24:12]], packet_files[5:905:90])
    for fault, where in ((faults.TRUNCATED, 3), (faults.NOT_AVRO, 9), (faults.TRUNCATED, 2**40)):
        night.quarantine.add(BadPacket(fault, (where, 1)))
    return night


@pytest.fixture
def cache(tmp_path: Path) -> NightCache:
    """Return an empty cache."""
    return NightCache(tmp_path / "nights", PLENTY)
