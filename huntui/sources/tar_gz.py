"""A night that lies in a gzipped tar archive, as the survey publishes it."""

from pathlib import Path

from huntui.sources.deflate.gunzip import Gunzip
from huntui.sources.deflate.points import Points
from huntui.sources.tar import TarSource
from huntui.sources.tars.member import Member, read_member


class GzippedTarSource(TarSource):
    """Reads every `.avro` member of a gzipped tar; an address is the place of its first header in the tar, and 0.

    A packet is fetched again by entering the compressed stream at the nearest point before it.
    """

    kind = "tar.gz"

    def __init__(self, path: Path) -> None:
        """Look at the first members; raises `SourceError` when the file cannot be read or holds no tar."""
        self._points = Points()
        self._looking: Gunzip | None = None
        super().__init__(path)

    def close(self) -> None:
        """Close what packets were fetched from."""
        with self._fetching:
            self._leave()

    def _read(self, place: int) -> Member:
        """Read a member, going on from the last one where that is nearer than the nearest point."""
        start = self._points.before(place)
        if self._looking is None or not start.unpacked <= self._looking.unpacked <= place:
            self._leave()
            self._looking = self._stream(place)
        try:
            self._looking.skip(place - self._looking.unpacked)
            return read_member(self._looking)
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        if self._looking:
            self._looking.close()
            self._looking = None

    def _count(self) -> int | None:
        """Counting would mean unpacking everything."""
        return None

    def _place(self, packed: int, unpacked: int) -> str:
        return f"at byte {packed:,} of the file (byte {unpacked:,} unpacked)"

    def _stream(self, place: int) -> Gunzip:
        """Open the archive at the last known point that is not behind a place in the tar."""
        return Gunzip(self._open(), self._points, self._points.before(place))
