"""How far `huntui run` has come, on standard error: one line that is painted again and again on a terminal."""

import os
import sys

from huntui.cli.streams import can_paint, note, paint
from huntui.engine.snapshot import Snapshot
from huntui.render.clock import clock

_BAR = 24
_FALLBACK_WIDTH = 80
COMPILING = "Compiling: this happens once after installation and takes a minute or so."


class Progress:
    """Repaints one line per snapshot; where standard error is no terminal, only a long wait is announced."""

    def __init__(self) -> None:
        self._paints = can_paint()
        self._announced = False
        self._said = 0

    def show(self, snapshot: Snapshot) -> None:
        """Repaint the line, below what is said of a stream."""
        if snapshot.stream is not None:
            for sentence in snapshot.stream.said_since(self._said):
                self.clear()
                note(sentence)
            self._said = snapshot.stream.said_in_all
        if self._paints:
            paint(line(snapshot)[: width() - 1])
        elif snapshot.status == "compiling" and not self._announced:
            self._announced = True
            note(COMPILING)

    def clear(self) -> None:
        """Take the line away."""
        if self._paints:
            paint()


def line(snapshot: Snapshot) -> str:
    """Return the line: a bar and the time left as far as the size of the night is known, and the counts so far."""
    night = snapshot.night
    if snapshot.status == "starting":
        return "opening the night"
    if snapshot.status == "compiling":
        done, of = snapshot.compiled
        return f"compiling, only this once: {done} of {of} kernels"
    if snapshot.stream is not None and snapshot.stream.connection != "connected" and snapshot.status == "streaming":
        return f"{night.alerts:,} alerts, waiting for the broker"
    counts = f"{night.alerts:,} alerts, {snapshot.surviving_alerts:,} survive, {night.alerts_per_second:,.0f} alerts/s"
    counts += _behind(snapshot)
    if snapshot.waiting:
        counts = f"{snapshot.waiting:,} wait for a score, {counts}"
    if night.fraction is None:
        return counts
    filled = round(_BAR * night.fraction)
    left = "" if night.seconds_left is None else f"  {clock(night.seconds_left)} left"
    return f"{'━' * filled}{'─' * (_BAR - filled)} {night.fraction:4.0%}{left}  {counts}"


def _behind(snapshot: Snapshot) -> str:
    """Say how many packets of a stream wait at the broker, and in which partitions."""
    if snapshot.stream is None or not snapshot.stream.partitions:
        return ""
    parts = [f"p{one.number} {one.behind:,}" for one in snapshot.stream.partitions if one.behind]
    where = f" ({', '.join(parts)})" if len(snapshot.stream.partitions) > 1 and parts else ""
    return f", {snapshot.stream.behind:,} behind{where}"


def width() -> int:
    """Return the columns of the terminal behind standard error."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _FALLBACK_WIDTH
    except OSError:
        return _FALLBACK_WIDTH
