"""What a tar is read from: a file as it is, or anything else that gives its bytes in order."""

import errno
import os
import stat
from io import FileIO
from pathlib import Path
from typing import Protocol


class BrokenStreamError(Exception):
    """The bytes end or make no sense from here on; `str()` says why, as half a sentence."""


class TarStream(Protocol):
    """The bytes of a tar, in order."""

    @property
    def packed(self) -> int:
        """Bytes of the file that were used so far."""
        ...

    def read(self, most: int, /) -> bytes:
        """Return some of the next bytes, at most so many; none at the end. Raises `BrokenStreamError`."""
        ...

    def readinto(self, room: memoryview, /) -> int:
        """Put some of the next bytes into `room` and return how many; 0 at the end. Raises `BrokenStreamError`."""
        ...

    def skip(self, size: int) -> None:
        """Pass over bytes; whether there are so many shows when the next ones are wanted."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class PlainStream:
    """A tar that is not compressed, from a place in it on."""

    def __init__(self, file: FileIO, start: int = 0) -> None:
        self._file = file
        self.packed = start
        file.seek(start)

    def read(self, most: int, /) -> bytes:
        """Return the next bytes."""
        try:
            content = self._file.read(most) or b""
        except OSError as error:
            raise BrokenStreamError(f"it cannot be read any further ({error.strerror})") from error
        self.packed += len(content)
        return content

    def readinto(self, room: memoryview, /) -> int:
        """Read the next bytes to where they are wanted."""
        try:
            size = self._file.readinto(room) or 0
        except OSError as error:
            raise BrokenStreamError(f"it cannot be read any further ({error.strerror})") from error
        self.packed += size
        return size

    def skip(self, size: int) -> None:
        """Go on behind so many bytes."""
        self.packed += size
        self._file.seek(self.packed)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def open_file(path: Path) -> FileIO:
    """Open a regular file; raises `OSError` for anything else, and never waits for a pipe."""
    file = FileIO(path, opener=without_waiting)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "is no regular file")
    return file


def without_waiting(path: str, flags: int) -> int:
    """Open a file so that a pipe is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
