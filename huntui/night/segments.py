"""A stream's night on disk while it still comes: segments, each with what came after the one before it.

A reader of a stream has a chain of segments of its own, in files `key.reader.first-last.segment`, where `first` and
`last` count the times that something was kept. A segment is written beside, flushed to the disk and renamed before
anybody is told that it is there. Before a segment is written, those before it that are no larger are written with it
once more and removed, so that there are few of them, however long a stream is, and each alert is written a few times.

A reader holds a lock while it lives, which the system lets go of however it ends. So each of several readers of one
group has its own chain, and the next reader goes on with one that nobody holds. A chain that made room for others
leaves a word in the file of its lock, so that the next reader knows that something is missing.
"""

import errno
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

from huntui.alerts.batch import Columns
from huntui.night import cache_file
from huntui.night.cache_file import DamagedError, Label, Parts
from huntui.night.locks import locked

if TYPE_CHECKING:
    from huntui.night.store import Night

SUFFIX, LOCK, UNFINISHED = ".segment", ".lock", ".part"
EVICTED = b"made room\n"
"""What stands in the file of a lock."""
MOST_READERS = 100
"""Readers of one group on one machine."""

_TABLES = ("alerts", "history", "forced")
_NAME = re.compile(r"([0-9a-f]{32})\.(\d{2})\.(\d{8})-(\d{8})" + re.escape(SUFFIX))


@dataclass(frozen=True, slots=True)
class _Mark:
    """How much of a night there was at one moment."""

    rows: tuple[int, int, int] = (0, 0, 0)
    """Alerts, entries of histories and of forced photometry."""
    texts: int = 0
    bad: int = 0

    @classmethod
    def of(cls, parts: Mapping[str, Columns]) -> "_Mark":
        rows = [max((len(column) for column in parts.get(name, {}).values()), default=0) for name in _TABLES]
        return cls((rows[0], rows[1], rows[2]), len(parts["texts"]["ends"]), len(parts["bad packets"]["entries"]))


@dataclass(frozen=True, slots=True)
class _Segment:
    path: Path
    first: int
    last: int
    since: _Mark
    until: _Mark

    @property
    def alerts(self) -> int:
        return self.until.rows[0] - self.since.rows[0]


class Segments:
    """The chain of one reader. Belongs to one thread at a time."""

    def __init__(self, folder: Path, key: str, reader: int, lock: IO[bytes]) -> None:
        """Use `claim` to get one."""
        self.folder, self.key, self.reader = folder, key, reader
        self._lock = lock
        self._chain: list[_Segment] = []
        self.damaged = False
        """Whether something that was kept could not be read any more."""
        self.evicted = bool(_size(Path(lock.name)))
        """Whether what was kept had to make room for other nights."""

    @classmethod
    def claim(cls, folder: Path, key: str) -> "Segments | None":
        """Return the first chain of a key that no living reader holds; None where the folder cannot be used."""
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            for reader in range(MOST_READERS):
                if (lock := locked(folder / f"{key}.{reader:02d}{LOCK}")) is not None:
                    return cls(folder, key, reader, lock)
        return None

    def restored(self) -> "tuple[Night, int] | None":
        """Return the night that was kept and how many packets were read for it; None where nothing was."""
        from huntui.night.store import Night

        found: list[tuple[Label, Parts]] = []
        for path, first, last in self._files():
            # Of files that hold the same, as an interrupted write leaves them, the longest comes first.
            if first <= (self._chain[-1].last if self._chain else 0):
                _remove(path)
                continue
            try:
                label, parts = cache_file.read(path, self.key)
                since, until = _marks(parts)
                if since != (self._chain[-1].until if self._chain else _Mark()):
                    raise DamagedError("something before it is missing")
            except (DamagedError, KeyError, ValueError):
                self.damaged = True
                _remove(path)
                continue
            except OSError:
                self.damaged = True
                break
            found.append((label, parts))
            self._chain.append(_Segment(path, first, last, since, until))
        if not found:
            return None
        try:
            night = Night.restored(_joined([parts for _, parts in found]))
        except Exception:  # noqa: BLE001 (what was damaged before it was written fails in ways that nobody can list)
            self.damaged = True
            for segment in self._chain:
                _remove(segment.path)
            self._chain = []
            return None
        night.looked_over = 0  # what alerts tell of each other is told by all of them, and more will come
        return night, found[-1][0].packets

    def keep(self, parts: Parts, packets: int, source: str, date: str | None, most: int) -> None:
        """Put all that is new in a night on disk; when this returns, it is there, whatever happens.

        Raises `OSError` where there is no room, or where the whole chain would take more than `most` bytes.
        """
        until, at = _Mark.of(parts), len(self._chain)
        since = self._chain[-1].until if self._chain else _Mark()
        while at and self._chain[at - 1].alerts <= until.rows[0] - since.rows[0]:
            at -= 1
            since = self._chain[at].since
        stay, go = self._chain[:at], self._chain[at:]
        last = self._chain[-1].last + 1 if self._chain else 1
        first = go[0].first if go else last
        path = self.folder / f"{self.key}.{self.reader:02d}.{first:08d}-{last:08d}{SUFFIX}"
        label = Label(self.key, date, source, until.rows[0], packets)
        room = most - sum(_size(segment.path) for segment in stay)
        if room <= 0:
            raise OSError(errno.EFBIG, "the stream is larger than the cache may be")
        self._write(path, label, _cut(parts, since, until), room)
        self._chain = [*stay, _Segment(path, first, last, since, until)]
        self._lock.truncate(0)
        for segment in go:
            _remove(segment.path)

    def close(self) -> None:
        """Let another reader have the chain."""
        self._lock.close()

    def _write(self, path: Path, label: Label, parts: Parts, most: int) -> None:
        handle, name = tempfile.mkstemp(UNFINISHED, f"{self.key}.", self.folder)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                cache_file.write(file, label, parts, most)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
            _flush_folder(self.folder)
        finally:
            _remove(unfinished)

    def _files(self) -> list[tuple[Path, int, int]]:
        """Return the files of the chain in order; of those with the same beginning the longest first."""
        found = []
        for path, key, reader, first, last in segment_files(self.folder):
            if (key, reader) == (self.key, self.reader):
                found.append((path, first, last))
        return sorted(found, key=lambda one: (one[1], -one[2]))


