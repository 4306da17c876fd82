"""A night that is read while it is downloaded."""

from collections.abc import Iterator
from io import FileIO

from huntui.errors import SourceError
from huntui.packets.batch import PacketBatch
from huntui.sources.incoming import Incoming
from huntui.sources.tar_gz import GzippedTarSource

_UNKNOWN_BYTES = 2**62
"""As large as no archive is."""


class IncomingTar(GzippedTarSource):
    """Reads a gzipped tar as far as it is there, and waits for the rest of it; else it is like any other."""

    batch_packets = 32
    """Packets that are waited for at a time, so that alerts come evenly over a slow line."""

    def __init__(self, incoming: Incoming) -> None:
        """Prepare to read; nothing is waited for yet."""
        self._incoming = incoming
        super().__init__(incoming.target)

    @property
    def fraction(self) -> float | None:
        """How much of the whole file was read; None until the server says how large it is."""
        return self._fraction if self._incoming.total else None

    def fingerprint(self) -> str | None:
        """Nothing, since what is there is not what will be."""
        return None

    def batches(self) -> Iterator[PacketBatch]:
        """Yield the packets as they come.

        Raises `SourceError` where the download fails, also where that shows only at the end: when its checksum is not
        the one that it should have.
        """
        try:
            yield from super().batches()
        except SourceError:
            self._incoming.wait_until_whole()
            raise
        self._incoming.wait_until_whole()

    def _measured(self) -> int:
        """Nothing is there yet."""
        return 0

    def _bytes(self) -> int:
        return self._incoming.total or _UNKNOWN_BYTES

    def _front(self) -> bytes | None:
        """Look at nothing before its time."""
        return super()._front() if self._incoming.size else None

    def _open(self) -> FileIO:
        try:
            return self._incoming.open()
        except OSError as error:
            raise SourceError(f"{self.title}: cannot be read ({error.strerror}).") from error
