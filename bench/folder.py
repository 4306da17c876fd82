"""A night from a folder, against the exercise's loop and against only reading its files."""

from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.data import Packets
from bench.nights import check_alerts, check_survivors, compile_kernels, read_night
from bench.processes import cores_there_are, on_cores
from bench.references import Exercise, exercise_loop, read_only
from bench.report import Figure, Reference, spread
from bench.sizes import Sizes

_READ_GOAL = {1: 2.0, 2: 1.2}
"""Times the one-threaded read of the whole files, by the number of cores."""

_CORES = {1: "one core", 2: "two cores"}


@dataclass(slots=True)
class Rounds:
    """Seconds for the whole folder, round by round."""

    packets: int = 0
    read: list[float] = field(default_factory=list)
    huntui: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    loop: list[float] = field(default_factory=list)


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return the figures on one core and on two; on a machine with one core the loop is compared there."""
    cores = cores_there_are(at_most=2)
    rounds = {
        n: on_cores(n, run_rounds, packets.folder, sizes.rounds, with_loop=n == cores) for n in range(1, cores + 1)
    }
    return [_against_loop(packets, rounds[cores], cores), *(_against_reading(packets, rounds[n], n) for n in rounds)]


def run_rounds(folder: Path, rounds: int, *, with_loop: bool) -> Rounds:
    """Read a folder in turns with each of the competitors; raises `WrongResultError` where they do not agree.

    The exercise's loop takes another part of the files each time, so that it has met all of them in the end.
    """
    compile_kernels()
    paths = sorted(folder.glob("*.avro"))
    found, exercise = Rounds(len(paths)), Exercise()
    read_only(paths)
    night = read_night(folder)
    for k in range(rounds):
        found.read.append(read_only(paths))
        night = read_night(folder)
        found.huntui.append(night.seconds)
        found.wall.append(night.wall_seconds)
        check_alerts(night.snapshot, len(paths))
        part = paths[k::rounds]
        if with_loop and part:
            found.loop.append(exercise_loop(part, exercise) * len(paths) / len(part))
    if with_loop:
        check_survivors(night, exercise)
    return found


def _against_loop(packets: Packets, rounds: Rounds, cores: int) -> Figure:
    loop, ours = rounds.packets / median(rounds.loop), rounds.packets / median(rounds.huntui)
    return Figure(
        "folder",
        ours / loop,
        "times as fast",
        100.0,
        at_most=False,
        reference=Reference("exercise_loop", loop, "packets/s"),
        detail=f"huntui {ours:,.0f} packets/s on {_CORES[cores]}; {_about(packets, rounds)}",
    )


def _against_reading(packets: Packets, rounds: Rounds, cores: int) -> Figure:
    read, ours = median(rounds.read), median(rounds.huntui)
    return Figure(
        f"folder.{_CORES[cores].replace(' ', '_')}",
        ours / read,
        "times as long",
        _READ_GOAL[cores],
        at_most=True,
        reference=Reference("read_only", read, "s"),
        detail=(
            f"huntui {rounds.packets / ours:,.0f} packets/s on {_CORES[cores]}, "
            f"reading alone in one thread {rounds.packets / read:,.0f}; fastest against fastest "
            f"{min(rounds.huntui) / min(rounds.read):.2f}; {_about(packets, rounds)}"
        ),
    )


def _about(packets: Packets, rounds: Rounds) -> str:
    return (
        f"medians of {len(rounds.huntui)} rounds over {rounds.packets:,} {packets.about}: "
        f"huntui {spread(rounds.huntui, 'ms', 1e3)}, with start and last snapshot {spread(rounds.wall, 'ms', 1e3)}, "
        f"read_only {spread(rounds.read, 'ms', 1e3)}."
    )
