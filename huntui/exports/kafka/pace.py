"""How fast a night is sent."""

import math
import time
from collections.abc import Callable

_MOST_DAYS = 0.5
"""A gap longer than any within a night is not waited for."""
_SLACK = 0.25
"""Seconds that a rate may lag behind and make up for."""


class Pace:
    """Says how long to wait before the next packet: so many per second at most, or when its time has come.

    At a rate time that is lost to a broker that was away is not made up; at a speed the clock of the night goes on.
    """

    def __init__(
        self, rate: float | None = None, speed: float | None = None, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        """Send `rate` packets per second, or go `speed` times as fast as the night itself; else without waiting."""
        self._rate, self._speed, self._seconds = rate, speed, seconds
        self._due = -math.inf
        self._jd: float | None = None

    def due_in(self, jd: float | None) -> float:
        """Return the seconds until a packet may be sent, 0 for at once; called once for each packet, in turn."""
        now = self._seconds()
        gap = 0.0
        if self._rate is not None:
            gap = 1 / self._rate
        elif self._speed is not None and jd is not None:
            days = 0.0 if self._jd is None else jd - self._jd
            gap = days * 86_400 / self._speed if 0 < days <= _MOST_DAYS else 0.0
            self._jd = jd if self._jd is None or days > 0 else self._jd
        # Waits end a little late, which must not add up; a real loss of time makes no burst.
        earliest = now if self._due == -math.inf else now - _SLACK if self._rate is not None else -math.inf
        self._due = max(self._due + gap, earliest)
        return max(0.0, self._due - now)
