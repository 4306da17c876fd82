"""Where each column lies in the kernel's output: an array per kind of storage, with a row for each column."""

from dataclasses import dataclass

from huntui.columns import ALERT, CANDIDATE, FORCED, HISTORY, Column, Kind

KINDS: tuple[Kind, ...] = ("f4", "f8", "i4", "i8", "text")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of record, each with its place among the columns of its storage."""

    place: dict[str, tuple[Kind, int]]

    def count(self, kind: Kind) -> int:
        """Return how many columns are stored as `kind`."""
        return sum(1 for stored, _ in self.place.values() if stored == kind)


def _layout(columns: tuple[Column, ...]) -> Layout:
    used = dict.fromkeys(KINDS, 0)
    place: dict[str, tuple[Kind, int]] = {}
    for column in columns:
        place[column.name] = (column.kind, used[column.kind])
        used[column.kind] += 1
    return Layout(place)


def _part(layout: Layout, columns: tuple[Column, ...]) -> Layout:
    return Layout({column.name: layout.place[column.name] for column in columns})


ALERTS = _layout((*ALERT, *CANDIDATE))
TOP_LEVEL = _part(ALERTS, ALERT)
CANDIDATES = _part(ALERTS, CANDIDATE)
HISTORIES = _layout(HISTORY)
FORCED_PHOTOMETRY = _layout(FORCED)
