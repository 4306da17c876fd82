"""From the bytes of a tar to batches of its packets: two big buffers in turn, and a kernel that finds the members."""

from collections.abc import Iterator

import numpy as np

from huntui.packets.batch import NO_ADDRESSES, Bytes, Int64s, PacketBatch
from huntui.packets.faults import MAX_PACKET_BYTES
from huntui.sources.tars import kernel
from huntui.sources.tars.stream import BrokenStreamError, TarStream

MOST_BYTES = MAX_PACKET_BYTES + 1
"""Of a larger packet so many bytes are delivered, which shows that it is too large."""

_FIRST_BATCH = 64
# More than one packet, its headers and a filling, so that a walk always gets on.
_BATCH_BYTES = 32 * 2**20
_FILL_BYTES = 2**20


class Walk:
    """One walk over a tar, from its first member to its last."""

    def __init__(self, stream: TarStream, batch_packets: int = 256) -> None:
        """Prepare to read; so many packets are in a batch behind the first one, which has fewer."""
        self._stream, self._batch_packets = stream, batch_packets
        self._state = new_state()
        self._base = 0
        self._damage: BrokenStreamError | None = None
        self._over = False
        self.packets = 0
        """Packets delivered so far."""
        self.unpacked = 0
        """Bytes of the tar that were read and make sense."""

    def batches(self) -> Iterator[PacketBatch]:
        """Yield the packets; raises `BrokenStreamError` behind the last whole one where the tar is damaged.

        A packet's address is the place of its first header in the tar, and 0.
        """
        # New memory for each batch would cost as much as filling it; pages that nothing reaches are never touched.
        buffer, other = (np.empty(_BATCH_BYTES + _FILL_BYTES, np.uint8) for _ in range(2))
        rest, most = buffer[:0], min(_FIRST_BATCH, self._batch_packets)
        while not self._over:
            buffer[: len(rest)] = rest
            found = np.empty((3, most), np.int64)
            n, at, used = self._collect(buffer, len(rest), found)
            rest = buffer[at:used]
            self._base += at
            if n:
                self.packets += n
                addresses = np.zeros((n, 2), np.int64)
                addresses[:, 0] = found[2, :n]
                yield PacketBatch(buffer[:used], found[0, :n], found[1, :n], addresses, NO_ADDRESSES)
                buffer, other = other, buffer
                most = self._batch_packets
        if self._damage:
            raise self._damage

    def _collect(self, buffer: Bytes, used: int, found: Int64s) -> tuple[int, int, int]:
        """Fill the buffer until there are enough packets in it; return how many, where the rest begins, and its end."""
        at = n = 0
        while True:
            why, at, n = kernel.find_packets(buffer, used, at, self._base, self._state, MOST_BYTES, found, n)
            self.unpacked = self._base + at
            if why == kernel.BAD:
                self._stop(_nonsense(self._state))
            if why != kernel.MORE:
                return n, at, used
            if at > used:
                self._stream.skip(at - used)
                self._base += at - used
                at = used
            if used >= _BATCH_BYTES:
                return n, at, used
            try:
                size = self._stream.readinto(buffer.data[used : used + _FILL_BYTES])
            except BrokenStreamError as damage:
                self._stop(damage)
                return n, at, used
            if not size:
                self._stop(_unfinished(self._state, used - at))
                return n, at, used
            used += size

    def _stop(self, damage: BrokenStreamError | None) -> None:
        self._over, self._damage = True, damage


def new_state() -> Int64s:
    """Return what the kernel has to know at the beginning of a tar."""
    state = np.full(kernel.STATE_SIZE, -1, np.int64)
    state[kernel.ENDED] = 0
    return state


def _nonsense(state: Int64s) -> BrokenStreamError:
    if state[kernel.ENDED]:
        return BrokenStreamError("other bytes come behind the end of the archive")
    return BrokenStreamError("there is no header of a member where one should be")


def _unfinished(state: Int64s, left: int) -> BrokenStreamError | None:
    """Return what is wrong when there are no more bytes, and `left` of a member that is not whole."""
    if state[kernel.ENDED]:
        return None
    if left or state[kernel.FIRST] >= 0:
        return BrokenStreamError("the last member is cut off")
    return BrokenStreamError("the end of the archive is missing")
