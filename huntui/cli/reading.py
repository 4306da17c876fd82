"""A night read to its end without a screen, as every subcommand but the screen does it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from logging import getLogger
from typing import TYPE_CHECKING

from huntui.cli.streams import note

if TYPE_CHECKING:
    from huntui.engine.engine import Engine
    from huntui.engine.snapshot import Snapshot
    from huntui.opening.night import PreparedNight


@asynccontextmanager
async def whole_night(
    night: "PreparedNight",
    meanwhile: "Callable[[Engine], Awaitable[object]] | None" = None,
    *,
    with_claims: bool = False,
) -> "AsyncIterator[Engine]":
    """Give the engine of a night once it was read, or broke off; progress and notes go to standard error.

    While a stream is read, which may never end, something is done `meanwhile`, after each snapshot. The claims of the
    hunt that is kept in that night are there only when somebody asks for them.
    """
    from huntui.cli.progress import Progress
    from huntui.engine.keeper import FROM_CACHE
    from huntui.sources.sweep import said_of

    if about := said_of(night.source):
        note(about)
    if night.source.simulated:
        note(night.simulated_note())
    engine, progress = night.hunting(fresh=False) if with_claims else night.engine(), Progress()
    await engine.start()
    try:
        async for snapshot in engine:
            progress.show(snapshot)
            if snapshot.settled:
                break
            if meanwhile is not None and snapshot.stream is not None:
                await meanwhile(engine)
        progress.clear()
        _log_details(engine.latest)
        if engine.latest.night.cached:
            note(FROM_CACHE)
        if engine.latest.night.simulated and not night.source.simulated:
            note(night.simulated_note())
        yield engine
    finally:
        progress.clear()
        await engine.stop()
        if night.fetching is not None and night.fetching.unfinished:
            from huntui.engine.fetching import STOPPED

            note(STOPPED)


def _log_details(snapshot: "Snapshot") -> None:
    """Say what was read and how long it took, for whoever wants details."""
    from huntui.engine.summary import of_objects

    log, night = getLogger("huntui"), snapshot.night
    how = "from the cache" if night.cached else f"{night.alerts_per_second:,.0f} alerts/s"
    refused = f"{night.duplicates:,} duplicates, {sum(night.bad_packets.values()):,} bad packets"
    log.debug("%s in %.2f s, %s, %s", of_objects(night.alerts, night.objects), night.seconds, how, refused)
    log.debug("survivors: %s", of_objects(snapshot.surviving_alerts, snapshot.surviving_objects))
