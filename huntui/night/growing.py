"""Columns that only grow. What was written never changes, so an older reader keeps a true picture without a copy."""

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import Columns

_FIRST_ROWS = 1024


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

    def reserve(self, rows: int) -> None:
        """Make room for `rows` rows more."""
        if self.rows + rows <= self._capacity:
            return
        self._capacity = max(_FIRST_ROWS, self._capacity)
        while self.rows + rows > self._capacity:
            self._capacity *= 2
        for name, old in self.arrays.items():
            self.arrays[name] = np.empty((self._capacity, *old.shape[1:]), old.dtype)
            self.arrays[name][: self.rows] = old[: self.rows]

    def append(self, columns: Columns, rows: int) -> None:
        """Add `rows` rows; a column that is missing so far begins here, and the rows before are null (NaN)."""
        self.reserve(rows)
        for name, values in columns.items():
            if name not in self.arrays:
                self.arrays[name] = np.empty((self._capacity, *values.shape[1:]), values.dtype)
                if self.rows:
                    self.arrays[name][: self.rows] = np.nan
            self.arrays[name][self.rows : self.rows + rows] = values
        for name in self.arrays.keys() - columns.keys():
            self.arrays[name][self.rows : self.rows + rows] = np.nan
        self.rows += rows

    def view(self) -> Columns:
        """Return every column as it stands."""
        return {name: values[: self.rows] for name, values in self.arrays.items()}
