"""A sweep: two workers against one, one worker against the night alone, and how time and memory grow with nights."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean, median
from typing import Any

from bench.data import Packets
from bench.nights import CUTS, check_alerts, compile_kernels, read_night
from bench.processes import cores_there_are, on_cores
from bench.report import Figure, NotMeasuredError, Reference, WrongResultError, spread
from bench.sizes import Sizes
from huntui import shipped
from huntui.opening.night import sought
from huntui.opening.options import NightOptions
from huntui.sources.resolve import NightRequest
from huntui.sources.sweep_file import SweptNight
from huntui.sweep.places import Place
from huntui.sweep.question import NightTask, Question
from huntui.sweep.sweep import Sweep, Took, sweep

_TWO_WORKERS, _ONE_WORKER, _TIME, _MEMORY = 1.7, 1.1, 1.1, 1.2
_WORKER_BYTES = 4 * 2**30
_PACKETS = 20
"""Packets of survivors that are kept of a night: one in a thousand alerts, as cuts leave of a whole night."""
_ROUNDS = 2
_STATUS = Path("/proc/self/status")


@dataclass(slots=True)
class Swept:
    """Seconds of sweeps of so many nights, and what workers held at most after them."""

    start: float
    """Starting the cluster, and a night for each worker, which loads its libraries."""
    seconds: dict[int, list[float]] = field(default_factory=dict)
    with_summary: dict[int, list[float]] = field(default_factory=dict)
    alone: dict[int, list[float]] = field(default_factory=dict)
    """For each of them, seconds of one night read by `huntui run`'s engine in this process just before and after."""
    peak: dict[int, int] = field(default_factory=dict)
    """Bytes that the largest worker held at most so far."""

    def of_a_night(self, nights: int) -> list[float]:
        """Return how many times as long as alone a night of so many takes, of each time that they were swept."""
        pairs = zip(self.seconds[nights], self.alone[nights], strict=True)
        return [seconds / nights / alone for seconds, alone in pairs]


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return all figures; those about two workers only where there are two cores."""
    if not _STATUS.exists():
        raise NotMeasuredError("this system does not say how much memory a process holds")
    folder, numbers = packets.large_folder, sorted({1, 2, max(2, sizes.swept // 2), sizes.swept})
    alerts = sizes.kept
    one = on_cores(1, run_sweeps, folder, alerts, numbers, packets.scratch / "one")
    figures = []
    if cores_there_are(at_most=2) == 2:
        pairs = [
            (
                on_cores(1, swept_by, folder, alerts, 1, numbers[-1], packets.scratch / f"by-one-{k}"),
                on_cores(2, swept_by, folder, alerts, 2, numbers[-1], packets.scratch / f"by-two-{k}"),
            )
            for k in range(sizes.pairs)
        ]
        figures.append(_two_workers(pairs, numbers[-1]))
    about = f"nights of {alerts:,} {packets.about}, kernels warm"
    return [*figures, _one_worker(one, numbers[-1], about), _time(one, numbers, about), _memory(one, numbers, about)]


def swept_by(folder: Path, alerts: int, workers: int, nights: int, scratch: Path) -> float:
    """Return the seconds in which so many workers sweep so many nights."""
    with _cluster(folder, workers, scratch) as (client, _):
        return mean(_sweep(client, folder, nights, scratch / str(k), alerts)[0] for k in range(_ROUNDS))


def run_sweeps(folder: Path, alerts: int, numbers: Sequence[int], scratch: Path) -> Swept:
    """Sweep so many nights with one worker, each number of nights in turn, and read one alone in between."""
    with _cluster(folder, 1, scratch) as (client, start):
        found = Swept(start)
        read_night(folder)
        for number in numbers:
            before = _alone(folder, alerts, number)
            for k in range(_ROUNDS + numbers[-1] // number):
                seconds, whole = _sweep(client, folder, number, scratch / f"{number}-{k}", alerts)
                after = _alone(folder, alerts, number)
                found.seconds.setdefault(number, []).append(seconds)
                found.with_summary.setdefault(number, []).append(whole)
                found.alone.setdefault(number, []).append((before + after) / 2)
                before = after
            found.peak[number] = max(client.run(_peak).values())
    return found


def _alone(folder: Path, alerts: int, nights: int) -> float:
    """Return the seconds of a night on its own, read half as often as are swept: a machine is not always as fast."""
    spent = []
    for _ in range(max(1, nights // 2)):
        night = read_night(folder)
        check_alerts(night.snapshot, alerts)
        spent.append(night.wall_seconds)
    return mean(spent)


@contextmanager
def _cluster(folder: Path, workers: int, scratch: Path) -> Iterator[tuple[Any, float]]:
    """Give a client of a cluster that has swept a night for each worker, and the seconds until then."""
    from huntui.sweep.cluster import Where, connected

    compile_kernels()
    scratch.mkdir()
    started = time.perf_counter()
    with connected(Where(None, workers, _WORKER_BYTES, str(scratch))) as client:
        _sweep(client, folder, workers, scratch / "warm")
        yield client, time.perf_counter() - started


def _sweep(client: Any, folder: Path, nights: int, out: Path, alerts: int | None = None) -> tuple[float, float]:
    """Sweep nights that are all the same; return the seconds of their tasks, and those with looking and summing up."""
    from huntui.sweep.cluster import through

    found = sought(NightOptions(cuts=CUTS))
    places = [Place(f"night-{k}", None, NightRequest(None, str(folder))) for k in range(nights)]
    question = Question(found.cuts, found.hunt, {}, max_packets=_PACKETS)
    asked = Sweep(out, question, shipped.find("hunts", found.config.hunt), places, 1)
    spent = []

    def run(tasks: Sequence[NightTask], took: Took) -> None:
        started = time.perf_counter()
        # As of `huntui sweep`, which has as many decoders as cores for each worker.
        through(client, {task.name: replace(task, decoders=1) for task in tasks}, took, lambda _: None)
        spent.append(time.perf_counter() - started)

    def heard(night: SweptNight, *_: object) -> None:
        if alerts is not None and (night.counts or {}).get("alerts") != alerts:
            raise WrongResultError(f"{night.name} was swept as {night.outcome}, and has not all of {alerts:,} alerts.")

    started = time.perf_counter()
    sweep(asked, run, heard)
    return spent[0], time.perf_counter() - started


def _peak() -> int:
    """Return what this process held at most, in bytes."""
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def _two_workers(pairs: Sequence[tuple[float, float]], nights: int) -> Figure:
    ratios = [one / two for one, two in pairs]
    return Figure(
        "sweep.two_workers", median(ratios), "times as fast", _TWO_WORKERS, at_most=False,
        reference=Reference("one_worker", median(one for one, _ in pairs), "s"),
        detail=f"{nights} nights, each worker on a core of its own; {spread(ratios, '×')} in {len(pairs)} pairs of "
        "clusters, one after the other.",
    )  # fmt: skip


def _one_worker(one: Swept, nights: int, about: str) -> Figure:
    swept, whole = [seconds / nights for seconds in one.seconds[nights]], median(one.with_summary[nights]) / nights
    return Figure(
        "sweep.one_worker", median(one.of_a_night(nights)), "times as long", _ONE_WORKER, at_most=True,
        reference=Reference("night_alone", median(one.alone[nights]), "s"),
        detail=f"a night of {nights} swept, {spread(swept, 's')}, with looking at it before and its share of the "
        f"summary {whole:.2f} s; {about}, on one core; the cluster started and loaded in {one.start:.1f} s before.",
    )  # fmt: skip


def _time(one: Swept, numbers: Sequence[int], about: str) -> Figure:
    times = {number: median(one.of_a_night(number)) for number in numbers}
    told = ", ".join(f"{number}: {times[number]:.2f}" for number in numbers)
    return Figure(
        "sweep.time", times[numbers[-1]] / times[numbers[0]], "times as long a night", _TIME, at_most=True,
        reference=Reference("one_night", median(one.seconds[numbers[0]]) / numbers[0], "s"),
        detail=f"times a night alone that a night takes in a sweep of so many: {told}; {about}.",
    )  # fmt: skip


def _memory(one: Swept, numbers: Sequence[int], about: str) -> Figure:
    first, last = one.peak[numbers[0]], one.peak[numbers[-1]]
    told = ", ".join(f"{number}: {one.peak[number] / 1e6:.0f} MB" for number in numbers)
    return Figure(
        "sweep.memory", last / first, "times as much", _MEMORY, at_most=True,
        reference=Reference("one_night", first / 1e6, "MB"),
        detail=f"what the worker held at most after sweeps of so many nights: {told}; {about}.",
    )  # fmt: skip
