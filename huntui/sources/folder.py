"""A night that lies in a folder: one packet file after the other, sorted by name."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from io import FileIO
from pathlib import Path

import numpy as np

from huntui.errors import SourceError
from huntui.packets.batch import Int64s, PacketBatch
from huntui.packets.faults import MAX_PACKET_BYTES

SUFFIX = ".avro"
MARKERS = ("SIMULATED", "truth.parquet")
"""Files beside the packets that tell of a simulated night."""

_FIRST_BATCH, _BATCH = 64, 512
_BATCH_BYTES = 64 * 2**20
# A byte more than is taken, so that a packet which is too large is seen to be.
_MOST_BYTES = MAX_PACKET_BYTES + 1


class FolderSource:
    """Reads every `.avro` file of a folder; an address is the number of the file in the order of names, and 0."""

    kind = "folder"

    def __init__(self, folder: Path) -> None:
        """List the folder; raises `SourceError` when it cannot be read or holds no packets."""
        self.title = str(folder)
        self._folder = folder
        try:
            names = os.listdir(folder)
        except OSError as error:
            raise SourceError(f"{folder}: cannot be read as a folder of packets ({error.strerror}).") from error
        self._names = sorted(name for name in names if name.endswith(SUFFIX))
        if not self._names:
            raise SourceError(f"{folder}: holds no {SUFFIX} files; give --source a folder of ZTF alert packets.")
        self.total: int | None = len(self._names)
        self.simulated = any(marker in names for marker in MARKERS)

    @property
    def fraction(self) -> float | None:
        """Nothing better is known than how many files there are."""
        return None

    def fingerprint(self) -> str | None:
        """Digest the name, size and time of change of every file."""
        digest = hashlib.sha256(os.fsencode(self._folder.resolve()))
        try:
            for name in self._names:
                about = (self._folder / name).stat()
                digest.update(f"{name!r} {about.st_size} {about.st_mtime_ns}\n".encode())
        except OSError as error:
            raise SourceError(f"{self.title}: changes while it is read ({error.strerror}).") from error
        return digest.hexdigest()

    def batches(self) -> Iterator[PacketBatch]:
        """Yield the files in batches; a file that cannot be read any more is told as unreadable."""
        # One buffer for all batches: new memory for each would cost as much as reading it. Pages that no packet
        # reaches are never touched, so that its size is only a bound.
        buffer = np.empty(_BATCH_BYTES + _MOST_BYTES, np.uint8)
        at, size = 0, _FIRST_BATCH
        while at < len(self._names):
            ends: list[int] = []
            numbers: list[int] = []
            unreadable: list[int] = []
            used = 0
            for number in range(at, min(at + size, len(self._names))):
                at = number + 1
                try:
                    used += self._read_into(number, buffer.data[used : used + _MOST_BYTES])
                except OSError:
                    unreadable.append(number)
                    continue
                numbers.append(number)
                ends.append(used)
                if used > _BATCH_BYTES:
                    break
            starts = np.array([0, *ends[:-1]] if ends else [], np.int64)
            yield PacketBatch(
                buffer[:used], starts, np.array(ends, np.int64), _addresses(numbers), _addresses(unreadable)
            )
            size = _BATCH

    def fetch(self, address: Int64s) -> bytes:
        """Read one file again; raises `SourceError` when it is gone."""
        try:
            with self._open(int(address[0])) as file:
                return file.read(_MOST_BYTES)
        except OSError as error:
            raise SourceError(f"{self.describe(address)}: cannot be read any more ({error.strerror}).") from error

    def describe(self, address: Int64s) -> str:
        """Return the path of a file."""
        return str(self._folder / self._names[int(address[0])])

    def stored(self, addresses: Int64s) -> None:
        """Nothing to do: files stay where they are."""

    def truth(self, object_ids: list[str]) -> Mapping[str, Mapping[str, object]]:
        """Nothing is known for certain about what lies in a folder."""
        del object_ids
        return {}

    def close(self) -> None:
        """Nothing is held open."""

    def _read_into(self, number: int, room: memoryview) -> int:
        with self._open(number) as file:
            return file.readinto(room) or 0

    def _open(self, number: int) -> FileIO:
        file = FileIO(self._folder / self._names[number], opener=_without_waiting)
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise OSError(errno.EINVAL, "is no regular file")
        return file


def _without_waiting(path: str, flags: int) -> int:
    # A pipe that nobody writes to would hold the reader, and with it the whole program, for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _addresses(numbers: list[int]) -> Int64s:
    addresses = np.zeros((len(numbers), 2), np.int64)
    addresses[:, 0] = numbers
    return addresses
