"""A queue that is simulated: packets in bursts, cores that take them in batches, and how long each packet waits.

Each core reads partitions of its own, as the readers of a group do: a packet goes to one of the queues by chance, as
the hash of an objectId does. A reader asks for a batch, gets it once it is full or after `poll` seconds, and takes no
other before it is done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from random import Random

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

VISIT_SECONDS = 39.0
"""From the beginning of one visit of Rubin to the next (DMTN-028)."""
MOST = 256
"""Packets in a batch, at most."""
POLL_SECONDS = 0.25
"""How long a reader waits for a batch to become full."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """What comes."""

    name: str
    visits: tuple[int, ...]
    """Alerts of each visit."""
    burst_seconds: float
    """How long the alerts of a visit take to be sent."""
    bits_per_second: float
    """What the network to the readers carries."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went; seconds from when a packet was sent to when its alert is in the counts."""

    p50: float
    p95: float
    p99: float
    longest: float
    busy: float
    """Share of the time that cores work."""
    backlog: int
    """Packets that waited or were worked on, at most, at full seconds."""
    drained: float
    """Seconds from the last packet of a visit to when nothing of that visit is left, at most."""
    waiting: tuple[int, ...]
    """The backlog at every full second."""


Draw = Callable[[], float]
"""Gives the seconds that a batch takes for each of its packets."""


def arrivals(traffic: Traffic, packet_bytes: float, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Return when each packet is sent, and when the network has brought it, both in seconds and in order."""
    sent = [
        VISIT_SECONDS * visit + np.sort(random.uniform(0.0, traffic.burst_seconds, number))
        for visit, number in enumerate(traffic.visits)
    ]
    times = np.concatenate(sent)
    return times, through(times, 8 * packet_bytes / traffic.bits_per_second)


def through(times: Floats, seconds: float) -> Floats:
    """Return when each packet leaves a line that carries one in so many seconds, one after the other."""
    place = np.arange(len(times)) * seconds
    return np.asarray(np.maximum.accumulate(times - place) + place + seconds)


@dataclass(frozen=True, slots=True)
class Served:
    """What one core has done."""

    done: Floats
    """When each packet was done, in the order of arrival."""
    busy: float
    """Seconds of work, that which was lost among them."""


def serve(
    came: Floats,
    draw: Draw,
    *,
    most: int = MOST,
    poll: float = POLL_SECONDS,
    dead: tuple[float, float] = (inf, inf),
) -> Served:
    """Let one core work on packets that come at some times, in their order.

    Between two times it is `dead`: what it has in work then is lost, and done again afterwards.
    """
    done, busy, free, first = np.empty(len(came)), 0.0, 0.0, 0
    while first < len(came):
        begin = _full(came, first, most, poll, free)
        last = min(int(np.searchsorted(came, begin, "right")), first + most)
        seconds = (last - first) * draw()
        if begin < dead[1] and begin + seconds > dead[0]:
            busy += max(0.0, dead[0] - begin)
            free = dead[1]
            continue
        free = begin + seconds
        done[first:last] = free
        busy += seconds
        first = last
    return Served(done, busy)


def simulate(
    traffic: Traffic,
    cores: int,
    rates: Sequence[float],
    packet_bytes: float,
    *,
    seed: int,
    dead: tuple[float, float] = (inf, inf),
) -> Outcome:
    """Return how cores do with some traffic, one of them `dead` between two times.

    A batch takes one of the `rates` (seconds for each packet), drawn at random; the same seed gives the same outcome.
    """
    random, choice = np.random.default_rng(seed), Random(seed).choice
    sent, came = arrivals(traffic, packet_bytes, random)
    queue = random.integers(0, cores, len(came))
    done, busy = np.empty(len(came)), 0.0
    for core in range(cores):
        mine = queue == core
        served = serve(came[mine], lambda: choice(rates), dead=dead if core == 0 else (inf, inf))
        done[mine] = served.done
        busy += served.busy
    return _outcome(traffic, sent, done, busy / cores)


def _full(came: Floats, first: int, most: int, poll: float, asked: float) -> float:
    """Return when a reader that asks at some time has its batch."""
    if poll and came[first] > asked + poll:
        # It asks again and again while nothing comes.
        asked += poll * np.floor((came[first] - asked) / poll)
    if poll and first + most <= len(came):
        return float(max(asked, min(came[first + most - 1], asked + poll)))
    return float(max(asked + poll if poll else asked, came[first]))


def _outcome(traffic: Traffic, sent: Floats, done: Floats, busy: float) -> Outcome:
    waits = done - sent
    end = max(VISIT_SECONDS * len(traffic.visits), float(done.max()))
    seconds = np.arange(0.0, end + 1)
    waiting = np.searchsorted(sent, seconds, "right") - np.searchsorted(np.sort(done), seconds, "right")
    visits = np.split(np.arange(len(sent)), np.cumsum(traffic.visits)[:-1])
    p50, p95, p99 = (float(one) for one in np.quantile(waits, [0.5, 0.95, 0.99]))
    return Outcome(
        p50,
        p95,
        p99,
        longest=float(waits.max()),
        busy=busy / end,
        backlog=int(waiting.max()),
        drained=max(float(done[one].max() - sent[one][-1]) for one in visits if len(one)),
        waiting=tuple(waiting.tolist()),
    )
