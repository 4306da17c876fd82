"""How fast a night is sent, by a clock that the test turns."""

import pytest

from huntui.exports.kafka.pace import Pace


class Clock:
    """A clock that stands still until somebody waits."""

    now = 100.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


def sent(pace: Pace, clock: Clock, times: list[float | None]) -> list[float]:
    """Return when each packet is sent."""
    moments = []
    for jd in times:
        clock.now += pace.due_in(jd)
        moments.append(clock.now - 100.0)
    return moments


def test_at_a_rate_packets_come_evenly_and_lost_time_makes_no_burst() -> None:
    """After ten seconds without a broker it goes on at the same rate, but for a moment."""
    clock = Clock()
    pace = Pace(rate=4.0, seconds=clock)
    assert sent(pace, clock, [None] * 5) == pytest.approx([0, 0.25, 0.5, 0.75, 1.0])
    clock.now += 10
    after = sent(pace, clock, [None] * 5)
    assert after[-1] - after[0] >= 0.75


def test_a_little_lag_is_made_up_for() -> None:
    """Waits that end late do not add up."""
    clock = Clock()
    pace = Pace(rate=1000.0, seconds=clock)
    begun = clock.now
    for _ in range(1001):
        wait = pace.due_in(None)
        clock.now += wait + (0.0002 if wait else 0.0)
    assert clock.now - begun == pytest.approx(1.0, abs=0.001)


def test_at_a_speed_packets_come_as_they_were_taken() -> None:
    """Two minutes of the night are two seconds at 60 times its speed; one without a time comes with its neighbour."""
    clock = Clock()
    pace = Pace(speed=60.0, seconds=clock)
    minute = 1 / 1440
    moments = sent(pace, clock, [2460000.5, 2460000.5 + minute, None, 2460000.5 + 2 * minute, 2460000.5])
    assert moments == pytest.approx([0, 1, 1, 2, 2], abs=1e-3)


def test_the_day_between_two_nights_is_not_waited_for() -> None:
    """A folder may hold packets of several nights."""
    clock = Clock()
    assert sent(Pace(speed=1.0, seconds=clock), clock, [2460000.5, 2460300.5]) == [0, 0]


def test_without_either_nothing_waits() -> None:
    """As fast as it can."""
    clock = Clock()
    assert sent(Pace(seconds=clock), clock, [2460000.5, 2460000.6]) == [0, 0]
