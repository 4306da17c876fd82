"""A night that lies in a tar archive."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

from huntui.errors import SourceError
from huntui.packets.batch import Int64s, PacketBatch
from huntui.sources.archive import Archive, marks_simulated, printable
from huntui.sources.recognise import BLOCK, is_tar_header
from huntui.sources.tars.member import MEMBER_ERRORS, Member, member_names, only_folders, read_member
from huntui.sources.tars.stream import BrokenStreamError, PlainStream, TarStream

_FRONT_BYTES = 256 * 1024


class TarSource(Archive):
    """Reads every `.avro` member of a tar, in whatever folder; an address is the place of its first header, and 0."""

    kind = "tar"
    batch_packets = 256
    """Packets of a batch, but for the first one."""

    def __init__(self, path: Path) -> None:
        """Look at the first members; raises `SourceError` when the file cannot be read or is no tar."""
        super().__init__(path)
        self._fraction = 0.0
        self._counted = False
        self._fetching = Lock()
        front = self._front()
        if front is not None:
            if not is_tar_header(front[:BLOCK]) and not _holds_nothing(front):
                raise SourceError(f"{self.title}: is no tar archive of packets.")
            self.simulated = marks_simulated(member_names(front))

    @property
    def fraction(self) -> float | None:
        """How much of the file was read."""
        return self._fraction

    def batches(self) -> Iterator[PacketBatch]:
        """Yield the packets, in the order they have in the archive; none of a night without alerts, an empty tar."""
        # Numba waits until here, so that choosing a source costs nothing.
        from huntui.sources.tars.walk import Walk

        stream = self._stream(0)
        walk = Walk(stream, self.batch_packets)
        try:
            for batch in walk.batches():
                self._fraction = min(1.0, stream.packed / max(1, self._bytes()))
                yield batch
                if not self._counted:
                    # Behind the first batch, so that the first counts come before it.
                    self._counted, self.total = True, self._count()
        except BrokenStreamError as why:
            raise self._broken(walk.packets, self._place(stream.packed, walk.unpacked), why) from None
        finally:
            stream.close()
        if not walk.packets and not self.is_empty():
            raise self._nothing_in_it()
        self._fraction = 1.0

    def fetch(self, address: Int64s) -> bytes:
        """Read one packet again; raises `SourceError` when it is gone."""
        return self._member(address).content

    def describe(self, address: Int64s) -> str:
        """Return the path of the archive and the name of the member in it."""
        try:
            return f"{self.title}: {printable(self._member(address).name)}"
        except SourceError:
            return self._where(address)

    def _front(self) -> bytes | None:
        """Return the first bytes of the tar; None where it is damaged so early, which reading it will tell."""
        stream, front = self._stream(0), b""
        try:
            while len(front) < _FRONT_BYTES and (more := stream.read(_FRONT_BYTES - len(front))):
                front += more
        except BrokenStreamError:
            return front if len(front) >= BLOCK else None
        finally:
            stream.close()
        return front

    def _bytes(self) -> int:
        """Return how large the file is."""
        return self._size

    def is_empty(self) -> bool:
        """Whether it is the archive of a night without alerts: nothing is in it, or nothing but folders."""
        front = self._front()
        return front is not None and _holds_nothing(front)

    def _member(self, address: Int64s) -> Member:
        try:
            with self._fetching:
                return self._read(int(address[0]))
        except MEMBER_ERRORS as error:
            raise SourceError(f"{self._where(address)}: cannot be read any more ({error}).") from error

    def _read(self, place: int) -> Member:
        stream = self._stream(place)
        try:
            return read_member(stream)
        finally:
            stream.close()

    def _where(self, address: Int64s) -> str:
        return f"{self.title}: member at byte {int(address[0]):,}"

    def _count(self) -> int | None:
        """Return how many packets there are, where that is quick."""
        from huntui.sources.tars.count import count_packets

        with suppress(OSError), self._open() as file:
            return count_packets(file)
        return None

    def _place(self, packed: int, unpacked: int) -> str:
        del packed
        return f"at byte {unpacked:,}"

    def _stream(self, place: int) -> TarStream:
        """Open the archive for reading from a place in the tar on."""
        return PlainStream(self._open(), place)


def _holds_nothing(front: bytes) -> bool:
    """Return whether a tar that is so short has no members but folders."""
    if not 2 * BLOCK <= len(front) < _FRONT_BYTES or len(front) % BLOCK:
        return False
    return not front.strip(b"\0") or only_folders(front)
