"""Nights read by the real engine, as `huntui run` reads them."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.references import Exercise
from bench.report import WrongResultError
from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.engine.warmup import warm_up
from huntui.opening.night import prepare
from huntui.opening.options import NightOptions

CUTS = "ztf-summer-school-2024"
"""The cuts of the exercise, so that both do the same work."""


_PATIENCE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class NightRead:
    """A night that was read to its end."""

    seconds: float
    """From the first packet wanted to the last one in the funnel, as huntui itself counts."""
    wall_seconds: float
    """From the start of the engine to its last snapshot: with threads, listing and the rows of the table."""
    snapshot: Snapshot


def options(source: Path | str) -> NightOptions:
    """Return what is asked of huntui; a night is always read, never taken from a cache."""
    return NightOptions(source=str(source), cuts=CUTS, no_cache=True)


def arguments(source: Path) -> list[str]:
    """Return how huntui is called on a terminal: with the cuts that it begins with, and without the cache."""
    return ["--source", str(source), "--no-cache"]


def compile_kernels() -> None:
    """Make sure that no measurement waits for the compiler."""
    warm_up(lambda _: None)


def read_night(source: Path | str) -> NightRead:
    """Read a night from its source; raises `WrongResultError` where that fails."""
    started = time.perf_counter()
    engine = prepare(options(source)).engine()
    last = asyncio.run(_finished(engine))
    return NightRead(last.night.seconds, time.perf_counter() - started, last)


async def _finished(engine: Engine) -> Snapshot:
    await engine.start()
    try:
        return await until_read(engine)
    finally:
        await engine.stop()


async def until_read(engine: Engine) -> Snapshot:
    """Wait for the end of a night that an engine reads; raises `WrongResultError` when it fails, or does not come."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_SECONDS):
            async for snapshot in engine:
                if snapshot.status == "failed":
                    raise WrongResultError(f"The night could not be read: {snapshot.message}")
                if snapshot.status == "finished":
                    return snapshot
    raise WrongResultError("The engine stopped before the night was read.")


def check_alerts(snapshot: Snapshot, packets: int) -> None:
    """Raise `WrongResultError` unless every packet gave an alert."""
    state = snapshot.night
    if state.alerts != packets or state.duplicates or state.bad_packets:
        raise WrongResultError(
            f"Of {packets} packets huntui made {state.alerts} alerts, {state.duplicates} duplicates and "
            f"the bad packets {dict(state.bad_packets)}."
        )


def check_survivors(night: NightRead, exercise: Exercise) -> None:
    """Raise `WrongResultError` unless huntui kept what the exercise's loop kept, stage by stage."""
    snapshot = night.snapshot
    ours = {stage.name: stage.passed for stage in snapshot.stages}
    if snapshot.night.alerts != exercise.alerts or ours != exercise.passed:
        raise WrongResultError(f"huntui's stages passed {ours}, those of the exercise's loop {exercise.passed}.")
    newest = {snapshot.rows.value("candid", row) for row in range(len(snapshot.rows))}
    if snapshot.surviving_alerts != len(exercise.survivors) or not newest <= exercise.survivors:
        raise WrongResultError("huntui's survivors are other alerts than those of the exercise's loop.")
