"""What comes over a stream, put on disk while it comes and told to its group; only then may it be committed."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from huntui.engine.inbox import Arrival, Resumed
from huntui.night.cache import NightCache
from huntui.packets.batch import Int64s
from huntui.sources.source import Source
from huntui.sources.stream import as_stream

if TYPE_CHECKING:
    from huntui.engine.group.sharing import Sharing
    from huntui.night.cache_file import Parts
    from huntui.night.segments import Segments
    from huntui.night.store import Night

_APART_SECONDS = 0.5
"""Between two times that something is kept: what a crash has to read again."""
_RETRY_SECONDS = 10.0
_LIFE_SECONDS = 10.0
"""How often a group is told that its reader is there while nothing comes."""


class StreamKeeper:
    """Keeps a stream's night in a thread of its own; without a cache, and for what is no stream, it does nothing."""

    def __init__(
        self,
        cache: NightCache | None,
        source: Source,
        date: str | None,
        tell: Callable[[str], None],
        sharing: "Sharing | None" = None,
    ) -> None:
        """Prepare to keep what comes from `source`, and to share it with its group if `sharing` is given.

        `tell` hears what the user should know.
        """
        self._cache, self._source, self._date, self._tell = cache, source, date, tell
        self._sharing = sharing
        stream = as_stream(source)
        self._name = stream.share() if stream is not None and cache is not None else None
        self._segments: Segments | None = None
        self._changed = threading.Condition()
        self._newest: tuple[Parts, int] | None = None
        self._waiting: list[Int64s] = []
        self._arrivals: list[Arrival] = []
        """What is to be shared once it is on disk."""
        self._uncommitted: list[Int64s] = []
        """Addresses of packets that are on disk, and not shared yet."""
        self._closed = self._failed = False

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._name is not None

    def resumed(self) -> Resumed | None:
        """Return what was kept of the stream before, or None; to be called before it is read."""
        if self._cache is None or self._name is None:
            return None
        self._segments = self._cache.stream(self._name)
        if self._segments is None:
            self._tell(f"{self._cache.folder} cannot be written: nothing is kept, and nothing is committed.")
            return None
        found = self._segments.restored()
        if self._segments.damaged:
            self._tell("Some of what was kept of this stream is damaged and was left out; another group reads it anew.")
        if self._segments.evicted:
            self._tell(
                "What was kept of this stream made room for other nights (cache.max_gb), and its group goes on behind "
                "it; another group reads it anew."
            )
        return None if found is None else Resumed(*found)

    def took(self, night: "Night", packets: int, arrival: Arrival) -> None:
        """Learn that packets are in the night, which belongs to the thread that calls this."""
        if not self.keeps or not len(arrival.addresses):
            return
        newest = (night.parts(), packets)
        with self._changed:
            self._newest = newest
            self._waiting.append(arrival.addresses)
            if self._sharing is not None:
                self._arrivals.append(arrival)
            self._changed.notify_all()

    def run(self) -> None:
        """Keep what comes until `close` was called and all of it is on disk, or cannot be put there."""
        try:
            while self._wait_for_news():
                self._keep()
                with self._changed:
                    self._changed.wait_for(lambda: self._closed, _RETRY_SECONDS if self._failed else _APART_SECONDS)
        except Exception as problem:  # noqa: BLE001 (a thread has nobody above it who could hear)
            self._give_up(f"huntui itself failed: {type(problem).__name__}: {problem}")
        finally:
            if self._segments is not None:
                self._segments.close()
            if self._sharing is not None:
                self._sharing.close()

    def close(self) -> None:
        """Let `run` come to its end."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def _news(self) -> bool:
        return self._newest is not None or bool(self._uncommitted)

    def _wait_for_news(self) -> bool:
        while True:
            with self._changed:
                if self._changed.wait_for(lambda: self._closed or self._news, _LIFE_SECONDS):
                    return self._news and not (self._closed and self._failed)
            if self._sharing is not None:
                self._sharing.tell_of_life()

    def _keep(self) -> None:
        """Put what is new on disk, share it, and let its packets be committed."""
        with self._changed:
            newest, waiting, arrivals = self._newest, self._waiting, self._arrivals
            self._newest, self._waiting, self._arrivals = None, [], []
        if self._cache is None or self._segments is None:
            return
        if newest is not None:
            try:
                self._cache.keep_stream(self._segments, *newest, self._source.title, self._date)
            except OSError as problem:
                self._not_kept(problem, newest, waiting, arrivals)
                return
        self._uncommitted += waiting
        if self._sharing is not None and not self._sharing.share(arrivals):
            self._fail(
                f"What this reader read is not shared: {self._sharing.trouble} Nothing is committed, so that the "
                "next reader of the group reads it again."
            )
            return
        if self._failed:
            self._failed = False
            self._tell("What comes is kept again, and committed.")
        addresses, self._uncommitted = self._uncommitted, []
        with suppress(Exception):  # what is not committed is read again
            self._source.stored(np.concatenate(addresses))

    def _not_kept(
        self, problem: OSError, newest: "tuple[Parts, int]", waiting: list[Int64s], arrivals: list[Arrival]
    ) -> None:
        with self._changed:
            self._newest = self._newest or newest
            self._waiting = [np.concatenate([*waiting, *self._waiting])]
            self._arrivals = [*arrivals, *self._arrivals]
        self._fail(
            f"What comes cannot be kept on disk ({problem.strerror}): nothing is committed, so that the next "
            "reader of the group reads it again. cache.max_gb limits what may be kept."
        )

    def _give_up(self, why: str) -> None:
        """Keep nothing any more, and share nothing."""
        with self._changed:
            self._name = self._newest = None
            self._waiting, self._arrivals, self._uncommitted = [], [], []
        if self._sharing is not None:
            self._sharing.trouble = why
        self._tell(
            f"What comes is not kept any more ({why}): nothing is committed from now on, so that the next reader of "
            "the group reads it again."
        )

    def _fail(self, sentence: str) -> None:
        if not self._failed:
            self._tell(sentence)
        self._failed = True
