"""Bytes that an alert costs in the night, its history included: what a process holds more with more of them.

A whole night and a quarter of it are read, each in processes of their own: what threads and libraries take does not
grow with the night, and is told apart.
"""

import asyncio
import ctypes
import gc
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path

import numpy as np

from bench.data import Packets
from bench.nights import check_alerts, compile_kernels, options, until_read
from bench.processes import on_cores
from bench.report import Figure, NotMeasuredError, Reference, spread
from bench.sizes import Sizes
from huntui.engine.snapshot import Snapshot
from huntui.opening.night import prepare
from huntui.opening.options import NightOptions

_GOAL = 2_048.0
_SETTLE_SECONDS = 0.5
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes of a process around a night."""

    alerts: int
    before: int
    after: int
    with_free: int
    """As `after`, with what was freed and is kept by the allocator for later."""
    peak: int
    arrays: int
    """All arrays that a snapshot's night leads to."""
    history: float
    """Entries of `prv_candidates` per alert."""

    @property
    def more(self) -> int:
        """Bytes that the process holds more than before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Growth:
    """What a process holds of a quarter of a night, and another one of all of it."""

    quarter: Held
    whole: Held

    @property
    def per_alert(self) -> float:
        """Bytes that an alert more costs."""
        return (self.whole.more - self.quarter.more) / (self.whole.alerts - self.quarter.alerts)

    @property
    def constant(self) -> float:
        """Bytes that any night costs."""
        return self.whole.more - self.per_alert * self.whole.alerts


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return the figure for packets as they come, and for 4.02 packets with full histories."""
    if not _STATUS.exists():
        raise NotMeasuredError("this system does not say how much memory a process holds")
    folders = {
        "memory": (packets.remembered_folder, packets.about),
        "memory.full_history": (packets.full_history_folder, packets.about_full_history),
    }
    return [
        _figure(name, about, [_growth(folder, sizes.remembered) for _ in range(sizes.processes)])
        for name, (folder, about) in folders.items()
    ]


def _growth(folder: Path, alerts: int) -> Growth:
    quarter, whole = (on_cores(None, held_by_night, folder, number) for number in (alerts // 4, alerts))
    return Growth(quarter, whole)


def held_by_night(folder: Path, alerts: int) -> Held:
    """Read so many alerts and return what this process holds then; it should be a process that did nothing before."""
    compile_kernels()
    # The first alerts of the night, so that code and libraries are in memory before.
    asyncio.run(_read(replace(options(folder), max_alerts=1)))
    return asyncio.run(_read(replace(options(folder), max_alerts=alerts)))


async def _read(wanted: NightOptions) -> Held:
    _give_back()
    before = _bytes("VmRSS")
    engine = prepare(wanted).engine()
    await engine.start()
    try:
        snapshot = await until_read(engine)
        # The last snapshot comes a moment before the threads that read let go of their buffers.
        await asyncio.sleep(_SETTLE_SECONDS)
        with_free, peak = _bytes("VmRSS"), _bytes("VmHWM")
        _give_back()
        after = _bytes("VmRSS")
    finally:
        await engine.stop()
    assert wanted.max_alerts is not None
    check_alerts(snapshot, wanted.max_alerts)
    return _held(snapshot, before, after, with_free, peak)


def _held(snapshot: Snapshot, before: int, after: int, with_free: int, peak: int) -> Held:
    assert snapshot.view is not None
    history = float(snapshot.view.column("n_history").mean())
    return Held(snapshot.night.alerts, before, after, with_free, peak, array_bytes(snapshot.view), history)


def array_bytes(thing: object) -> int:
    """Return the bytes of all arrays in a dataclass, its dataclasses and its dictionaries."""
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    if isinstance(thing, dict):
        return sum(map(array_bytes, thing.values()))
    if is_dataclass(thing):
        return sum(array_bytes(getattr(thing, field.name)) for field in fields(thing))
    return 0


def _give_back() -> None:
    """Free what nobody holds, and let the allocator give it back, so that only what is held is counted."""
    gc.collect()
    with suppress(OSError, AttributeError):  # Only the GNU C library can be asked to.
        ctypes.CDLL(None).malloc_trim(0)


def _bytes(name: str) -> int:
    """Return a line of this process's status in bytes; the system writes kB."""
    lines = (line.partition(":") for line in _STATUS.read_text().splitlines())
    return next(1024 * int(value.split()[0]) for key, _, value in lines if key == name)


def _figure(name: str, about: str, found: list[Growth]) -> Figure:
    growth = sorted(found, key=lambda each: each.per_alert)[len(found) // 2]
    each, held = spread([one.per_alert for one in found], "bytes per alert"), growth.whole
    return Figure(
        name,
        growth.per_alert,
        "bytes/alert",
        _GOAL,
        at_most=True,
        reference=Reference("resident_before", held.before / 2**20, "MiB"),
        detail=(
            f"{held.alerts:,} {about}, {held.history:.1f} entries of history per alert; "
            f"against {growth.quarter.alerts:,} of them: median of {len(found)} pairs of processes: {each}; any night "
            f"costs {growth.constant / 2**20:.0f} MiB besides. Of the whole one of that pair the resident memory was "
            f"{held.before / 2**20:.0f} MiB before reading, {held.after / 2**20:.0f} after "
            f"({held.with_free / 2**20:.0f} with what the allocator keeps), {held.peak / 2**20:.0f} at its peak, all "
            f"of the process, which is {held.more / held.alerts:,.0f} bytes per alert; the night's arrays alone "
            f"{held.arrays / held.alerts:,.0f} bytes per alert."
        ),
    )
