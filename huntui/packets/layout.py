"""Where each column lies in the kernel's output: an array per size of word, with a row for each column.

Entries of arrays are many, so what has few values is stored in a byte there: a *sign* (text 't' or '1' gives 1, 'f' or
'0' gives 0, anything else -1) and a *band* (1 to 127, -1 for any other number or a null).
"""

from dataclasses import dataclass
from typing import Literal

from huntui.columns import ALERT, CANDIDATE, FORCED, HISTORY, Column

Stored = Literal["f4", "f8", "i4", "i8", "text", "sign", "band"]
Storage = Literal["w4", "w8", "w1", "text"]

_STORAGE: dict[Stored, Storage] = {
    "f4": "w4",
    "i4": "w4",
    "f8": "w8",
    "i8": "w8",
    "sign": "w1",
    "band": "w1",
    "text": "text",
}

_IN_A_BYTE: dict[str, Stored] = {"fid": "band", "isdiffpos": "sign"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of record, each with its place among the columns of its storage."""

    place: dict[str, tuple[Stored, int]]

    def stored(self, storage: Storage) -> list[Stored]:
        """Return what the columns of a storage are stored as, in order."""
        return [stored for stored, _ in self.place.values() if storage_of(stored) == storage]

    def count(self, storage: Storage) -> int:
        """Return how many columns are in a storage."""
        return len(self.stored(storage))


def storage_of(stored: Stored) -> Storage:
    """Return where a column is kept: among words of 4, 8 or 1 bytes, or among texts."""
    return _STORAGE[stored]


def _layout(columns: tuple[Column, ...], in_a_byte: dict[str, Stored] | None = None) -> Layout:
    layout = Layout({})
    for column in columns:
        stored: Stored = (in_a_byte or {}).get(column.name, column.kind)
        layout.place[column.name] = (stored, layout.count(storage_of(stored)))
    return layout


def _part(layout: Layout, columns: tuple[Column, ...]) -> Layout:
    return Layout({column.name: layout.place[column.name] for column in columns})


ALERTS = _layout((*ALERT, *CANDIDATE))
TOP_LEVEL = _part(ALERTS, ALERT)
CANDIDATES = _part(ALERTS, CANDIDATE)
HISTORIES = _layout(HISTORY, _IN_A_BYTE)
FORCED_PHOTOMETRY = _layout(FORCED, _IN_A_BYTE)
