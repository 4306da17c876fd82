"""The simulated source: a night of invented alerts, made while it is read and never written to disk.

A packet's address is its index in the night; fetching it makes it again, byte for byte.
"""

from collections.abc import Iterator, Mapping
from threading import Lock
from typing import TYPE_CHECKING

from huntui.errors import SourceError
from huntui.packets.batch import Int64s, PacketBatch
from huntui.simulate.recipe import recipe

if TYPE_CHECKING:
    from huntui.simulate.night import SimulatedNight


class SimulatedSource:
    """A simulated night as a source; equal arguments give equal nights.

    Raises `CallError` for a date that cannot be simulated. The night itself is planned when its first packet is wanted.
    """

    kind = "simulated"
    title = "simulated"
    simulated = True
    total: int | None

    def __init__(self, date: str, *, seed: int | None = None, count: int = 24_948) -> None:
        self.recipe = recipe(date, seed, count)
        self.total = count
        self._lock = Lock()
        self._night: SimulatedNight | None = None

    @property
    def fraction(self) -> float | None:
        """The number of packets is known, which says more."""
        return None

    def fingerprint(self) -> str | None:
        """Nothing is worth keeping: the night can be made again at any time, and watching it stream is the point."""
        return None

    def batches(self) -> Iterator[PacketBatch]:
        """Make the packets of the night, in order of time."""
        yield from self._planned().chunks()

    def fetch(self, address: Int64s) -> bytes:
        """Make one packet again; raises `SourceError` when the night has none of that index."""
        night = self._planned()
        try:
            return night.packet(int(address[0]))
        except IndexError:
            raise SourceError(f"There is no {self.describe(address)}: the night has {len(night)}.") from None

    def describe(self, address: Int64s) -> str:
        """Name a packet by its index."""
        return f"simulated packet {int(address[0])}"

    def stored(self, addresses: Int64s) -> None:
        """Nothing waits for it: an invented packet is never lost."""

    def truth(self, object_ids: list[str]) -> Mapping[str, Mapping[str, object]]:
        """Return the truth of objects by objectId; names that are none of this night's are left out."""
        return self._planned().truth(object_ids)

    def close(self) -> None:
        """Nothing is open."""

    def _planned(self) -> "SimulatedNight":
        # Numba and the plan wait until here, so that choosing a source costs nothing.
        from huntui.simulate.night import SimulatedNight

        with self._lock:
            if self._night is None:
                made = self.recipe
                self._night = SimulatedNight(made.date, made.seed, made.count)
            return self._night
