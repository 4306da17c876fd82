"""What waits for the engine's worker: commands, which go first, and decoded batches, of which only a few may wait."""

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from huntui.alerts.batch import AlertBatch, Columns
from huntui.funnel.cuts import Cuts
from huntui.packets.batch import NO_ADDRESSES, Int64s
from huntui.packets.faults import BadPacket
from huntui.session.commands import Command
from huntui.sources.stream import StreamState

if TYPE_CHECKING:
    # The inbox is there before the first paint, and Numba must not be.
    from huntui.models.catalogue import Model
    from huntui.night.store import Night

_MOST_ARRIVALS = 4


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the reader made of a batch of packets."""

    batch: AlertBatch
    features: Columns
    bad: list[BadPacket]
    packets: int
    addresses: Int64s = field(default_factory=lambda: NO_ADDRESSES)
    """Address of each of the packets, bad ones among them."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What came of a stream before was kept; more will come."""

    night: "Night"
    packets: int


@dataclass(frozen=True, slots=True)
class Heard:
    """How a stream stands."""

    state: StreamState


@dataclass(frozen=True, slots=True)
class Restored:
    """The whole night came from the cache; nothing of it was told before."""

    night: "Night"
    packets: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The reader came to an end: of the night, or with a sentence that says why it could not go on."""

    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Compiling:
    """The reader waits for the kernels to be compiled, which happens once."""

    done: int = 0
    """Kernels that are compiled already."""
    of: int = 0
    """How many there are."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader begins to read packets."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The cuts and claims, as they stand, are in a file now."""


@dataclass(frozen=True, slots=True)
class CutsSaved:
    """These cuts are in a file of cuts now."""

    cuts: Cuts


@dataclass(frozen=True, slots=True)
class Told:
    """Something that the user should know."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Learned:
    """A model was trained, whose score is a column from now on."""

    model: "Model"
    sentence: str


Word = Command | Saved | CutsSaved | Told | Learned
"""What the worker hears from everybody but the reader."""

News = Arrival | Restored | Resumed | Heard | Ended | Compiling | Reading


class Inbox:
    """Two queues and one wake-up call between the threads of the engine."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._commands: deque[Word] = deque()
        self._news: deque[News] = deque()
        self._closed = False
        self._reading = True

    @property
    def closed(self) -> bool:
        """Whether the engine is being stopped."""
        return self._closed

    def close(self) -> None:
        """Wake everybody up to stop."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def stop_reading(self) -> None:
        """Let the reader end early; what it has told so far but was not taken is dropped."""
        with self._changed:
            self._reading = False
            self._news.clear()
            self._changed.notify_all()

    def command(self, *commands: Word) -> None:
        """Add commands, which are carried out before anything is published; never waits."""
        with self._changed:
            self._commands.extend(commands)
            self._changed.notify_all()

    @property
    def has_commands(self) -> bool:
        """Whether a command waits."""
        return bool(self._commands)

    def tell(self, news: News) -> bool:
        """Add what the reader has to tell, waiting while too much of it waits; False when nobody wants more."""
        with self._changed:
            self._changed.wait_for(lambda: self.done or len(self._news) < _MOST_ARRIVALS)
            if not self.done:
                self._news.append(news)
                self._changed.notify_all()
            return not self.done

    def has_room(self, seconds: float) -> bool:
        """Wait for a time until `tell` would not have to wait; False where it still would."""
        with self._changed:
            return self._changed.wait_for(lambda: self.done or len(self._news) < _MOST_ARRIVALS, seconds)

    def wait(self, seconds: float) -> bool:
        """Let the reader wait for a time; False when nobody wants more."""
        with self._changed:
            self._changed.wait_for(lambda: self.done, max(0.0, seconds))
            return not self.done

    @property
    def done(self) -> bool:
        """Whether nobody wants more."""
        return self._closed or not self._reading

    def take(self, with_news: bool, seconds: float | None = None) -> tuple[list[Word], News | None]:
        """Return all commands and, if wanted and there is any, one piece of news; waits for one, but not longer."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._commands or (with_news and self._news), seconds)
            commands = list(self._commands)
            self._commands.clear()
            news = self._news.popleft() if with_news and self._news and not commands else None
            self._changed.notify_all()
            return commands, news
