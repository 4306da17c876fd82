"""How fast alerts came lately, for whoever draws it."""

from collections import deque

from huntui.engine.snapshot import RATE_SECONDS

_INTERVALS = 60


class Arrivals:
    """Remembers how many alerts there were at the end of each interval of the last half minute."""

    def __init__(self) -> None:
        self._edges: deque[int] = deque(maxlen=_INTERVALS + 1)
        self._next = 0.0
        """When the interval ends that is under way."""
        self._last = (0.0, 0)

    @property
    def edges(self) -> tuple[int, ...]:
        """Numbers of alerts, the earliest first; empty until an interval has ended."""
        return tuple(self._edges) if len(self._edges) > 1 else ()

    def forget(self) -> None:
        """Begin anew."""
        self._edges.clear()

    def note(self, seconds: float, alerts: int) -> None:
        """Learn that there are so many alerts at a time; fewer than before, or an earlier time, begin anew.

        Where nobody looked at the end of an interval, the alerts are thought to have come evenly.
        """
        (before, known), self._last = self._last, (seconds, alerts)
        if not self._edges or alerts < known or seconds < before or seconds > before + RATE_SECONDS * _INTERVALS:
            self._edges.clear()
            self._edges.append(alerts)
            self._next = seconds + RATE_SECONDS
            return
        while self._next <= seconds:
            share = (self._next - before) / (seconds - before)
            self._edges.append(known + round(share * (alerts - known)))
            self._next += RATE_SECONDS
