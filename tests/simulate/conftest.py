"""One small simulated night, made once: its packets as bytes, and as fastavro reads them."""

import io
from typing import Any

import fastavro
import pytest

from huntui.simulate.night import SimulatedNight


@pytest.fixture(scope="session")
def night() -> SimulatedNight:
    """Return a night of 300 alerts: three chunks, the last one short."""
    return SimulatedNight("20240707", seed=7, count=300)


@pytest.fixture(scope="session")
def packets(night: SimulatedNight) -> list[bytes]:
    """Return the packets of the night as they stream."""
    return [
        chunk.data[start:end].tobytes()
        for chunk in night.chunks()
        for start, end in zip(chunk.starts, chunk.ends, strict=True)
    ]


@pytest.fixture(scope="session")
def records(packets: list[bytes]) -> list[dict[str, Any]]:
    """Return the packets as fastavro reads them."""
    return [record for packet in packets for record in fastavro.reader(io.BytesIO(packet))]
