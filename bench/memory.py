"""Bytes that an alert costs in the night, its history included: what the process holds more after than before."""

import asyncio
import gc
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

import numpy as np

from bench.data import Packets
from bench.forced_photometry import ENTRIES
from bench.nights import NightRead, check_alerts, compile_kernels, options, read_night, until_read
from bench.processes import on_cores
from bench.report import Figure, NotMeasuredError, Reference
from bench.sizes import Sizes
from huntui.cli.night import prepare

_GOAL = 2_048.0
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes of a process around a night."""

    alerts: int
    before: int
    after: int
    peak: int
    arrays: int
    """All arrays that a snapshot's night leads to."""
    history: float
    """Entries of the history and of forced photometry per alert."""

    @property
    def per_alert(self) -> float:
        """Bytes that the process holds more, per alert."""
        return (self.after - self.before) / self.alerts


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return the figure for packets as they come, and for 4.02 packets with full histories."""
    del sizes
    if not _STATUS.exists():
        raise NotMeasuredError("this system does not say how much memory a process holds")
    full = f"4.02 packets with {ENTRIES} prv_candidates and {ENTRIES} fp_hists each"
    return [
        _figure("memory", packets.about, on_cores(None, held_by_night, packets.large_folder)),
        _figure("memory.full_history", full, on_cores(None, held_by_night, packets.full_history_folder)),
    ]


def held_by_night(folder: Path) -> Held:
    """Read a folder and return what this process holds then; it should be a process that did nothing before."""
    compile_kernels()
    paths = sum(1 for _ in folder.glob("*.avro"))
    return asyncio.run(_held(folder, paths))


async def _held(folder: Path, packets: int) -> Held:
    # The first alerts of the night, so that code and libraries are in memory before.
    await _read(replace(options(folder), max_alerts=1))
    gc.collect()
    before = _bytes("VmRSS")
    engine = prepare(options(folder)).engine()
    await engine.start()
    try:
        snapshot = await until_read(engine)
        gc.collect()
        after, peak = _bytes("VmRSS"), _bytes("VmHWM")
    finally:
        await engine.stop()
    check_alerts(snapshot, packets)
    assert snapshot.view is not None
    entries = (len(_first(snapshot.view.history)) + len(_first(snapshot.view.forced))) / packets
    return Held(packets, before, after, peak, array_bytes(snapshot.view), entries)
