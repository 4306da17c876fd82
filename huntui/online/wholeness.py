"""Whether a downloaded archive is what the server has: by its MD5 digest, its size, or at least by itself."""

import gzip
import hashlib
import zlib
from collections.abc import Callable
from pathlib import Path

from huntui.online.patience import Stopped

_PIECE_BYTES = 2**20


def what_is_wrong(path: Path, digest: str | None, size: int | None, stopped: Callable[[], bool]) -> str:
    """Say in half a sentence what is wrong with an archive; nothing when nothing is known to be.

    Where the server offers neither digest nor size, it is unpacked once, which its own checksum is for. Raises
    `OSError`, and `Stopped` when somebody wants it stopped.
    """
    if digest is not None:
        found = _digest(path, stopped)
        return "" if found == digest else f"its MD5 checksum is {found} and should be {digest}"
    if size is not None:
        found_size = path.stat().st_size
        return "" if found_size == size else f"it has {found_size:,} bytes and should have {size:,}"
    return _what_does_not_unpack(path, stopped)


def _digest(path: Path, stopped: Callable[[], bool]) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            _go_on(stopped)
            digest.update(piece)
    return digest.hexdigest()


def _what_does_not_unpack(path: Path, stopped: Callable[[], bool]) -> str:
    try:
        with gzip.open(path) as file:
            while file.read(_PIECE_BYTES):
                _go_on(stopped)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        return f"it does not unpack ({error})"
    return ""


def _go_on(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise Stopped
