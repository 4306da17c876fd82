"""A night that lies in a zip archive."""

import os
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

import numpy as np

from huntui.errors import SourceError
from huntui.packets.batch import Int64s, PacketBatch, join
from huntui.sources.archive import Archive, marks_simulated, printable
from huntui.sources.folder import SUFFIX
from huntui.sources.tars.stream import BrokenStreamError
from huntui.sources.zips.content import read_content
from huntui.sources.zips.members import directory, in_sequence

_FIRST_BATCH, _BATCH = 64, 512
_BATCH_BYTES = 32 * 2**20


class ZipSource(Archive):
    """Reads every `.avro` member of a zip, in whatever folder, in the order of its directory.

    An address is the number of the packet, and 0. A zip whose directory is lost is read member after member, as far as
    it goes.
    """

    kind = "zip"

    def __init__(self, path: Path) -> None:
        """Read the directory; raises `SourceError` when the file cannot be read or its directory lists no packets."""
        super().__init__(path)
        with self._open() as file:
            members = directory(file)
        self._is_whole = members is not None
        self._packets = [member for member in members or [] if _is_packet(member.name)]
        self._at = 0
        if self._is_whole:
            self.total = len(self._packets)
            self.simulated = marks_simulated(member.name for member in members or [])
            if not self._packets:
                raise self._nothing_in_it()

    @property
    def fraction(self) -> float | None:
        """How much of the file was read, where the number of packets is not known."""
        return None if self._is_whole else min(1.0, self._at / max(1, self._size))

    def batches(self) -> Iterator[PacketBatch]:
        """Yield the packets; a member that cannot be unpacked is told as unreadable."""
        with self._open() as file:
            numbers = iter(range(len(self._packets))) if self._is_whole else self._found(file)
            batch, most = _Gathered(), _FIRST_BATCH
            try:
                for number in numbers:
                    content = read_content(file, self._packets[number])
                    if content is None and os.fstat(file.fileno()).st_size < self._size:
                        raise BrokenStreamError("the file has become shorter")
                    batch.add(number, content)
                    if batch.is_full(most):
                        yield batch.joined()
                        batch, most = _Gathered(), _BATCH
            except (BrokenStreamError, OSError) as why:
                if batch:
                    yield batch.joined()
                raise self._broken(len(self._packets), f"at byte {self._at:,}", why) from None
            if batch:
                yield batch.joined()

    def fetch(self, address: Int64s) -> bytes:
        """Unpack one packet again; raises `SourceError` when it is gone."""
        with self._open() as file:
            content = read_content(file, self._packets[int(address[0])])
        if content is None:
            raise SourceError(f"{self.describe(address)}: cannot be read any more.")
        return content

    def describe(self, address: Int64s) -> str:
        """Return the path of the archive and the name of the member in it."""
        return f"{self.title}: {printable(self._packets[int(address[0])].name)}"

    def _found(self, file: FileIO) -> Iterator[int]:
        """Yield the numbers of packets that are found without a directory; raises `BrokenStreamError` at the end."""
        self._packets.clear()
        for member in in_sequence(file):
            self._at = member.header_at
            if _is_packet(member.name):
                self._packets.append(member)
                yield len(self._packets) - 1
        raise BrokenStreamError("the directory at its end cannot be read")


class _Gathered:
    """Packets that become a batch."""

    def __init__(self) -> None:
        self._contents: list[bytes] = []
        self._numbers: list[int] = []
        self._unreadable: list[int] = []
        self._bytes = 0

    def __bool__(self) -> bool:
        return bool(self._numbers or self._unreadable)

    def add(self, number: int, content: bytes | None) -> None:
        """Add a packet, or one that cannot be read."""
        if content is None:
            self._unreadable.append(number)
            return
        self._numbers.append(number)
        self._contents.append(content)
        self._bytes += len(content)

    def is_full(self, most: int) -> bool:
        """Return whether there are `most` packets, or many bytes."""
        return len(self._numbers) + len(self._unreadable) >= most or self._bytes >= _BATCH_BYTES

    def joined(self) -> PacketBatch:
        """Return the batch."""
        return join(self._contents, _addresses(self._numbers), _addresses(self._unreadable))


def _addresses(numbers: list[int]) -> Int64s:
    addresses = np.zeros((len(numbers), 2), np.int64)
    addresses[:, 0] = numbers
    return addresses


def _is_packet(name: str) -> bool:
    file = name.rpartition("/")[2]
    return file.endswith(SUFFIX) and not file.startswith("._")
