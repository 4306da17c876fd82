"""The journal: every command that was carried out, in order, each with a number that is never used again."""

from collections import deque
from dataclasses import dataclass

from huntui.session.commands import Command

KEPT = 20_000
"""Entries kept in memory, the newest ones: more than an hour of a key held down."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One command that was carried out."""

    index: int
    """0 for the first command of the session, one more for each after it."""
    command: Command


class Journal:
    """Remembers the newest `KEPT` commands; what falls out at the far end keeps its number."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._next = 0

    def append(self, command: Command) -> None:
        """Add a command that was carried out."""
        self._entries.append(Entry(self._next, command))
        self._next += 1

    def since(self, index: int) -> tuple[Entry, ...]:
        """Return the entries with this number or a higher one, oldest first, as far as they are kept."""
        return tuple(entry for entry in self._entries if entry.index >= index)

    def __len__(self) -> int:
        """Return how many commands were carried out, kept or not: the number of the next entry."""
        return self._next
