"""The simulated source keeps the protocol of sources."""

import subprocess
import sys

import numpy as np
import pytest

from huntui.errors import CallError, SourceError
from huntui.sources.simulated import SimulatedSource
from huntui.sources.source import Source


@pytest.fixture(scope="module")
def source() -> SimulatedSource:
    """Return a small simulated night."""
    return SimulatedSource("20240707", seed=3, count=150)


def test_it_delivers_as_many_packets_as_it_says(source: Source) -> None:
    """`total` is known beforehand and exact; addresses are the indices."""
    batches = list(source.batches())
    assert sum(len(batch) for batch in batches) == source.total == 150
    addresses = np.concatenate([batch.addresses for batch in batches])
    np.testing.assert_array_equal(addresses, np.stack([np.arange(150), np.zeros(150)], axis=1))


def test_a_packet_is_fetched_again_by_its_address(source: Source) -> None:
    """The same bytes as in the batch."""
    batch = next(source.batches())
    for k in (0, len(batch) - 1):
        assert source.fetch(batch.addresses[k]) == batch.data[batch.starts[k] : batch.ends[k]].tobytes()
        assert str(k) in source.describe(batch.addresses[k])


def test_a_packet_beyond_the_night_is_an_error_in_words(source: Source) -> None:
    """The sentence says how many there are."""
    with pytest.raises(SourceError, match="the night has 150"):
        source.fetch(np.array([150, 0]))


def test_it_says_that_it_is_simulated(source: Source) -> None:
    """Kind, title and flag."""
    assert (source.kind, source.title, source.simulated) == ("simulated", "simulated", True)


def test_a_bad_date_is_refused_before_anything_is_made() -> None:
    """Choosing the source already tells."""
    with pytest.raises(CallError, match="YYYYMMDD"):
        SimulatedSource("20241399")


def test_choosing_it_imports_no_compiler() -> None:
    """Numba waits until the first packet is wanted."""
    code = (
        "import sys; from huntui.sources.simulated import SimulatedSource; "
        "SimulatedSource('20240707'); sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
