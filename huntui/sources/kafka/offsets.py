"""Which partitions this reader has, how far it is in each, and how far its packets are on disk."""

from dataclasses import dataclass
from threading import Lock

import numpy as np

from huntui.packets.batch import Int64s
from huntui.sources.stream import PartitionState


@dataclass(slots=True)
class _Partition:
    first: int | None = None
    """Where this reader began, or began again after it had lost the partition."""
    next: int | None = None
    begin: int | None = None
    """Offset of the first packet that the broker has."""
    end: int | None = None
    at_end: bool = False


class Offsets:
    """Safe to use from the thread that reads and the one that writes to the disk."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._assigned: dict[int, _Partition] = {}
        self._next: dict[int, int] = {}
        """Offset of the packet that comes next, also of partitions that others read now."""

    def assign(self, partitions: dict[int, int | None]) -> None:
        """Begin to read partitions, each at an offset as far as it is known."""
        with self._lock:
            self._assigned.update({number: _Partition(offset, offset) for number, offset in partitions.items()})

    def revoke(self, partitions: list[int]) -> None:
        """Stop reading partitions."""
        with self._lock:
            for number in partitions:
                self._assigned.pop(number, None)

    @property
    def assigned(self) -> list[int]:
        """Numbers of the partitions that are read."""
        with self._lock:
            return sorted(self._assigned)

    def next_of(self, number: int) -> int | None:
        """Return where to go on in a partition; None where this reader never read it."""
        return self._next.get(number)

    def took(self, numbers: Int64s, offsets: Int64s) -> list[tuple[int, int, int]]:
        """Learn that packets were taken, and return where some were left out: partition, expected and found offset."""
        left_out = []
        with self._lock:
            for number in np.unique(numbers).tolist():
                these = offsets[numbers == number]
                first, last = int(these[0]), int(these[-1])
                expected = self._next.get(number)
                if expected is not None and first > expected:
                    left_out.append((number, expected, first))
                self._next[number] = last + 1
                if (partition := self._assigned.get(number)) is not None:
                    partition.first = first if partition.first is None else partition.first
                    partition.next, partition.at_end = last + 1, False
        return left_out

    def reached_end(self, number: int, offset: int) -> None:
        """Learn that nothing comes behind an offset so far."""
        with self._lock:
            self._next.setdefault(number, offset)
            if (partition := self._assigned.get(number)) is not None:
                partition.first = offset if partition.first is None else partition.first
                partition.next = partition.end = offset
                partition.at_end = True

    def bounds(self, number: int, begin: int, end: int) -> None:
        """Learn what the broker has of a partition."""
        with self._lock:
            if (partition := self._assigned.get(number)) is not None:
                partition.begin, partition.end = begin, end

    def settle(self) -> None:
        """Take partitions of which nothing comes for read where their bounds say so: an end is not told twice."""
        with self._lock:
            for one in self._assigned.values():
                at = one.begin if one.next is None else one.next
                one.at_end = one.at_end or (at is not None and one.end is not None and at >= one.end)

    @property
    def at_end(self) -> bool:
        """Whether all partitions were read to their ends; false where there is none."""
        with self._lock:
            return bool(self._assigned) and all(one.at_end for one in self._assigned.values())

    def states(self) -> tuple[PartitionState, ...]:
        """Return how far each partition was read."""
        with self._lock:
            return tuple(PartitionState(number, p.next, p.end, p.first) for number, p in sorted(self._assigned.items()))

    def on_disk(self, addresses: Int64s) -> dict[int, int]:
        """Return what to commit once packets are on disk: by partition, the offset behind the last of them.

        Of a partition that others read meanwhile nothing is committed, nor what is before the place where this reader
        began in it again: others may be further.
        """
        found = {}
        with self._lock:
            for number in np.unique(addresses[:, 0]).tolist():
                behind = int(addresses[addresses[:, 0] == number, 1].max()) + 1
                partition = self._assigned.get(number)
                if partition is not None and partition.first is not None and behind > partition.first:
                    found[number] = behind
        return found
