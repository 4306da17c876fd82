"""A night that lies in a folder: one packet file after the other, sorted by name."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from huntui.errors import SourceError
from huntui.packets.batch import Int64s, PacketBatch, join
from huntui.packets.faults import MAX_PACKET_BYTES

SUFFIX = ".avro"
MARKERS = ("SIMULATED", "truth.parquet")
"""Files beside the packets that tell of a simulated night."""

_FIRST_BATCH, _BATCH = 64, 256
_BATCH_BYTES = 64 * 2**20


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

    def batches(self) -> Iterator[PacketBatch]:
        """Yield the files in batches; a file that cannot be read any more is told as unreadable."""
        at, size = 0, _FIRST_BATCH
        while at < len(self._names):
            packets: list[bytes] = []
            numbers: list[int] = []
            unreadable: list[int] = []
            room = _BATCH_BYTES
            for number in range(at, min(at + size, len(self._names))):
                at = number + 1
                try:
                    packets.append(self._read(number))
                except OSError:
                    unreadable.append(number)
                    continue
                numbers.append(number)
                room -= len(packets[-1])
                if room <= 0:
                    break
            yield join(packets, _addresses(numbers), _addresses(unreadable))
            size = _BATCH

    def fetch(self, address: Int64s) -> bytes:
        """Read one file again; raises `SourceError` when it is gone."""
        try:
            return self._read(int(address[0]))
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

    def _read(self, number: int) -> bytes:
        with open(self._folder / self._names[number], "rb", buffering=0) as file:
            # A byte more than is taken, so that what is too large is seen to be.
            return file.read(MAX_PACKET_BYTES + 1) or b""


def _addresses(numbers: list[int]) -> Int64s:
    addresses = np.zeros((len(numbers), 2), np.int64)
    addresses[:, 0] = numbers
    return addresses
