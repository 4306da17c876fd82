"""How far `huntui fetch` has come, on standard error: one line that is painted again and again on a terminal."""

import os
import sys
import time
from collections import deque
from collections.abc import Callable

from huntui.cli.streams import can_paint, note, paint
from huntui.render.clock import clock

_BAR = 24
_FALLBACK_WIDTH = 80
_PAINT_SECONDS = 0.1
_LOOK_BACK_SECONDS = 10.0


class FetchProgress:
    """How far a download is, as a line."""

    def __init__(self, date: str, seconds: Callable[[], float] = time.monotonic) -> None:
        """Prepare to count; `seconds` are those of a clock on the wall."""
        self._date, self._seconds = date, seconds
        self._total: int | None = None
        self._grown: deque[tuple[float, int]] = deque()

    def look(self, size: int, total: int | None) -> None:
        """So many bytes of so many are there now."""
        if total != self._total or (self._grown and size < self._grown[-1][1]):
            self._grown.clear()
        self._total = total
        now = self._seconds()
        self._grown.append((now, size))
        while len(self._grown) > 2 and now - self._grown[0][0] > _LOOK_BACK_SECONDS:
            self._grown.popleft()

    def line(self) -> str:
        """Return the line: a bar and the time left where the size is known, bytes, and bytes per second."""
        from huntui.online.download import size_of

        size = self._grown[-1][1] if self._grown else 0
        speed = self._speed()
        told = f"{self._date}  {size_of(size)}"
        rate = f", {size_of(round(speed))}/s" if speed else ""
        if not self._total:
            return told + rate
        share = min(1.0, size / self._total)
        filled = round(_BAR * share)
        left = f"  {clock((self._total - size) / speed)} left" if speed else ""
        return f"{'━' * filled}{'─' * (_BAR - filled)} {share:4.0%}{left}  {told} of {size_of(self._total)}{rate}"

    def _speed(self) -> float:
        """Return bytes per second lately, 0 where that is not known."""
        if len(self._grown) < 2:
            return 0.0
        (since, before), (now, size) = self._grown[0], self._grown[-1]
        return (size - before) / (now - since) if now > since else 0.0


class PaintedProgress:
    """Hears of a download and repaints its line; without a terminal only what is waited for is said."""

    def __init__(self, date: str) -> None:
        self._date, self._progress = date, FetchProgress(date)
        self._paints = can_paint()
        self._total: int | None = None
        self._painted = -_PAINT_SECONDS

    def promised(self, total: int | None) -> None:
        """The file will have so many bytes."""
        self._total = total

    def grew(self, size: int) -> None:
        """So many bytes of it are there."""
        now = time.monotonic()
        if self._paints and now - self._painted >= _PAINT_SECONDS:
            self._painted = now
            self._progress.look(size, self._total)
            paint(self._progress.line()[: _width() - 1])

    def replaced(self) -> None:
        """It begins anew."""
        self.say(f"{self._date} begins anew: what was here does not fit what the server has.")

    def say(self, sentence: str) -> None:
        """Say something above the line."""
        self.clear()
        note(sentence)

    def clear(self) -> None:
        """Take the line away."""
        if self._paints:
            paint()


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _FALLBACK_WIDTH
    except OSError:
        return _FALLBACK_WIDTH
