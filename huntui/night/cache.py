"""The night cache: nights that were read to their end, kept as columns so that they open again in a moment.

Never stale: a file is named by a digest of what the night was read from and of the code that makes its columns. Never
required: whatever is wrong with the folder or a file in it, the night is simply read again. Bounded: the nights that
were not used for the longest time make room for a new one.

A stream is kept while it comes, in segments (`huntui.night.segments`). These can not always be read again, so that they
make room only after all nights that can, and never while somebody reads the stream.
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
from huntui.night.locks import is_held
from huntui.night.segments import LOCK, UNFINISHED, Segments, evict, segment_files

if TYPE_CHECKING:
    # Numba must not be imported before the first paint, and a cache is made before that.
    from huntui.night.store import Night

MAKERS = ("packets", "sources", "alerts", "features", "night", "columns.py", "kernels.py")
"""Rooms and files of huntui that decide what a night holds, and where the addresses in it lead."""

_SUFFIX = ".night"
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
            handle, name = tempfile.mkstemp(UNFINISHED, f"{key}.", self.folder)
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

    def stream(self, name: str) -> Segments | None:
        """Return what one reader of a stream keeps, to be closed by it; None where the folder cannot be used."""
        self._sweep(_LEFT_OVER_SECONDS)
        return self.reader_of(_key(name))

    def reader_of(self, key: str) -> Segments | None:
        """Return the same by the key that the names of its files begin with."""
        return Segments.claim(self.folder, key)

    def keep_stream(
        self, segments: Segments, night: cache_file.Parts, packets: int, source: str, date: str | None
    ) -> None:
        """Put what is new in a stream's night on disk; raises `OSError` where there is no room for it."""
        segments.keep(night, packets, source, date, self._max_bytes)
        self._make_room(0, segments.key)

    def nights(self) -> list[KeptNight]:
        """Return what is kept, the last used first; a file that is no night is left out."""
        kept = []
        for path, about in self._files():
            with suppress(OSError, DamagedError):
                kept.append(KeptNight(cache_file.read_label(path), about.st_size, about.st_mtime))
        for chain in self._chains():
            with suppress(OSError, DamagedError):
                kept.append(KeptNight(cache_file.read_label(chain.paths[-1]), chain.bytes, chain.last_used))
        return sorted(kept, key=lambda night: night.last_used, reverse=True)

    def clear(self) -> int:
        """Remove every night and whatever an interrupted write has left; return how many bytes that were.

        What a living reader has of a stream stays.
        """
        freed = sum(about.st_size for path, about in self._files() if _remove(path))
        freed += sum(chain.remove() for chain in self._chains() if not is_held(chain.lock))
        for path, _ in _listed(self.folder, LOCK):
            if not is_held(path):
                _remove(path)
        return freed + self._sweep(0.0)

    def _chains(self) -> "list[_Chain]":
        """Return what each reader has of a stream."""
        found: dict[Path, list[tuple[int, Path]]] = {}
        for path, key, reader, _, last in segment_files(self.folder):
            found.setdefault(self.folder / f"{key}.{reader:02d}{LOCK}", []).append((last, path))
        chains = []
        for lock, files in found.items():
            paths = [path for _, path in sorted(files)]
            with suppress(OSError):
                about = [path.stat() for path in paths]
                chains.append(_Chain(lock, paths, sum(a.st_size for a in about), max(a.st_mtime for a in about)))
        return chains

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Yield each file that is named like a night, with its size and time of last use."""
        yield from _listed(self.folder, _SUFFIX)

    def _sweep(self, seconds: float) -> int:
        """Remove unfinished files that nobody has written to for some seconds; return how many bytes that were."""
        before = time.time() - seconds
        left_over = _listed(self.folder, UNFINISHED)
        return sum(about.st_size for path, about in left_over if about.st_mtime <= before and _remove(path))

    def _make_room(self, needed: int, key: str) -> None:
        """Remove the nights that were not used for the longest time, until `needed` bytes fit below the limit."""
        others = [(about.st_mtime, about.st_size, path) for path, about in self._files() if path.stem != key]
        chains = sorted(self._chains(), key=lambda chain: chain.last_used)
        total = needed + sum(size for _, size, _ in others) + sum(chain.bytes for chain in chains)
        for _, size, path in sorted(others):
            if total <= self._max_bytes:
                return
            total -= size if _remove(path) else 0
        for chain in chains:
            if total <= self._max_bytes:
                return
            total -= chain.bytes if evict(chain.lock, chain.paths) else 0


@dataclass(frozen=True, slots=True)
class _Chain:
    """What one reader has of a stream."""

    lock: Path
    paths: list[Path]
    bytes: int
    last_used: float

    def remove(self) -> int:
        removed = [_remove(path) for path in self.paths]
        return self.bytes if all(removed) else 0


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
