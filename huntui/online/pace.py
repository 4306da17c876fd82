"""How often a public service is asked: never sooner than some seconds after the last time, whoever asks."""

import threading
import time
from collections.abc import Callable
from functools import cache

from huntui.errors import AskError


class Pace:
    """The times at which one server may be asked; any number of threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Go by a clock, in seconds."""
        self._clock, self._lock = clock, threading.Lock()
        self._next, self._held_until = float("-inf"), float("-inf")

    def reserve(self, interval: float, most: float) -> float:
        """Take the next time that is free and return how many seconds are left until then.

        The one after it comes `interval` seconds later. Raises `AskError`, and takes none, where it is more than `most`
        seconds away.
        """
        with self._lock:
            now = self._clock()
            held = self._held_until - now
            if held > most:
                raise AskError(f"wants to be left alone for {held:,.0f} s more")
            at = max(now, self._next, self._held_until)
            if at - now > most:
                raise AskError(f"is to be asked again only in {at - now:,.0f} s")
            self._next = at + interval
            return at - now

    def hold(self, seconds: float) -> None:
        """Learn that the server wants to be left alone for some seconds."""
        with self._lock:
            self._held_until = max(self._held_until, self._clock() + seconds)


@cache
def pace_of(host: str) -> Pace:  # noqa: ARG001 (there is one for each)
    """Return the one pace of a server in this process."""
    return Pace()