def evict(lock: Path, paths: list[Path]) -> bool:
    """Remove the files of a chain and tell the next reader so; False where a reader holds it, or a file remains."""
    try:
        held = locked(lock)
    except OSError:
        return False
    if held is None:
        return False
    with held:
        held.write(EVICTED)
        held.flush()
        for path in paths:
            _remove(path)
        return not any(path.exists() for path in paths)


def segment_files(folder: Path) -> Iterator[tuple[Path, str, int, int, int]]:
    """Yield each file of a folder that is named like a segment, with its key, its reader and what it counts."""
    entries: list[str] = []
    with suppress(OSError):
        entries = os.listdir(folder)
    for name in entries:
        if (parts := _NAME.fullmatch(name)) is not None:
            yield folder / name, parts[1], int(parts[2]), int(parts[3]), int(parts[4])


def _cut(parts: Parts, since: _Mark, until: _Mark) -> Parts:
    """Return what a night had at one moment without what it had at an earlier one."""
    ends, data = parts["texts"]["ends"], parts["texts"]["data"]
    begin = int(ends[since.texts - 1]) if since.texts else 0
    tables = {
        name: {column: values[at:] for column, values in parts.get(name, {}).items()}
        for name, at in zip(_TABLES, since.rows, strict=True)
    }
    return {
        **{name: columns for name, columns in tables.items() if columns},
        "texts": {"data": data[begin:], "ends": ends[since.texts :]},
        "bad packets": {"entries": parts["bad packets"]["entries"][since.bad :]},
        "duplicates": parts["duplicates"],
        "marks": {"since": _numbers(since), "until": _numbers(until)},
    }


def _joined(segments: list[Parts]) -> Parts:
    """Return what `_cut` has parted as one; raises `ValueError` or `KeyError` where segments do not fit each other."""
    joined: Parts = {"duplicates": segments[-1]["duplicates"], "texts": {}, "bad packets": {}}
    for part in (*_TABLES, "texts", "bad packets"):
        filled = [segment[part] for segment in segments if segment.get(part)]
        if filled:
            joined[part] = {name: np.concatenate([columns[name] for columns in filled]) for name in filled[0]}
    return joined


def _numbers(mark: _Mark) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array([*mark.rows, mark.texts, mark.bad], np.int64)


def _marks(parts: Parts) -> tuple[_Mark, _Mark]:
    since, until = ([int(number) for number in parts["marks"][name]] for name in ("since", "until"))
    return (
        _Mark((since[0], since[1], since[2]), since[3], since[4]),
        _Mark((until[0], until[1], until[2]), until[3], until[4]),
    )


def _flush_folder(folder: Path) -> None:
    # A name is on disk only when its folder is; where a folder cannot be opened, as on Windows, the system does it.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
