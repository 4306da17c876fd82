"""The night cache as the engine uses it: looked into before a night is read, filled after."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from huntui.engine.inbox import Restored
from huntui.errors import HuntuiError
from huntui.night.cache import NightCache
from huntui.packets import faults
from huntui.sources.source import Source

if TYPE_CHECKING:
    from huntui.night.store import Night

FROM_CACHE = "Opened from the night cache; --no-cache reads it again."

_UNREADABLE = faults.reason(faults.UNREADABLE)


class Keeper:
    """Takes one source's night from the cache, or puts it there once it was read."""

    def __init__(self, cache: NightCache | None, source: Source, date: str | None) -> None:
        """Prepare to look into `cache`; without one there is never anything in it."""
        self._cache, self._source, self._date = cache, source, date
        self._before: str | None = None

    def restored(self) -> Restored | None:
        """Return the night from the cache, or None; to be called before the source is read."""
        if self._cache is None:
            return None
        self._before = self._fingerprint()
        found = None if self._before is None else self._cache.open(self._before)
        if found is None:
            return None
        self._before = None
        night, label = found
        return Restored(night, label.packets)

    def keep(self, night: "Night", packets: int) -> None:
        """Put a night that was read to its end into the cache, unless its source has changed meanwhile.

        A night with packets that could not be had is not kept: they may be there the next time.
        """
        before = self._before
        if self._cache is None or before is None or _UNREADABLE in night.quarantine.counts():
            return
        with suppress(Exception):  # nobody waits for it, and a night that is not kept is read again
            if self._fingerprint() == before:
                self._cache.keep(before, night, packets, _full_name(self._source.title), self._date)

    def _fingerprint(self) -> str | None:
        try:
            return self._source.fingerprint()
        except HuntuiError:
            return None


def _full_name(title: str) -> str:
    """Return the absolute path where a title is one, since a list of nights is read in another folder."""
    return os.path.abspath(title) if Path(title).exists() else title
