"""A file that only one process holds; the system lets go of it however that process ends."""

import os
from pathlib import Path
from typing import IO


def locked(path: Path) -> IO[bytes] | None:
    """Return a file that is open and locked until it is closed, or None where another holds it; raises `OSError`."""
    file = path.open("ab")
    try:
        _lock(file)
    except OSError:
        file.close()
        return None
    return file


def is_held(path: Path) -> bool:
    """Return whether somebody holds the lock of a file, if there is one."""
    if not path.exists():
        return False
    try:
        file = locked(path)
    except OSError:
        return True
    if file is None:
        return True
    file.close()
    return False


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        file.seek(0)  # the same byte for everybody, whatever was written
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
