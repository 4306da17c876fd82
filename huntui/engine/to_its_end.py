"""A night read to its end by whoever has no screen."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from huntui.engine.snapshot import Snapshot

if TYPE_CHECKING:
    from huntui.engine.engine import Engine


async def read_to_its_end(
    engine: "Engine",
    show: Callable[[Snapshot], None] = lambda _: None,
    meanwhile: "Callable[[Engine], Awaitable[object]] | None" = None,
) -> None:
    """Return once the night of an engine that was started is read or broke off, and every score is there.

    Each snapshot is shown. While a stream is read, which may never end, something is done `meanwhile`, after each.
    """
    async for snapshot in engine:
        show(snapshot)
        if snapshot.status in ("finished", "failed") and not snapshot.waiting:
            return
        if meanwhile is not None and snapshot.stream is not None:
            await meanwhile(engine)
