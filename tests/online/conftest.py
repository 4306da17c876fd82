"""A server of one night, and a folder that does not exist yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fetching_nights import Fetch
from night_server import NAME, Behaviour, archive_of, serving


@pytest.fixture(scope="session")
def night() -> bytes:
    """Return an archive of some million bytes that do not compress."""
    import random

    return archive_of({f"{k}.avro": random.Random(k).randbytes(30_000) for k in range(40)})


@pytest.fixture
def behaviour(night: bytes) -> Behaviour:
    """Return what the server does; a test may change it."""
    return Behaviour({NAME: night})


@pytest.fixture
def fetch(behaviour: Behaviour, tmp_path: Path) -> Iterator[Fetch]:
    """Return what downloads from that server."""
    with serving(behaviour) as url:
        yield Fetch(url, tmp_path / "data")
