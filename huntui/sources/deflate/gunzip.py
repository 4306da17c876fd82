"""Reading a gzip file from the beginning, or from any point where it can be entered, and finding such points.

The library that unpacks tells nothing of its state, so a point is found: a kernel looks for what seems to be the
beginning of a block. The input is cut there, which tells how many bytes are unpacked before it; then the stream is
entered at that bit, and what comes out must be what came out of it without a break.
"""

from io import FileIO

import numpy as np

from huntui.sources.deflate.inflate import InflateError, Inflater, bare_inflater, entered, gzip_inflater
from huntui.sources.deflate.points import Point, Points
from huntui.sources.tars.stream import BrokenStreamError

MAGIC = b"\x1f\x8b"

_PIECE_BYTES = 128 * 1024
_WINDOW_BYTES = 32 * 1024
_TRAILER_BYTES = 8
# A piece that unpacks to more than this is taken in several turns.
_MOST_BYTES = 2**20
# A point counts as found when so many bytes agree.
_TRIED_BYTES = 1024


class Gunzip:
    """The unpacked bytes of a gzip file of one member or more, from a point on; zeros behind the end are no damage."""

    def __init__(self, file: FileIO, points: Points, start: Point) -> None:
        """Take over `file`; `points` learns where the stream can be entered."""
        self._file = file
        self._points = points
        self._at, self._bit = divmod(start.bit, 8)
        self._piece_bytes = _PIECE_BYTES
        self._pending = self._ready = b""
        self._window = start.window or b""
        self._is_bare = start.window is not None
        self._member: Inflater | None = bare_inflater(self._window) if self._is_bare else None
        self._damage: BrokenStreamError | None = None
        self.unpacked = start.unpacked
        """Unpacked bytes that come before the next ones."""

    @property
    def packed(self) -> int:
        """Bytes of the file that were used so far."""
        return self._at - len(self._pending)

    def read(self, most: int, /) -> bytes:
        """Return some of the next bytes, at most so many; none at the end.

        Raises `BrokenStreamError` where the file is damaged, after everything before the damage was returned.
        """
        while not self._ready:
            if self._damage:
                raise self._damage
            packed = self.packed
            try:
                if not self._advance():
                    return b""
            except BrokenStreamError as error:
                self._damage = error
            except OSError as error:
                self._damage = BrokenStreamError(f"it cannot be read any further ({error.strerror})")
            except InflateError as error:
                self._damage = BrokenStreamError(f"its compressed data are damaged ({error})")
                self._ready = self._before_damage(packed)
        ready, self._ready = self._ready[:most], self._ready[most:]
        self.unpacked += len(ready)
        return ready

    def readinto(self, room: memoryview, /) -> int:
        """Put some of the next bytes into `room` and return how many; 0 at the end. Raises like `read`."""
        content = self.read(len(room))
        room[: len(content)] = content
        return len(content)

    def skip(self, size: int) -> None:
        """Pass over bytes; where there are not so many, the next read tells."""
        end = self.unpacked + size
        try:
            while self.unpacked < end and self.read(end - self.unpacked):
                pass
        except BrokenStreamError:
            return

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _advance(self) -> bool:
        """Unpack a piece of the file; return whether there is another. Raises `InflateError`."""
        member = self._member or self._begin_member()
        if member is None:
            return False
        fresh = not self._pending
        piece = self._pending or self._next_piece()
        if not piece:
            raise BrokenStreamError("the file ends in the middle of its compressed data")
        if self._bit:
            self._ready, self._bit = self._unpack(member, entered(piece, self._bit)), 0
        elif fresh and self._points.is_due(self.unpacked):
            self._ready = self._unpack_and_mark(member, piece)
        else:
            self._ready = self._unpack(member, piece)
        self._window = self._ready if len(self._ready) >= _WINDOW_BYTES else self._window_behind(self._ready)
        return True

    def _begin_member(self) -> Inflater | None:
        piece = self._pending or self._next_piece()
        if self._at > len(piece):
            while piece and not (piece := piece.lstrip(b"\0")):
                piece = self._next_piece()
        if len(piece) == 1:
            piece += self._next_piece()
        self._pending = piece
        if not piece:
            return None
        if not piece.startswith(MAGIC):
            raise BrokenStreamError("other bytes come behind its compressed data")
        self._member = gzip_inflater()
        self._points.add(Point(8 * self.packed, self.unpacked, None))
        return self._member

    def _next_piece(self) -> bytes:
        self._file.seek(self._at)
        piece = self._file.read(self._piece_bytes) or b""
        self._at += len(piece)
        return piece

    def _unpack(self, member: Inflater, piece: bytes) -> bytes:
        unpacked = member.decompress(piece, _MOST_BYTES)
        self._pending = member.unconsumed_tail
        if member.eof:
            self._end_member(member.unused_data)
        return unpacked

    def _end_member(self, unused: bytes) -> None:
        self._member = None
        if not self._is_bare:
            self._pending = unused
            return
        self._at += _TRAILER_BYTES - len(unused)
        self._is_bare = False

    def _unpack_and_mark(self, member: Inflater, piece: bytes) -> bytes:
        """Unpack a piece, and remember the first place in it where the stream can be entered."""
        # Numba waits until here, so that a short look into an archive does not load it.
        from huntui.sources.deflate.kernel import find_block

        start = 8 * (self._at - len(piece))
        bit = find_block(np.frombuffer(piece, np.uint8), len(piece) // 4 * 3)
        cut = -(-bit // 8)
        if bit < 0:
            return self._unpack(member, piece)
        self._at -= len(piece) - cut
        head = self._unpack(member, piece[:cut])
        if self._pending or self._member is None:
            return head
        self._at += len(piece) - cut
        window = self._window_behind(head)
        rest = self._unpack(member, piece[cut:])
        if _agrees(entered(piece[bit // 8 :], bit % 8), window, rest):
            self._points.add(Point(start + bit, self.unpacked + len(head), window))
        return head + rest

    def _window_behind(self, unpacked: bytes) -> bytes:
        return (self._window + unpacked)[-_WINDOW_BYTES:]

    def _before_damage(self, packed: int) -> bytes:
        """Return what can still be unpacked from byte `packed` of the file on, where the library refused a piece.

        What it unpacked of that piece is lost, so the way there is gone again, the last part byte by byte.
        """
        again = Gunzip(self._file, self._points, self._points.before(self.unpacked))
        found = []
        try:
            while True:
                again._piece_bytes = _PIECE_BYTES if again._at + _PIECE_BYTES < packed else 1
                if not again._advance():
                    break
                found.append(again._ready[max(0, self.unpacked - again.unpacked) :])
                again.unpacked += len(again._ready)
        except (InflateError, BrokenStreamError, OSError):
            self._at, self._pending = again._at, b""
        return b"".join(found)


def _agrees(piece: bytes, window: bytes, unpacked: bytes) -> bool:
    """Return whether a stream that is entered at the beginning of `piece` gives what was unpacked without a break."""
    try:
        tried = bare_inflater(window).decompress(piece, len(unpacked)) if unpacked else b""
    except InflateError:
        return False
    return len(tried) >= _TRIED_BYTES and unpacked.startswith(tried)
