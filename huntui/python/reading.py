"""A night read to its end while the caller waits, also where an event loop runs already, as in a notebook."""

import asyncio
import threading
from collections.abc import Callable

from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot

Tell = Callable[[Snapshot], object]

_LOOK_SECONDS = 0.2
"""How long an interrupt may go unnoticed where the system lets a thread wait through it."""


def read_to_end(engine: Engine, tell: Tell | None) -> None:
    """Read all of a night, telling each snapshot; no thread of it is left afterwards, whatever happens."""
    reading = _Reading(engine, tell)
    thread = threading.Thread(target=reading.run, name="huntui-python", daemon=True)
    try:
        thread.start()
        # To be interrupted in `Thread.join` leaves a thread that counts as ended in Python before 3.13.
        while not reading.ended.wait(_LOOK_SECONDS):
            pass
    except BaseException:  # Ctrl-C, or a notebook's own interrupt
        reading.stopped.set()
        if thread.is_alive():  # it may not even have begun
            thread.join()
        engine.close()
        raise
    thread.join()
    if reading.failure is not None:
        engine.close()
        raise reading.failure


class _Reading:
    def __init__(self, engine: Engine, tell: Tell | None) -> None:
        self.failure: BaseException | None = None
        self._engine, self._tell = engine, tell
        self.stopped, self.ended = threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            asyncio.run(self._read())
        except BaseException as error:  # noqa: BLE001 (it is raised again by whoever waits for it)
            self.failure = error
        finally:
            self.ended.set()

    async def _read(self) -> None:
        await self._engine.start()
        try:
            async for snapshot in self._engine:
                if self._tell is not None:
                    self._tell(snapshot)
                if snapshot.settled or self.stopped.is_set():
                    break
        finally:
            await self._engine.rest()
