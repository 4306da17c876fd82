"""The clock of a night that is replayed: it runs by the times at which alerts were taken, faster than they came."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from huntui.errors import CallError
from huntui.ut import ut_clock, ut_date

SPEEDS = (1.0, 10.0, 60.0, 300.0, 1000.0)
"""Times real time that keys choose from; beyond the last one all of the night is there at once."""
FIRST_SPEED = 60.0
REPLAYING, PAUSED = "replaying", "paused at"
"""How what is said of a clock begins, while it runs and while it stands still."""
BEGUN = "this is a replay now, the night as it came in"
"""How what is said of a clock begins when there was none before."""
SOON = "the night is replayed as soon as all of it is read"
NOT_READ = "The night is not read yet: go to a time of it when all of it is there."
NO_TIMES = "No alert of this night says when it was taken, so that it cannot be replayed."
_DAY_SECONDS = 86400.0
_SECOND = 1.0 / _DAY_SECONDS
_YEAR_1, _YEAR_10000 = 1_721_425.5, 5_373_484.5
"""Julian dates that a calendar has a day for."""


@dataclass(frozen=True, slots=True)
class ClockState:
    """A clock at one moment: what is shown of the night are the alerts that were taken until `now`."""

    now: float
    """Julian date, as `first` and `last`, the times of the first and the last exposure."""
    first: float
    last: float
    speed: float
    """Times real time at which it runs, or would run if it did not stand still."""
    running: bool
    exposure: int
    """Exposures until now."""
    exposures: int
    """Exposures of the whole night."""
    alerts: int
    """Alerts of the whole night."""

    @property
    def share(self) -> float:
        """How much of the night is over, from 0 to 1."""
        return (self.now - self.first) / (self.last - self.first) if self.last > self.first else 1.0

    @property
    def seconds_left(self) -> float:
        """Seconds on the wall until the end of the night, at this speed."""
        return (self.last - self.now) * _DAY_SECONDS / self.speed

    @property
    def over_days(self) -> bool:
        """Whether a time of day does not say which day is meant: the alerts are of several nights."""
        return self.last - self.first >= 1.0


class NightClock:
    """Shows a time of the night, and goes on from it at a speed; `seconds` are those of a clock on the wall."""

    def __init__(self, exposures: Sequence[float]) -> None:
        """Stand still at the first exposure; `exposures` are Julian dates in order, at least one."""
        self._exposures = exposures
        self.speed = FIRST_SPEED
        self._shown = self.first = exposures[0]
        self.last = exposures[-1]
        self._since: float | None = None

    def now(self, seconds: float) -> float:
        """Return the time of the night (jd); it goes no farther than the last exposure."""
        if self._since is None:
            return self._shown
        return min(self.last, self._shown + (seconds - self._since) * self.speed / _DAY_SECONDS)

    @property
    def running(self) -> bool:
        """Whether it goes on by itself."""
        return self._since is not None

    def state(self, seconds: float, alerts: int) -> ClockState:
        """Return how it stands, over a night of so many alerts."""
        now = self.now(seconds)
        exposure = bisect_right(self._exposures, now)
        return ClockState(now, self.first, self.last, self.speed, self.running, exposure, len(self._exposures), alerts)

    def run(self, seconds: float, speed: float | None = None) -> None:
        """Go on from where it stands, at the speed it had or at another."""
        self._shown, self._since = self.now(seconds), seconds
        self.speed = speed or self.speed

    def halt(self, seconds: float) -> None:
        """Stand still."""
        self._shown, self._since = self.now(seconds), None

    def step(self, exposures: int, seconds: float) -> None:
        """Stand still some exposures later, or earlier for a negative number; the first and the last end it."""
        self.halt(seconds)
        if exposures > 0:
            place = bisect_right(self._exposures, self._shown) + exposures - 1
        else:
            place = bisect_left(self._exposures, self._shown) + exposures
        self._shown = self._exposures[min(max(place, 0), len(self._exposures) - 1)]

    def jump(self, jd: float, seconds: float) -> None:
        """Show another time; a clock that runs goes on from there. Raises `CallError` outside of the night."""
        self.check(jd)
        running = self.running
        self._shown, self._since = min(max(jd, self.first), self.last), seconds if running else None

    def check(self, jd: float) -> None:
        """Raise `CallError` for a time that is outside of the night by more than the second that is written."""
        if not _YEAR_1 <= jd < _YEAR_10000:
            raise CallError(f"{jd:g} is no Julian date to jump to.")
        days = ut_date(jd) not in (ut_date(self.first), ut_date(self.last)) or self.last - self.first >= 1.0
        if jd < self.first - _SECOND:
            raise CallError(f"{_written(jd, days)} is before the first alert, at {_written(self.first, days)}.")
        if jd > self.last + _SECOND:
            raise CallError(f"{_written(jd, days)} is after the last alert, at {_written(self.last, days)}.")


def faster(speed: float, places: int) -> float:
    """Return the speed some places up in `SPEEDS`, or down; infinity beyond the last of them."""
    if places > 0:
        above = [one for one in SPEEDS if one > speed]
        return above[places - 1] if places <= len(above) else math.inf
    below = [one for one in SPEEDS if one < speed]
    return below[places] if -places <= len(below) else SPEEDS[0]


def _written(jd: float, with_day: bool) -> str:
    return f"{ut_date(jd)} {ut_clock(jd)} UT" if with_day else f"{ut_clock(jd)} UT"
