"""Who has a night open: a lock that ends with its process, however that ends."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # there, two huntui on one night are not told of each other
    fcntl = None  # type: ignore[assignment]


class OpenNight:
    """Holds a night open; `elsewhere` is whether another huntui had it open before."""

    def __init__(self, folder: Path, night: str) -> None:
        """Open a night; where the system or the folder has no locks, nobody else seems to have it open."""
        self._path = folder / f"{hashlib.sha256(night.encode()).hexdigest()[:16]}.open"
        self._file: int | None = None
        self.elsewhere = False
        with suppress(OSError):
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            self.elsewhere = not self._alone()
            self._share()

    def close(self) -> None:
        """Let go of the night."""
        if self._file is None:
            return
        with suppress(OSError):
            if self._alone():
                self._path.unlink()
        os.close(self._file)
        self._file = None

    def _alone(self) -> bool:
        """Whether no other process holds the lock, which this one has alone then."""
        if fcntl is None or self._file is None:
            return True
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _share(self) -> None:
        if fcntl is not None and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB)
