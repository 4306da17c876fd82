"""What all archives have in common: a file on disk that is read as it lies, and never unpacked to disk."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from io import FileIO
from pathlib import Path

from huntui.errors import SourceError
from huntui.packets.batch import Int64s
from huntui.sources.folder import MARKERS
from huntui.sources.tars.stream import open_file


class Archive:
    """A file that holds the packets of a night."""

    def __init__(self, path: Path) -> None:
        """Look at the file; raises `SourceError` when it cannot be read."""
        self.title = str(path)
        self.total: int | None = None
        self.simulated = False
        self._path = path
        self._size = self._measured()

    def fingerprint(self) -> str | None:
        """Digest the path, the size and the time of change of the file."""
        try:
            about = self._path.stat()
        except OSError as error:
            raise SourceError(f"{self.title}: cannot be read any more ({error.strerror}).") from error
        key = f"{self._path.resolve()!r} {about.st_size} {about.st_mtime_ns}"
        return hashlib.sha256(key.encode(errors="surrogateescape")).hexdigest()

    def stored(self, addresses: Int64s) -> None:
        """Nothing to do: the file stays where it is."""

    def truth(self, object_ids: list[str]) -> Mapping[str, Mapping[str, object]]:
        """Nothing is known for certain about what lies in an archive."""
        del object_ids
        return {}

    def close(self) -> None:
        """Nothing is held open."""

    def _measured(self) -> int:
        with self._open() as file:
            return os.fstat(file.fileno()).st_size

    def _open(self) -> FileIO:
        try:
            return open_file(self._path)
        except OSError as error:
            raise SourceError(f"{self.title}: cannot be read ({error.strerror}).") from error

    def _broken(self, packets: int, place: str, why: object) -> SourceError:
        return SourceError(f"{self.title}: breaks off after {packets:,} packets, {place}: {why}.")

    def _nothing_in_it(self) -> SourceError:
        return SourceError(f"{self.title}: holds no .avro packets; give --source an archive of ZTF alert packets.")


def marks_simulated(names: Iterable[str]) -> bool:
    """Return whether one of an archive's members tells of a simulated night."""
    return any(name.rpartition("/")[2] in MARKERS for name in names)


def printable(name: str) -> str:
    """Return a member's name, which may hold anything, so that it can be shown anywhere."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)
