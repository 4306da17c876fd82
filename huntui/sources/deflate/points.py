"""Where a compressed stream can be entered again: a bounded number of places, spread over what was read so far."""

from bisect import bisect_right
from dataclasses import dataclass
from threading import Lock

SPACING_BYTES = 32 * 2**20
"""Unpacked bytes between two places to begin with."""
MOST_POINTS = 512
"""When there are more, every second one is dropped and the spacing doubles; each holds a window of 32 KiB."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place where the stream can be entered."""

    bit: int
    """Where it is in the file, as the number of a bit."""
    unpacked: int
    """How many unpacked bytes come before it."""
    window: bytes | None
    """The last unpacked bytes before it, to which those behind it refer; None where a new gzip member begins."""


class Points:
    """The places known so far, in order; may be used by several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._points = [Point(0, 0, None)]
        self.spacing = SPACING_BYTES

    def __len__(self) -> int:
        return len(self._points)

    def is_due(self, unpacked: int) -> bool:
        """Return whether another place is wanted so far from the beginning."""
        return unpacked - self._points[-1].unpacked >= self.spacing

    def add(self, point: Point) -> None:
        """Remember a place, unless another thread has been there."""
        with self._lock:
            if not self.is_due(point.unpacked):
                return
            self._points.append(point)
            if len(self._points) > MOST_POINTS:
                self._points = self._points[::2]
                self.spacing *= 2

    def before(self, unpacked: int) -> Point:
        """Return the last place that is not behind this many unpacked bytes."""
        points = self._points
        return points[bisect_right(points, unpacked, key=lambda point: point.unpacked) - 1]
