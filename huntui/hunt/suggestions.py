"""Which alerts look like which treasures."""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from huntui.funnel.funnel import Alerts
from huntui.funnel.language.table import Bools
from huntui.hunt.treasure import Hunt

_FIRST_ROWS = 1024


class Suggestions:
    """One growing mask per treasure: whether `looks_like` says yes to an alert. An unknown answer suggests nothing.

    Rows are only ever added. A reader in another thread may ask for any row; one that was not looked at looks like
    nothing.
    """

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._masks: Bools = np.zeros((len(hunt.treasures), _FIRST_ROWS), np.bool_)
        self._rows = [0] * len(hunt.treasures)
        self._stop = 0

    def __len__(self) -> int:
        """Return how many alerts have been compared with every treasure."""
        return min(self._rows, default=self._stop)

    def extend(self, table: Alerts, most: int | None = None, changed: Collection[str] = ()) -> None:
        """Look at the rows that a treasure was not compared with yet, and at no others.

        A treasure that is told by one of the columns that `changed` from the first row on is looked for anew.
        A comparison takes long for its number of rows, and a hunt has many treasures: where somebody waits, only the
        `most` treasures that lag behind furthest catch up, and the others have their turn the next time.
        """
        self._stop = stop = len(table)
        self._make_room(stop)
        for k, treasure in enumerate(self._hunt.treasures):
            if not treasure.looks_like.kinds.keys().isdisjoint(changed):
                self._rows[k] = 0
        behind = [k for k, rows in enumerate(self._rows) if rows < stop]
        for k in sorted(behind, key=self._rows.__getitem__)[:most]:
            looks_like = self._hunt.treasures[k].looks_like
            self._masks[k, self._rows[k] : stop] = looks_like.evaluate(table, self._rows[k], stop).yes
            self._rows[k] = stop

    def of(self, row: int) -> tuple[str, ...]:
        """Return the treasures that an alert looks like, by name in the order of the hunt; none before `extend`."""
        masks = self._masks
        if row >= masks.shape[1]:
            return ()
        return tuple(name for name, yes in zip(self._hunt.names, masks[:, row].tolist(), strict=True) if yes)

    def first(self, rows: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """Return for each of these rows the place in the hunt of the first treasure it looks like; -1 for none."""
        places = np.full(len(rows), -1, np.int64)
        masks = self._masks
        seen = rows < masks.shape[1]
        for place in reversed(range(len(masks))):
            places[seen] = np.where(masks[place][rows[seen]], place, places[seen])
        return places

    def counts(self, rows: npt.NDArray[np.integer]) -> tuple[int, ...]:
        """Return for each treasure how many of these rows look like it, in the order of the hunt."""
        seen = rows[rows < self._masks.shape[1]]
        return tuple(int(np.count_nonzero(mask[seen])) for mask in self._masks)

    def _make_room(self, rows: int) -> None:
        if rows > self._masks.shape[1]:
            masks = np.zeros((len(self._masks), max(rows, 2 * self._masks.shape[1])), np.bool_)
            masks[:, : self._masks.shape[1]] = self._masks
            self._masks = masks
