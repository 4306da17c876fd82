"""The night cache: nights that were read to their end, kept as columns so that they open again in a moment.

Never stale: a file is named by a digest of what the night was read from and of the code that makes its columns. Never
required: whatever is wrong with the folder or a file in it, the night is simply read again. Bounded: the nights that
were not used for the longest time make room for a new one.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from huntui import __version__
from huntui.night import cache_file
from huntui.night.cache_file import DamagedError, Label

if TYPE_CHECKING:
    # Numba must not be imported before the first paint, and a cache is made before that.
    from huntui.night.store import Night

MAKERS = ("packets", "sources", "alerts", "features", "night", "columns.py", "kernels.py")
"""Rooms and files of huntui that decide what a night holds, and where the addresses in it lead."""

_SUFFIX, _UNFINISHED = ".night", ".part"
_LEFT_OVER_SECONDS = 600.0
"""Whoever writes a night has touched its file more recently."""


@dataclass(frozen=True, slots=True)
class KeptNight:
    """A night in the cache, as a list shows it."""

    label: Label
    bytes: int
    last_used: float
    """Seconds since 1970."""


class NightCache:
    """Nights in a folder, in files that are written beside and renamed; any number of processes may share it."""

    def __init__(self, folder: Path, max_bytes: int = 0) -> None:
        """Use a folder, which need not be there; all that is kept in it takes no more than `max_bytes`."""
        self.folder, self._max_bytes = folder, max_bytes

    @classmethod
    def of_user(cls, max_bytes: int = 0) -> "NightCache":
        """Return the cache of the user who runs huntui."""
        return cls(user_folder(), max_bytes)

    def open(self, fingerprint: str) -> "tuple[Night, Label] | None":
        """Return the night that was read from what has this fingerprint, or None; a file in doubt is thrown away."""
        from huntui.night.store import Night

        key = _key(fingerprint)
        path = self.folder / f"{key}{_SUFFIX}"
        try:
            label, parts = cache_file.read(path, key)
            night = Night.restored(parts)
        except OSError:
            return None
        except Exception:  # noqa: BLE001 (what was damaged before it was written fails in ways that nobody can list)
            _remove(path)
            return None
        with suppress(OSError):
            os.utime(path)
        return night, label

    def keep(self, fingerprint: str, night: "Night", packets: int, source: str, date: str | None) -> bool:
        """Write a night that was read to its end; False where the folder, the disk or the limit has no room for it.

        `packets` is how many were read, `source` and `date` are what to call it in a list.
        """
        key = _key(fingerprint)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep(_LEFT_OVER_SECONDS)
            handle, name = tempfile.mkstemp(_UNFINISHED, f"{key}.", self.folder)
            unfinished = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    label = Label(key, date, source, len(night), packets)
                    cache_file.write(file, label, night.parts(), self._max_bytes)
                self._make_room(unfinished.stat().st_size, key)
                # Not flushed to the disk itself: what a power cut leaves of it fails its checksum.
                unfinished.replace(self.folder / f"{key}{_SUFFIX}")
            finally:
                _remove(unfinished)
        except OSError:
            return False
        return True

    def nights(self) -> list[KeptNight]:
        """Return what is kept, the last used first; a file that is no night is left out."""
        kept = []
        for path, about in self._files():
            with suppress(OSError, DamagedError):
                kept.append(KeptNight(cache_file.read_label(path), about.st_size, about.st_mtime))
        return sorted(kept, key=lambda night: night.last_used, reverse=True)

    def clear(self) -> int:
        """Remove every night and whatever an interrupted write has left; return how many bytes that were."""
        freed = sum(about.st_size for path, about in self._files() if _remove(path))
        return freed + self._sweep(0.0)

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Yield each file that is named like a night, with its size and time of last use."""
        yield from _listed(self.folder, _SUFFIX)

    def _sweep(self, seconds: float) -> int:
        """Remove unfinished files that nobody has written to for some seconds; return how many bytes that were."""
        before = time.time() - seconds
        left_over = _listed(self.folder, _UNFINISHED)
        return sum(about.st_size for path, about in left_over if about.st_mtime <= before and _remove(path))

    def _make_room(self, needed: int, key: str) -> None:
        """Remove the nights that were not used for the longest time, until `needed` bytes fit below the limit."""
        others = [(about.st_mtime, about.st_size, path) for path, about in self._files() if path.stem != key]
        total = needed + sum(size for _, size, _ in others)
        for _, size, path in sorted(others):
            if total <= self._max_bytes:
                break
            total -= size if _remove(path) else 0


def user_folder() -> Path:
    """Return where the nights of the user are kept."""
    return platformdirs.user_cache_path("huntui") / "nights"


@cache
def code_digest(package: Path = Path(__file__).parents[1]) -> str:
    """Return a digest of all code that decides what a night holds, so that other code never sees its nights."""
    digest = hashlib.sha256(__version__.encode())
    for name in MAKERS:
        path = package / name
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            code = file.read_bytes()
            digest.update(f"{file.relative_to(package).as_posix()} {len(code)}\n".encode() + code)
    return digest.hexdigest()


def _key(fingerprint: str) -> str:
    return hashlib.sha256(f"{fingerprint} {code_digest()}".encode()).hexdigest()[:32]


def _listed(folder: Path, suffix: str) -> Iterator[tuple[Path, os.stat_result]]:
    entries: list[os.DirEntry[str]] = []
    with suppress(OSError):
        entries = list(os.scandir(folder))
    for entry in entries:
        with suppress(OSError):  # another process may have removed it just now
            if entry.name.endswith(suffix) and entry.is_file(follow_symlinks=False):
                yield Path(entry.path), entry.stat(follow_symlinks=False)


def _remove(path: Path) -> bool:
    """Remove a file; False where it is gone, or where somebody has it open on a system that minds."""
    try:
        path.unlink()
    except OSError:
        return False
    return True
