"""What a source can tell besides its packets when these come from somewhere else, while the night goes on."""

from dataclasses import dataclass, replace
from typing import Literal, Protocol, runtime_checkable

from huntui.sources.source import Source

Connection = Literal["connecting", "connected", "lost"]

MOST_SAID = 50
"""Sentences that are kept for whoever has not read them yet."""


@dataclass(frozen=True, slots=True)
class PartitionState:
    """How far one part of a stream was read."""

    number: int
    next: int | None
    """Offset of the packet that comes next; None before the first was read."""
    end: int | None
    """Offset behind its last packet; None before the broker has told."""
    first: int | None = None
    """Offset at which this reader began."""

    @property
    def behind(self) -> int:
        """Packets that wait at the broker, as far as is known."""
        return 0 if self.next is None or self.end is None else max(0, self.end - self.next)


@dataclass(frozen=True, slots=True)
class StreamState:
    """How a stream stands at one moment."""

    connection: Connection = "connecting"
    partitions: tuple[PartitionState, ...] = ()
    """Those that this reader reads; others of its group may read more."""
    at_end: bool = False
    """Whether all that is at the broker was read."""
    said: tuple[str, ...] = ()
    """The last sentences about it, the oldest first."""
    said_before: int = 0
    """How many there were before these."""

    @property
    def behind(self) -> int:
        """Packets that wait at the broker, as far as is known."""
        return sum(partition.behind for partition in self.partitions)

    @property
    def fraction(self) -> float | None:
        """How much of what is at the broker was read since the beginning, from 0 to 1; None where nobody knows."""
        known = [one for one in self.partitions if None not in (one.first, one.next, one.end)]
        if not known or len(known) < len(self.partitions):
            return None
        read = sum((one.next or 0) - (one.first or 0) for one in known)
        return read / (read + self.behind) if read + self.behind else 1.0

    def saying(self, sentence: str) -> "StreamState":
        """Return the same with one sentence more."""
        said = (*self.said, sentence)[-MOST_SAID:]
        return replace(self, said=said, said_before=self.said_before + len(self.said) + 1 - len(said))

    def said_since(self, number: int) -> tuple[str, ...]:
        """Return the sentences after the first `number` of all."""
        return self.said[max(0, number - self.said_before) :]

    @property
    def said_in_all(self) -> int:
        """How many sentences there were."""
        return self.said_before + len(self.said)


@runtime_checkable
class StreamSource(Source, Protocol):
    """A source that may have more packets at any moment, and that others may read as well.

    Its `batches` yield an empty batch where nothing came for a while, so that whoever iterates is never held for long.
    """

    follow: bool
    """Whether to wait for more packets where all were read; else the night ends there."""

    @property
    def stream(self) -> StreamState:
        """How it stands."""
        ...

    def share(self) -> str | None:
        """Name what this reader keeps on disk, so that a later one goes on there; None where nothing is to be kept."""
        ...

    def follow_unless_told(self) -> None:
        """Wait for more packets where nothing else was asked for: somebody watches."""
        ...

    def attend(self) -> None:
        """Stay connected while nobody takes packets; called now and then by the thread that iterates `batches`."""
        ...


def as_stream(source: Source) -> StreamSource | None:
    """Return a source as a stream, or None where it is none."""
    return source if isinstance(source, StreamSource) else None
