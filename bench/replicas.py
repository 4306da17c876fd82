"""A source of as many packets as wanted, copied in memory while it is read: larger nights than a disk need hold.

From the second round on the numbers of a copy are a little other than those of the packet, always by the same amount.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from bench.jitter import Jitter
from bench.originals import Copy, Original, copies
from huntui.packets.batch import NO_ADDRESSES, Int64s, PacketBatch

_BATCH = 256


class ReplicaSource:
    """Delivers `total` copies of packets, each of another object from round to round; a batch has two buffers.

    What it does in Python is little, so that it does not stand in the way of the threads that are measured.
    """

    kind = "replicas"
    title = "replicas"
    simulated = False
    fraction: float | None = None
    total: int | None

    def __init__(self, originals: Sequence[Original], total: int) -> None:
        self.total = total
        self._jitter = Jitter(originals)
        self._copies = islice(copies(originals, new_objects=True), total)
        self._packets = np.frombuffer(b"".join(original.data for original in originals), np.uint8)
        self._ends = np.cumsum([len(original.data) for original in originals], dtype=np.int64)
        room = _BATCH * max(len(original.data) for original in originals)
        self._buffers = [np.empty(room, np.uint8), np.empty(room, np.uint8)]

    def batches(self) -> Iterator[PacketBatch]:
        """Yield the packets; their address is their number."""
        done, originals = 0, len(self._ends)
        # A batch ends with its round, so that its packets lie one after the other.
        while chosen := list(islice(self._copies, min(_BATCH, originals - done % originals))):
            self._buffers.reverse()
            yield self._batch(chosen, done)
            done += len(chosen)

    def _batch(self, chosen: list[Copy], done: int) -> PacketBatch:
        first = done % len(self._ends)
        ends = self._ends[first : first + len(chosen)]
        begin = self._ends[first - 1] if first else 0
        size = int(ends[-1] - begin)
        buffer = self._buffers[0][:size]
        buffer[:] = self._packets[begin : ends[-1]]
        ends = ends - begin
        starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])
        room = memoryview(buffer)
        for copy, start in zip(chosen, starts.tolist(), strict=True):
            copy.original.write_names(room, start, copy.candid, copy.object_id)
        if done >= len(self._ends):
            self._jitter.change(buffer, starts, first)
        addresses = np.zeros((len(chosen), 2), np.int64)
        addresses[:, 0] = np.arange(done, done + len(chosen))
        return PacketBatch(buffer, starts, ends, addresses, NO_ADDRESSES)

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
