"""Columns that only grow. What was written never changes, so an older reader keeps a true picture without a copy."""

import math
import mmap

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import Columns

_FIRST_ROWS = 1024
_AMPLE = 1.5
"""Times the rows foreseen that are reserved: entries of history come unevenly, and moving them takes long."""
_MOST_AHEAD = 64
"""Times the rows in use that are reserved at most, on the word of a source that may be wrong."""


class GrowingColumns:
    """Arrays of one length by name. Memory behind the rows in use is reserved but not touched, so it costs nothing."""

    def __init__(self) -> None:
        self.rows = 0
        self.arrays: dict[str, npt.NDArray[np.generic]] = {}
        self._capacity = _FIRST_ROWS

    @classmethod
    def restored(cls, columns: Columns) -> "GrowingColumns":
        """Return what `view` gave as columns that can grow again; raises `ValueError` where their lengths differ."""
        lengths = {len(values) for values in columns.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns of one table have {len(lengths)} different lengths")
        grown = cls()
        grown.rows = max(lengths, default=0)
        grown.arrays = dict(columns)
        # Nothing may be written to what was restored, so that the first rows that are added move all of it.
        grown._capacity = 0
        return grown

    def reserve(self, rows: int, share: float = 0.0) -> None:
        """Make room for `rows` rows more, which bring `share` of all rows that will ever come (0: nobody knows)."""
        needed = self.rows + rows
        if needed <= self._capacity:
            return
        foreseen = needed / share if 0 < share <= 1 else 2 * needed
        self._capacity = max(_FIRST_ROWS, min(int(_AMPLE * foreseen), _MOST_AHEAD * needed))
        for name, old in self.arrays.items():
            self.arrays[name] = _untouched((self._capacity, *old.shape[1:]), old.dtype)
            self.arrays[name][: self.rows] = old[: self.rows]

    def append(self, columns: Columns, rows: int, share: float = 0.0) -> None:
        """Add `rows` rows; a column that is missing so far begins here, and the rows before are null (NaN).

        `share` is as in `reserve`.
        """
        self.reserve(rows, share)
        for name, values in columns.items():
            if name not in self.arrays:
                self.arrays[name] = _untouched((self._capacity, *values.shape[1:]), values.dtype)
                if self.rows:
                    self.arrays[name][: self.rows] = np.nan
            self.arrays[name][self.rows : self.rows + rows] = values
        for name in self.arrays.keys() - columns.keys():
            self.arrays[name][self.rows : self.rows + rows] = np.nan
        self.rows += rows

    def replace(self, columns: Columns) -> None:
        """Put other values in the place of the first rows of columns; whoever has a view keeps the old ones."""
        for name, values in columns.items():
            rows = len(values)
            replaced = _untouched((max(self._capacity, self.rows), *values.shape[1:]), values.dtype)
            replaced[:rows] = values
            if rows < self.rows:
                replaced[rows : self.rows] = self.arrays[name][rows : self.rows]
            self.arrays[name] = replaced

    def view(self) -> Columns:
        """Return every column as it stands."""
        return {name: values[: self.rows] for name, values in self.arrays.items()}


def _untouched(shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> npt.NDArray[np.generic]:
    """Return an array in fresh pages of its own: those not written to are never there, and all go when it does.

    Memory from the allocator may be pages that were used before, which count even where nothing is written.
    """
    count = math.prod(shape)
    pages = mmap.mmap(-1, max(1, count * dtype.itemsize))
    return np.frombuffer(pages, dtype, count).reshape(shape)
