"""A night that was read, seen as it came in: what was taken until the time that its clock shows."""

import math
from collections.abc import Callable

from huntui.engine.night_clock import BEGUN, FIRST_SPEED, NO_TIMES, PAUSED, REPLAYING, ClockState, NightClock, faster
from huntui.errors import CallError
from huntui.night.in_order import InOrder
from huntui.night.view import NightView
from huntui.session.commands import ChangeSpeed, JumpTo, Pause, Replay, Step, TimeCommand, WholeNight
from huntui.ut import ut_clock

_PARTS = 86400.0
"""Parts of a day that the clock shows."""


class Replayed:
    """The alerts in the order of time, and a clock; without one all of them are there. Belongs to one thread."""

    def __init__(self, night: NightView, seconds: Callable[[], float]) -> None:
        """Put a night that was read to its end in order; `seconds` are those of a clock on the wall.

        Raises `CallError` where no alert says when it was taken.
        """
        found = InOrder(night) if len(night) else None
        if found is None or not len(found.exposures):
            raise CallError(NO_TIMES)
        self._night = found
        self._exposures = found.exposures.tolist()
        self._seconds = seconds
        self._clock: NightClock | None = None
        self.state: ClockState | None = None
        """How the clock stood at the last `look`; None where all of the night is there."""
        self._ran_out = False

    def apply(self, command: TimeCommand | Pause) -> str:
        """Carry out a command and return a few words about it; raises `CallError` where it cannot be done."""
        begins = self._clock is None
        said = self._carry_out(command)
        return f"{BEGUN}: {said}" if begins and self._clock is not None else said

    def _carry_out(self, command: TimeCommand | Pause) -> str:
        match command:
            case WholeNight():
                return self._show_all()
            case Replay(speed):
                return self._run(speed)
            case ChangeSpeed(places):
                return self._change_speed(places)
            case Step(exposures):
                return self._step(exposures)
            case JumpTo(jd):
                return self._jump(jd)
            case Pause():
                return self._pause()

    @property
    def due(self) -> bool:
        """Whether the clock shows something that the last `look` did not."""
        if self._clock is None or not self._clock.running or self.state is None:
            return False
        now = self._clock.now(self._seconds())
        exposed = self._night.until(now) != self._night.until(self.state.now)
        return exposed or now >= self._clock.last or int(now * _PARTS) != int(self.state.now * _PARTS)

    @property
    def running(self) -> bool:
        """Whether the clock goes on by itself."""
        return self._clock is not None and self._clock.running

    def ran_out(self) -> bool:
        """Return whether a `look` took away a clock that had run to the end; each end is told once."""
        told, self._ran_out = self._ran_out, False
        return told

    def look(self) -> NightView:
        """Return what was taken until now. A clock that has run to the end is taken away."""
        seconds = self._seconds()
        if self._clock is not None and self._clock.running and self._clock.now(seconds) >= self._clock.last:
            self._clock, self._ran_out = None, True
        self.state = self._clock.state(seconds, len(self._night)) if self._clock else None
        return self._night.first(self._night.until(self.state.now) if self.state else len(self._night))

    def _show_all(self) -> str:
        before, self._clock = self._clock, None
        return "all of the night is shown" + ("" if before else ", as it was")

    def _run(self, speed: float) -> str:
        if not speed > 0:
            raise CallError(f"A night is replayed at a speed above 0, not {speed:g}.")
        if speed == math.inf:
            return self._show_all()
        clock = self._begun()
        clock.run(self._seconds(), speed)
        return self._told()

    def _change_speed(self, places: int) -> str:
        if self._clock is None:
            return self._run(FIRST_SPEED)
        if (speed := faster(self._clock.speed, places)) == math.inf:
            return self._show_all()
        if self._clock.running:
            return self._run(speed)
        self._clock.speed = speed
        return self._told()

    def _step(self, exposures: int) -> str:
        seconds = self._seconds()
        if self._clock is None and exposures < 0:
            self._begun().jump(self._exposures[-1], seconds)
        if self._clock is not None:
            self._clock.step(exposures, seconds)
        self._begun()  # the first step into a night leads to its first exposure
        return self._told()

    def _jump(self, jd: float) -> str:
        clock = self._clock or NightClock(self._exposures)
        clock.jump(jd, self._seconds())
        self._clock = clock
        return self._told()

    def _pause(self) -> str:
        clock = self._begun()
        (clock.halt if clock.running else clock.run)(self._seconds())
        return self._told()

    def _begun(self) -> NightClock:
        """Return the clock; one that is new stands still at the first exposure."""
        if self._clock is None:
            self._clock = NightClock(self._exposures)
        return self._clock

    def _told(self) -> str:
        clock = self._begun()
        state = clock.state(self._seconds(), len(self._night))
        where = f"{ut_clock(state.now)} UT, exposure {state.exposure:,} of {state.exposures:,}"
        return f"{REPLAYING} at ×{clock.speed:g} from {where}" if clock.running else f"{PAUSED} {where}"
