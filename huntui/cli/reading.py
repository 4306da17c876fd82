"""A night read to its end without a screen, as every subcommand but the screen does it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from huntui.cli.streams import note

if TYPE_CHECKING:
    from huntui.cli.night import PreparedNight
    from huntui.engine.engine import Engine


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
    from huntui.engine.to_its_end import read_to_its_end
    from huntui.sources.sweep import said_of

    if about := said_of(night.source):
        note(about)
    if night.source.simulated:
        note(night.simulated_note())
    engine, progress = night.hunting(fresh=False) if with_claims else night.engine(), Progress()
    await engine.start()
    try:
        await read_to_its_end(engine, progress.show, meanwhile)
        progress.clear()
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
