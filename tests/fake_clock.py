"""What commands about the time of the night make of a night by hand: 640 exposures from 03:06 to 11:54 UT."""

from dataclasses import replace

import fake_night

from huntui.engine.night_clock import ClockState, faster
from huntui.engine.snapshot import Snapshot
from huntui.session.commands import ChangeSpeed, Command, JumpTo, Pause, Replay, Step, WholeNight

SPAN = (2460498.62917, 2460498.99584)
EXPOSURES = 640


def whole() -> Snapshot:
    """Return the night by hand, read to its end, so that it can be replayed."""
    return replace(fake_night.streaming(), status="finished", span=SPAN)


def at(share: float, *, speed: float = 60.0, running: bool = True) -> Snapshot:
    """Return the night as it stood after a share of its time."""
    first, last = SPAN
    clock = ClockState(
        first + share * (last - first), first, last, speed, running, round(share * EXPOSURES), EXPOSURES, 24_948
    )
    status = "replaying" if running else "paused"
    return replace(fake_night.streaming(share), status=status, span=SPAN, clock=clock)  # type: ignore[arg-type]


def after(snapshot: Snapshot, command: Command) -> Snapshot:
    """Return the night as a command leaves it."""
    clock = snapshot.clock
    share = clock.share if clock else 0.0
    speed = clock.speed if clock else 60.0
    match command:
        case WholeNight():
            return whole()
        case Replay(wanted):
            return at(share, speed=wanted)
        case ChangeSpeed(places):
            return at(share, speed=faster(speed, places) if clock else speed)
        case Step(exposures):
            return at(share + exposures / EXPOSURES, speed=speed, running=False)
        case JumpTo(jd):
            return at((jd - SPAN[0]) / (SPAN[1] - SPAN[0]), speed=speed, running=False)
        case Pause():
            return at(share, speed=speed, running=not (clock and clock.running))
    return snapshot
