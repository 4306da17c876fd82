"""A source of as many packets as wanted, copied in memory while it is read: larger nights than a disk need hold."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from bench.originals import Copy, Original, copies
from huntui.packets.batch import NO_ADDRESSES, Int64s, PacketBatch

_BATCH = 256


class ReplicaSource:
    """Delivers `total` copies of packets, each of another object from round to round; a batch has two buffers."""

    kind = "replicas"
    title = "replicas"
    simulated = False
    fraction: float | None = None
    total: int | None

    def __init__(self, originals: Sequence[Original], total: int) -> None:
        self.total = total
        self._copies = islice(copies(originals, new_objects=True), total)
        room = _BATCH * max(len(original.data) for original in originals)
        self._buffers = [bytearray(room), bytearray(room)]

    def batches(self) -> Iterator[PacketBatch]:
        """Yield the packets; their address is their number."""
        done = 0
        while chosen := list(islice(self._copies, _BATCH)):
            self._buffers.reverse()
            yield self._batch(chosen, done)
            done += len(chosen)

    def _batch(self, chosen: list[Copy], done: int) -> PacketBatch:
        ends = np.cumsum([len(copy.original.data) for copy in chosen], dtype=np.int64)
        starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])
        buffer = self._buffers[0]
        for copy, start in zip(chosen, starts, strict=True):
            copy.original.write_copy(buffer, int(start), copy.candid, copy.object_id)
        addresses = np.zeros((len(chosen), 2), np.int64)
        addresses[:, 0] = np.arange(done, done + len(chosen))
        return PacketBatch(np.frombuffer(buffer, np.uint8)[: ends[-1]], starts, ends, addresses, NO_ADDRESSES)

    def fingerprint(self) -> str | None:
        """Nothing is kept of it."""
        return None

    def fetch(self, address: Int64s) -> bytes:
        """Nobody looks at a cutout here."""
        raise NotImplementedError

    def describe(self, address: Int64s) -> str:
        """Name a packet by its number."""
        return f"copy {int(address[0])}"

    def stored(self, addresses: Int64s) -> None:
        """Nothing waits for it."""

    def truth(self, object_ids: list[str]) -> Mapping[str, Mapping[str, object]]:
        """Nothing is known."""
        del object_ids
        return {}

    def close(self) -> None:
        """Nothing is open."""
