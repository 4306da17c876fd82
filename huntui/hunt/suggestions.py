"""Which alerts look like which treasures."""

import numpy as np
import numpy.typing as npt

from huntui.funnel.funnel import Alerts
from huntui.funnel.language.table import Bools
from huntui.hunt.treasure import Hunt

_FIRST_ROWS = 1024


class Suggestions:
    """One growing mask per treasure: whether `looks_like` says yes to an alert. An unknown answer suggests nothing.

    Rows are only ever added. A reader in another thread may ask for any row below the length it has seen.
    """

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._masks: Bools = np.zeros((len(hunt.treasures), _FIRST_ROWS), np.bool_)
        self._rows = 0

    def __len__(self) -> int:
        """Return how many alerts have been looked at."""
        return self._rows

    def extend(self, table: Alerts) -> None:
        """Look at the rows that were added to the table since the last time, and at no others."""
        stop = len(table)
        if stop > self._masks.shape[1]:
            masks = np.zeros((len(self._masks), max(stop, 2 * self._masks.shape[1])), np.bool_)
            masks[:, : self._rows] = self._masks[:, : self._rows]
            self._masks = masks
        for mask, treasure in zip(self._masks, self._hunt.treasures, strict=True):
            mask[self._rows : stop] = treasure.looks_like.evaluate(table, self._rows, stop).yes
        self._rows = stop

    def of(self, row: int) -> tuple[str, ...]:
        """Return the treasures that an alert looks like, by name in the order of the hunt; none before `extend`."""
        if row >= self._rows:
            return ()
        return tuple(name for name, yes in zip(self._hunt.names, self._masks[:, row].tolist(), strict=True) if yes)

    def counts(self, rows: npt.NDArray[np.integer]) -> tuple[int, ...]:
        """Return for each treasure how many of these rows look like it, in the order of the hunt."""
        seen = rows[rows < self._rows]
        return tuple(int(np.count_nonzero(mask[seen])) for mask in self._masks)
