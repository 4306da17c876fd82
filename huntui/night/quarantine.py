"""Bad packets: how many of each kind, and where each one is."""

from array import array
from collections import Counter
from dataclasses import dataclass

import numpy as np

from huntui.packets import faults
from huntui.packets.batch import Int64s
from huntui.packets.faults import BadPacket

_NUMBERS = 3
"""A bad packet is kept as its fault and the two numbers of its address."""


@dataclass(frozen=True, slots=True)
class QuarantineView:
    """The bad packets up to a moment, in the order they came. Safe to read from any thread."""

    entries: "array[int]"
    """Only grows, so that what this view sees of it never changes."""
    count: int

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, place: int) -> BadPacket:
        if not 0 <= place < self.count:
            raise IndexError(place)
        at = _NUMBERS * place
        return BadPacket(self.entries[at], (self.entries[at + 1], self.entries[at + 2]))


class Quarantine:
    """Keeps the fault and the address of every bad packet, for inspection."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self._entries = array("q")

    @classmethod
    def restored(cls, entries: Int64s) -> "Quarantine":
        """Return what `dump` gave as a quarantine; raises `ValueError` for a fault that there is not."""
        quarantine = cls()
        for fault, *address in entries.tolist():
            if fault not in faults.MEANINGS:
                raise ValueError(f"there is no fault {fault}")
            quarantine.add(BadPacket(fault, (address[0], address[1])))
        return quarantine

    def dump(self) -> Int64s:
        """Return one row per bad packet: its fault and the two numbers of its address."""
        return np.array(self._entries, np.int64).reshape(-1, 3)

    def __len__(self) -> int:
        return len(self._entries) // _NUMBERS

    def add(self, packet: BadPacket) -> None:
        """Take in a bad packet."""
        self._counts[packet.fault] += 1
        self._entries.extend((packet.fault, *packet.address))

    def counts(self) -> dict[str, int]:
        """Return the number of bad packets by reason, most frequent first."""
        return {faults.reason(fault): number for fault, number in self._counts.most_common()}

    def view(self) -> QuarantineView:
        """Return the bad packets as they stand."""
        return QuarantineView(self._entries, len(self))
