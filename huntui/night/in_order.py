"""A night in the order of time, as it was observed: the same alerts, of which the first so many can be looked at.

Nothing is copied until somebody looks at it: a column is put in order when it is asked for first, and what is drawn of
packets' histories stays where it is.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.night.view import NightView
from huntui.packets.batch import Int64s

_FIRST_JD, _LAST_JD = 2_400_000.5, 2_500_000.5
"""Julian dates of 1858 and 2132: a packet that says another time says none."""


class InOrder:
    """The alerts of a whole night sorted by jd, then candid. Safe to read from any thread.

    An alert that says no time comes with the last one, or with the first where its time is too early to be one.
    """

    def __init__(self, night: NightView) -> None:
        """Sort the alerts of a night, of which there must be one at least."""
        self._order = np.lexsort((night.column("candid"), night.column("jd"))).astype(np.int64)
        self._night = night
        self._columns = _Sorted(night.columns, self._order)
        self._history, self._forced = night.history.taken(self._order), night.forced.taken(self._order)
        # Objects are numbered as they come, so that those of the first alerts are the first numbers.
        self._object_of = _numbered(night.object_of[self._order])
        self._objects = np.maximum.accumulate(self._object_of) + 1
        self._addresses, self._record = night.addresses[self._order], night.record[self._order]
        self._version = night.version[self._order]
        self._jd = self._columns["jd"]
        self.exposures = exposures(night)
        """The times at which alerts were taken, in order; empty where no alert says one."""

    def __len__(self) -> int:
        return len(self._order)

    def until(self, jd: float) -> int:
        """Return how many alerts were taken until a time, that one included."""
        if not len(self.exposures) or jd >= self.exposures[-1]:
            return len(self)
        return int(np.searchsorted(self._jd, jd, side="right"))

    def first(self, rows: int) -> NightView:
        """Return the first so many alerts, as if no others had come so far."""
        night = self._night
        return InOrderView(
            columns=_First(self._columns, rows),
            history=self._history.first(rows),
            forced=self._forced.first(rows),
            texts=night.texts,
            object_of=self._object_of[:rows],
            objects=int(self._objects[rows - 1]) if rows else 0,
            addresses=self._addresses[:rows],
            record=self._record[:rows],
            version=self._version[:rows],
            places=self._order[:rows],
        )


class InOrderView(NightView):
    """Alerts that are sorted by jd, then candid, already."""

    def sorted_rows(self, chosen: npt.NDArray[np.bool_]) -> Int64s:
        """Return the rows of chosen alerts, which need no sorting."""
        return np.flatnonzero(chosen).astype(np.int64, copy=False)


def exposures(night: NightView) -> npt.NDArray[np.float64]:
    """Return the times (jd) at which the alerts of a night were taken, in order."""
    if not len(night):
        return np.empty(0)
    jd = night.column("jd")
    return np.unique(jd[(jd >= _FIRST_JD) & (jd < _LAST_JD)])


class _Sorted(Mapping[str, npt.NDArray[Any]]):
    """Columns in another order, each of them copied when it is asked for first."""

    def __init__(self, columns: Mapping[str, npt.NDArray[Any]], order: Int64s) -> None:
        self._columns, self._order = columns, order
        self._found: dict[str, npt.NDArray[Any]] = {}

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        found = self._found.get(name)
        if found is None:
            # Two threads may do it twice, which gives the same.
            found = self._found[name] = self._columns[name][self._order]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


class _First(Mapping[str, npt.NDArray[Any]]):
    """The first values of each column."""

    def __init__(self, columns: _Sorted, rows: int) -> None:
        self._columns, self._rows = columns, rows

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self._columns[name][: self._rows]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def _numbered(objects: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return other numbers for the same objects, counted from 0 in the order they come."""
    _, first, number = np.unique(objects, return_index=True, return_inverse=True)
    place = np.empty(len(first), np.int32)
    place[np.argsort(first, kind="stable")] = np.arange(len(first), dtype=np.int32)
    return np.asarray(place[number.reshape(-1)], np.int32)
