"""How often a server is asked again, and how long to wait before that.

The waits double from one second to a minute, each a random share of that, so that a class whose downloads broke off at
the same time does not come back at the same time; a server that says how long to wait (`Retry-After`) is believed, up
to five minutes.
"""

import random
from collections.abc import Callable

from huntui.errors import FetchError

_FIRST, _MOST, _MOST_TOLD = 1.0, 60.0, 300.0


class Stopped(Exception):  # noqa: N818 (nothing is wrong)
    """Somebody wants no more of it."""


class Patience:
    """Counts failures in a row."""

    def __init__(
        self,
        attempts: int,
        wait: Callable[[float], bool],
        chance: Callable[[], float] = random.random,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Allow so many attempts in a row.

        `wait` waits for seconds and returns whether somebody wants it stopped; `tell` hears what is waited for.
        """
        self._attempts, self._wait, self._chance, self._tell = attempts, wait, chance, tell
        self._failures = 0

    def refresh(self) -> None:
        """Begin to count anew, since something was got."""
        self._failures = 0

    def wait(self, why: str, told: float | None = None) -> None:
        """Wait before the next attempt; `told` are the seconds that the server asks for.

        Raises `FetchError` that begins with `why` when it was the last, and `Stopped` when somebody wants it stopped.
        """
        self._failures += 1
        if self._failures >= self._attempts:
            times = "once" if self._failures == 1 else f"{self._failures} times in a row"
            raise FetchError(f"{why} ({times}).")
        longest = min(_MOST, _FIRST * 2 ** (self._failures - 1))
        seconds = longest * (0.5 + self._chance() / 2) if told is None else min(_MOST_TOLD, max(0.0, told))
        self._tell(f"{why}; asked again in {seconds:.0f} s.")
        if self._wait(seconds):
            raise Stopped
