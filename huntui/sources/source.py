"""The one protocol between the engine and whatever delivers packets."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from huntui.packets.batch import Int64s, Packets


class Source(Protocol):
    """Delivers a night as batches of packets, in an order that is the same every time.

    `batches` blocks and is iterated by the engine, in a thread of its own; `fetch`, `describe` and `stored` may be
    called from other threads meanwhile.
    """

    kind: str
    """Its name in the registry: `folder`, `simulated`."""
    title: str
    """What a person would call it: the path of the folder, `simulated`."""
    simulated: bool
    """Whether its alerts are invented."""
    total: int | None
    """Packets it will deliver, as far as it is known; counting them takes less than a second, or is not done."""

    @property
    def fraction(self) -> float | None:
        """How much of the night was delivered so far, from 0 to 1, where `total` is not known."""
        ...

    def fingerprint(self) -> str | None:
        """Return a digest of what the night is read from (names, sizes, times), or None where keeping it is no use.

        Two nights with the same fingerprint hold the same packets; raises `SourceError` when it is gone.
        """
        ...

    def batches(self) -> Iterator[Packets]:
        """Yield the packets; the first batch is small, so that the first counts come early.

        The bytes of a batch are good until the second one after it is asked for: a source may use two buffers in turn.
        Raises `SourceError`, after everything that could be read was delivered, where the night breaks off.
        """
        ...

    def fetch(self, address: Int64s) -> bytes:
        """Return the bytes of one packet again; raises `SourceError` when they are gone."""
        ...

    def describe(self, address: Int64s) -> str:
        """Say where a packet is, for a person: a path, an index."""
        ...

    def stored(self, addresses: Int64s) -> None:
        """Learn that these packets are in the night (one row per packet); Kafka commits on that and on nothing else."""
        ...

    def truth(self, object_ids: list[str]) -> Mapping[str, Mapping[str, object]]:
        """Return what is known to be true of these objects, by objectId; empty on a real night.

        Raises `SourceError` where it should be known and cannot be read.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
