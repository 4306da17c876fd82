"""Text as numbers: every distinct text of a night is kept once, and a column of text is a column of its codes."""

import secrets
import threading

import numpy as np

from huntui.alerts import kernel
from huntui.columns import NULL_TEXT
from huntui.packets.batch import Bytes, Int32s, Int64s

UNSEEN = -2
"""Code of a text that the pool has never met; no alert has it."""


class TextPool:
    """The distinct texts of a night, numbered in the order they came. Only grows; safe to use from several threads."""

    def __init__(self) -> None:
        # Runs in the packet's own bytes, so hostile text must not be able to make all of them collide.
        self._seed = np.uint64(secrets.randbits(64))
        self._lock = threading.Lock()
        self._pool = kernel.Pool(
            np.empty(1 << 12, np.uint8),
            np.empty(1 << 8, np.int64),
            np.full(1 << 9, -1, np.int32),
            np.zeros(1, np.int64),
        )

    def __len__(self) -> int:
        return int(self._pool.used[0])

    @classmethod
    def restored(cls, data: Bytes, ends: Int64s) -> "TextPool":
        """Return a pool of what `dump` gave: every text has the code it had. Raises `ValueError` where they disagree.

        `data` holds the texts one after the other, `ends` where each one ends.
        """
        if np.any(np.diff(ends, prepend=0) < 0) or int(ends[-1] if len(ends) else 0) != len(data):
            raise ValueError("the texts do not end where they should")
        pool = cls()
        capacity = max(len(pool._pool.ends), 1 << len(ends).bit_length())
        places = np.empty(capacity, np.int64)
        places[: len(ends)] = ends
        room = np.empty(max(len(pool._pool.data), len(data)), np.uint8)
        room[: len(data)] = data
        used = np.array([len(ends)], np.int64)
        pool._pool = kernel.Pool(room, places, np.full(2 * capacity, -1, np.int32), used)
        kernel.rehash(pool._pool, pool._seed)
        return pool

    def dump(self) -> tuple[Bytes, Int64s]:
        """Return the bytes of all texts in the order of their codes, and where each one ends."""
        with self._lock:
            ends = self._pool.ends[: len(self)]
            return self._pool.data[: int(ends[-1]) if len(ends) else 0], ends

    def intern(self, data: Bytes, at: Int64s, size: Int32s) -> Int32s:
        """Return the code of each text `data[at[k]:at[k] + size[k]]`, -1 where the size is below 0."""
        codes = np.empty(len(at), np.int32)
        with self._lock:
            done = 0
            while (done := kernel.intern(data, at, size, done, self._pool, self._seed, codes)) < len(at):
                self._grow(int(size[done]))
        return codes

    def add(self, text: str) -> int:
        """Return the code of a text, adding it when it is new."""
        data = np.frombuffer(text.encode(), np.uint8)
        return int(self.intern(data, np.zeros(1, np.int64), np.array([len(data)], np.int32))[0])

    def find(self, text: str) -> int:
        """Return the code of a text, or `UNSEEN`; unlike `add` it leaves the pool alone."""
        raw = text.encode("utf-8", "surrogatepass")
        with self._lock:
            pool = self._pool
            data = np.frombuffer(raw, np.uint8)
            full = pool._replace(ends=pool.ends[: pool.used[0]])
            codes = np.full(1, UNSEEN, np.int32)
            size = np.array([len(raw)], np.int32)
            kernel.intern(data, np.zeros(1, np.int64), size, 0, full, self._seed, codes)
        return int(codes[0])

    def text(self, code: int) -> str | None:
        """Return the text of a code without control characters, so that it can be shown anywhere; None for a null."""
        return None if code == NULL_TEXT else clean(self.raw(code).decode("utf-8", "replace"))

    def texts(self, codes: Int32s) -> list[str | None]:
        """Return what `text` does of each code: at once where all texts are plain ASCII, as names of objects are."""
        data, ends = self.dump()
        if not len(ends) or not is_plain(data):
            return [self.text(int(code)) for code in codes]
        whole, begins = data.tobytes().decode("ascii"), np.concatenate([[0], ends[:-1]])
        places = zip(codes.tolist(), begins[codes].tolist(), ends[codes].tolist(), strict=True)
        return [None if code == NULL_TEXT else whole[begin:end] for code, begin, end in places]

    def raw(self, code: int) -> bytes:
        """Return the bytes of a text as its packet has them, for whoever hands it on to another pool."""
        pool = self._pool
        begin = int(pool.ends[code - 1]) if code > 0 else 0
        return pool.data[begin : int(pool.ends[code])].tobytes()

    def _grow(self, size: int) -> None:
        """Make room for twice as much, and at least one text of `size` bytes more."""
        old = self._pool
        used = len(self)
        data = np.empty(2 * len(old.data) + size, np.uint8)
        ends = np.empty(2 * len(old.ends), np.int64)
        data[: len(old.data)] = old.data
        ends[:used] = old.ends[:used]
        pool = kernel.Pool(data, ends, np.full(2 * len(old.table), -1, np.int32), old.used.copy())
        kernel.rehash(pool, self._seed)
        self._pool = pool


def is_plain(data: Bytes) -> bool:
    """Return whether texts of these bytes are printable ASCII, so that `clean` leaves them as they are."""
    return not np.any((data < ord(" ")) | (data > ord("~")))


def clean(text: str) -> str:
    """Return a text without what could draw or act outside its place: control, format and surrogate characters."""
    return text if text.isascii() and text.isprintable() else "".join(c for c in text if c.isprintable())
