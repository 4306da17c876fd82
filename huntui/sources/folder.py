"""A night that lies in a folder: one packet file after the other, sorted by name."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from huntui.errors import SourceError
from huntui.packets.batch import Int64s, PacketFiles, read_file
from huntui.simulate.recipe import Recipe, from_marker
from huntui.sources.truth_file import TruthFile

SUFFIX = ".avro"
_TRUTH = "truth.parquet"
_MARKER = "SIMULATED"
MARKERS = (_MARKER, _TRUTH)
"""Files beside the packets that tell of a simulated night."""

_FIRST_BATCH, _BATCH = 64, 1024


class FolderSource:
    """Reads every `.avro` file of a folder; an address is the number of the file in the order of names, and 0."""

    kind = "folder"

    def __init__(self, folder: Path) -> None:
        """List the folder; raises `SourceError` when it cannot be read or holds no packets."""
        self.title = str(folder)
        self._folder = folder
        try:
            with os.scandir(folder) as entries:
                files = {entry.name: entry.is_file() for entry in entries}
        except OSError as error:
            raise SourceError(f"{folder}: cannot be read as a folder of packets ({error.strerror}).") from error
        self._names = sorted(name for name in files if name.endswith(SUFFIX))
        self._no_files = {number for number, name in enumerate(self._names) if not files[name]}
        if not self._names:
            raise SourceError(f"{folder}: holds no {SUFFIX} files; give --source a folder of ZTF alert packets.")
        self.total: int | None = len(self._names)
        self.simulated = any(marker in files for marker in MARKERS)
        self._truth = TruthFile(folder / _TRUTH) if _TRUTH in files else None

    @property
    def fraction(self) -> float | None:
        """Nothing better is known than how many files there are."""
        return None

    @property
    def recipe(self) -> Recipe | None:
        """What a simulated night was made from, where its marker says so."""
        return from_marker(self._folder / _MARKER) if self.simulated else None

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

    def batches(self) -> Iterator[PacketFiles]:
        """Yield the files in batches; what cannot be a file is told as unreadable."""
        at, size = 0, _FIRST_BATCH
        while at < len(self._names):
            numbers = range(at, min(at + size, len(self._names)))
            files = [number for number in numbers if number not in self._no_files]
            yield PacketFiles(
                self._folder,
                tuple(os.fsencode(self._names[number]) for number in files),
                _addresses(files),
                _addresses([number for number in numbers if number in self._no_files]),
            )
            at, size = numbers.stop, _BATCH

    def fetch(self, address: Int64s) -> bytes:
        """Read one file again; raises `SourceError` when it is gone."""
        try:
            return read_file(self._folder, os.fsencode(self._names[int(address[0])]))
        except OSError as error:
            raise SourceError(f"{self.describe(address)}: cannot be read any more ({error.strerror}).") from error

    def describe(self, address: Int64s) -> str:
        """Return the path of a file."""
        return str(self._folder / self._names[int(address[0])])

    def stored(self, addresses: Int64s) -> None:
        """Nothing to do: files stay where they are."""

    def truth(self, object_ids: list[str]) -> Mapping[str, Mapping[str, object]]:
        """Return what `truth.parquet` says of objects, of none where there is no such file.

        Raises `SourceError` where there is one that cannot be read.
        """
        return self._truth.of(object_ids) if self._truth else {}

    def close(self) -> None:
        """Nothing is held open."""


def _addresses(numbers: list[int]) -> Int64s:
    addresses = np.zeros((len(numbers), 2), np.int64)
    addresses[:, 0] = numbers
    return addresses
