"""Bad packets: how many of each kind, and where each one is."""

from array import array
from collections import Counter

from huntui.packets import faults
from huntui.packets.faults import BadPacket


class Quarantine:
    """Keeps the fault and the address of every bad packet, for inspection."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self._entries = array("q")

    def __len__(self) -> int:
        return sum(self._counts.values())

    def add(self, packet: BadPacket) -> None:
        """Take in a bad packet."""
        self._counts[packet.fault] += 1
        self._entries.extend((packet.fault, *packet.address))

    def counts(self) -> dict[str, int]:
        """Return the number of bad packets by reason, most frequent first."""
        return {faults.reason(fault): number for fault, number in self._counts.most_common()}

    def packets(self) -> list[BadPacket]:
        """Return all bad packets in the order they came."""
        entries = self._entries
        return [BadPacket(entries[i], (entries[i + 1], entries[i + 2])) for i in range(0, len(entries), 3)]
