"""A night from a tar.gz, against only decompressing it."""

import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.data import Packets
from bench.nights import check_alerts, compile_kernels, options, read_night
from bench.processes import cores_there_are, on_cores
from bench.references import gunzip_only, gunzip_with_zlib
from bench.report import Figure, NotMeasuredError, Reference, spread
from bench.sizes import Sizes
from huntui.errors import CallError
from huntui.opening.night import prepare

_GOAL = 1.3
_LEVEL = 6
"""What gzip does when nothing else is said."""


@dataclass(slots=True)
class Rounds:
    """Seconds for the whole archive, round by round."""

    gunzip: list[float] = field(default_factory=list)
    huntui: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    zlib: float = 0.0


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return the figure on two cores, or on one where there is no second."""
    archive = write_archive(packets.folder, packets.scratch / "night.tar.gz")
    number = sum(1 for _ in packets.folder.glob("*.avro"))
    _check_that_archives_are_read(archive)
    cores = cores_there_are(at_most=2)
    rounds = on_cores(cores, run_rounds, archive, number, sizes.rounds)
    ours, bare = median(rounds.huntui), median(rounds.gunzip)
    return [
        Figure(
            "archive",
            ours / bare,
            "times as long",
            _GOAL,
            at_most=True,
            reference=Reference("gunzip_only", bare, "s"),
            detail=(
                f"{number:,} {packets.about} in a tar.gz of {archive.stat().st_size / 2**20:.0f} MiB on "
                f"{cores} core(s), medians of {sizes.rounds} rounds: huntui {spread(rounds.huntui, 'ms', 1e3)} or "
                f"{number / ours:,.0f} packets/s, with start and last snapshot {spread(rounds.wall, 'ms', 1e3)}, "
                f"gunzip_only with isal in one thread {spread(rounds.gunzip, 'ms', 1e3)}; Python's own gzip takes "
                f"{1e3 * rounds.zlib:,.0f} ms; fastest against fastest {min(rounds.huntui) / min(rounds.gunzip):.2f}."
            ),
        )
    ]


def write_archive(folder: Path, archive: Path) -> Path:
    """Put the packets of a folder into a tar.gz, in the order of their names, as ZTF's public archive does."""
    with tarfile.open(archive, "w:gz", compresslevel=_LEVEL) as tar:
        for path in sorted(folder.glob("*.avro")):
            tar.add(path, arcname=path.name)
    return archive


def _check_that_archives_are_read(archive: Path) -> None:
    try:
        prepare(options(archive)).source.close()
    except CallError as reason:
        raise NotMeasuredError(f"huntui does not read archives yet ({str(reason).rstrip('.')})") from None


def run_rounds(archive: Path, number: int, rounds: int) -> Rounds:
    """Decompress an archive and read it as a night, in turns; raises `WrongResultError` where a packet is lost."""
    compile_kernels()
    found = Rounds(zlib=gunzip_with_zlib(archive))
    read_night(archive)
    for _ in range(rounds):
        found.gunzip.append(gunzip_only(archive))
        night = read_night(archive)
        check_alerts(night.snapshot, number)
        found.huntui.append(night.seconds)
        found.wall.append(night.wall_seconds)
    return found
