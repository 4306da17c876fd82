"""A batch of packets: one buffer of bytes, where each packet lies in it, and the address that leads back to each."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PacketBatch:
    """Packets as they came, undecoded.

    `data` holds the bytes of all packets, packet *k* is `data[starts[k]:ends[k]]`, and `addresses[k]` is its address:
    two integers that mean something to the source that made them (file number, 0; tar, offset; partition, offset) and
    to nobody else. `unreadable` are the addresses of packets whose bytes could not be had at all.
    """

    data: Bytes
    starts: Int64s
    ends: Int64s
    addresses: Int64s
    unreadable: Int64s

    def __post_init__(self) -> None:
        # The kernels are compiled for bytes that cannot be written to, as those of a file or a message are.
        self.data.setflags(write=False)

    def __len__(self) -> int:
        return len(self.starts)

    def part(self, first: int, last: int) -> "PacketBatch":
        """Return packets `first` to `last`; the unreadable ones go with the beginning."""
        chosen = slice(first, last)
        unreadable = self.unreadable if first == 0 else NO_ADDRESSES
        return PacketBatch(self.data, self.starts[chosen], self.ends[chosen], self.addresses[chosen], unreadable)


NO_ADDRESSES: Int64s = np.empty((0, 2), np.int64)


def join(packets: list[bytes], addresses: Int64s, unreadable: Int64s = NO_ADDRESSES) -> PacketBatch:
    """Put packets together in one buffer; `addresses` and `unreadable` have one row of two integers per packet."""
    ends = np.cumsum([len(packet) for packet in packets], dtype=np.int64)
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]]) if packets else ends
    data = np.frombuffer(b"".join(packets), np.uint8)
    return PacketBatch(data, starts, ends, addresses, unreadable)
