"""A batch of packets: bytes in one buffer, or names of files, and the address that leads back to each packet."""

import errno
import os
import stat
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from huntui.packets.faults import MAX_PACKET_BYTES

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


@dataclass(frozen=True, slots=True)
class PacketFiles:
    """Packets that lie in a folder, one to a file, to be read by the decoder: it knows which bytes are needed.

    `names` are file names as the system writes them; `addresses` and `unreadable` are as those of `PacketBatch`.
    """

    folder: Path
    names: tuple[bytes, ...]
    addresses: Int64s
    unreadable: Int64s

    def __len__(self) -> int:
        return len(self.names)

    def part(self, first: int, last: int) -> "PacketFiles":
        """Return files `first` to `last`; the unreadable ones go with the beginning."""
        unreadable = self.unreadable if first == 0 else NO_ADDRESSES
        return PacketFiles(self.folder, self.names[first:last], self.addresses[first:last], unreadable)

    def read(self, k: int) -> bytes:
        """Return the bytes of one file, and no more than one too many for a packet; raises `OSError`."""
        return read_file(self.folder, self.names[k])


Packets = PacketBatch | PacketFiles

NO_ADDRESSES: Int64s = np.empty((0, 2), np.int64)


def read_file(folder: Path, name: bytes) -> bytes:
    """Return the bytes of a packet file, at most one more than a packet may have; raises `OSError`."""
    with FileIO(os.path.join(os.fsencode(folder), name), opener=_without_waiting) as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "is no regular file")
        return file.read(min(about.st_size, MAX_PACKET_BYTES + 1))


def _without_waiting(path: str, flags: int) -> int:
    # A pipe that nobody writes to would hold the reader, and with it the whole program, for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def join(packets: list[bytes], addresses: Int64s, unreadable: Int64s = NO_ADDRESSES) -> PacketBatch:
    """Put packets together in one buffer; `addresses` and `unreadable` have one row of two integers per packet."""
    ends = np.cumsum([len(packet) for packet in packets], dtype=np.int64)
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]]) if packets else ends
    data = np.frombuffer(b"".join(packets), np.uint8)
    return PacketBatch(data, starts, ends, addresses, unreadable)
