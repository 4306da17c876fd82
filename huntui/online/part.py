"""A file that is not whole yet: its bytes so far beside the place where it will stand, and what they are a part of.

    ztf_public_20240707.tar.gz.part         the bytes so far
    ztf_public_20240707.tar.gz.part.json    where they come from, and what the server called that file

Whatever happens to the process, what was written is there the next time, and the name without `.part` is given only to
a file that is whole.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from huntui.errors import FetchError

try:
    import fcntl
except ImportError:  # there, two huntui that fetch one file are not told of each other
    fcntl = None  # type: ignore[assignment]

_MOST_NOTE_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Origin:
    """What a server said of a file; two files of which it says the same are one."""

    url: str
    etag: str = ""
    modified: str = ""
    """Its `Last-Modified`."""
    size: int | None = None
    """Bytes of all of it, where that was told."""

    @property
    def validator(self) -> str:
        """What `If-Range` asks by, so that no part of another file is given; empty where there is nothing to ask by."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


def part_of(target: Path) -> Path:
    """Return where the bytes of a file stand until it is whole."""
    return target.with_name(f"{target.name}.part")


class Part:
    """The part of one file, held by one process at a time."""

    def __init__(self, target: Path) -> None:
        """Open the part of `target`, an empty one where there was none; its folder is made.

        Raises `FetchError` where that cannot be done, or another process has it.
        """
        self.target, self.path = target, part_of(target)
        self._note = self.path.with_name(f"{self.path.name}.json")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._opened()
        except OSError as error:
            raise FetchError(f"{self.path}: cannot be written: {error.strerror}.") from error
        self.size = self._file.seek(0, os.SEEK_END)
        self.origin = self._noted()

    def begin(self, origin: Origin) -> None:
        """Forget the bytes there were, and begin with those of another file, or of the same from its first byte on."""
        self._file.seek(0)
        self._file.truncate()
        self.size, self.origin = 0, origin
        self._note.write_text(json.dumps(asdict(origin)), encoding="utf-8")

    def write(self, content: bytes) -> None:
        """Put bytes behind those there are; raises `OSError`."""
        self._file.write(content)
        self._file.flush()
        self.size += len(content)

    def finish(self) -> None:
        """Give the file its name, once all of it is on the disk; raises `OSError`."""
        os.fsync(self._file.fileno())
        self.path.replace(self.target)
        with suppress(OSError):
            self._note.unlink()
        self.close()
        with suppress(OSError):
            folder = os.open(self.target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def discard(self) -> None:
        """Leave nothing of it."""
        for path in (self.path, self._note):
            with suppress(OSError):
                path.unlink()
        self.close()

    def close(self) -> None:
        """Let go of it; the bytes stay, and an empty part leaves nothing."""
        if self._file.closed:
            return
        if not self.size:
            for path in (self.path, self._note):
                with suppress(OSError):
                    path.unlink()
        with suppress(OSError):
            self._file.close()

    def _opened(self) -> BinaryIO:
        while True:
            file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
            if not _is_alone(file):
                file.close()
                raise FetchError(f"{self.path}: another huntui is fetching this night; wait for it, or end it.")
            # Whoever had the lock before may have given this very file its name meanwhile.
            with suppress(OSError):
                if os.path.samestat(os.fstat(file.fileno()), self.path.stat()):
                    return file
            file.close()

    def _noted(self) -> Origin | None:
        """Return what the bytes are a part of, None where that is not known for certain."""
        try:
            with self._note.open("rb") as file:
                noted = json.loads(file.read(_MOST_NOTE_BYTES))
            origin = Origin(**noted)
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        texts = (origin.url, origin.etag, origin.modified)
        right = all(isinstance(text, str) for text in texts) and isinstance(origin.size, int | None)
        return origin if right else None


def _is_alone(file: BinaryIO) -> bool:
    """Take the lock of an open file, and return whether it could be had."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a folder without locks
        return True
    return True
