"""The order of the table: by a column, by what objects look like, or the newest first."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.columns import NULL_I4, NULL_I8
from huntui.engine.rows import SurvivorRows
from huntui.errors import CallError, nearest
from huntui.features.registry import columns, kinds
from huntui.funnel.language.table import Bools
from huntui.packets.batch import Int32s, Int64s
from huntui.session.commands import LOOKS_LIKE, NEWEST_FIRST, SortRows

_NO_MATCH = -999


class RowOrder:
    """An order of the objects of one night. Belongs to one thread.

    What has no value, which may be the survey's own -999, comes last whichever way the rest goes, and of equals the
    newer one comes first.
    """

    def __init__(self) -> None:
        self.by = NEWEST_FIRST

    def choose(self, by: SortRows) -> None:
        """Sort by something else; raises `CallError` for a column there is not."""
        known = [*columns(), LOOKS_LIKE]
        if by.column and by.column not in known:
            raise CallError(f"The table cannot be sorted by {by.column!r}.{nearest(by.column, known)}")
        self.by = by

    def of(self, rows: SurvivorRows) -> SurvivorRows:
        """Return rows that come newest first in the order that was chosen."""
        if not self.by.column or not len(rows):
            return rows
        missing, values = self._values(rows)
        keys = -values if self.by.descending else values
        return replace(rows, alerts=rows.alerts[np.lexsort((keys, missing))])

    def _values(self, rows: SurvivorRows) -> tuple[Bools, npt.NDArray[Any]]:
        """Return which rows have no value, and the values of all, 0 for those."""
        if self.by.column == LOOKS_LIKE:
            places = rows.looks.first(rows.alerts)
            return places < 0, places
        stored = rows.view.column(self.by.column)[rows.alerts]
        if kinds()[self.by.column] == "text":
            return stored < 0, _by_alphabet(rows, stored)
        missing = np.isnan(stored) if stored.dtype.kind == "f" else stored == {4: NULL_I4, 8: NULL_I8}[stored.itemsize]
        missing |= stored == _NO_MATCH
        return missing, np.where(missing, stored.dtype.type(0), stored)


def _by_alphabet(rows: SurvivorRows, codes: Int32s) -> Int64s:
    """Return the place of each text among those that are there, in the order of the alphabet; 0 where there is none."""
    there = np.unique(codes[codes >= 0])
    texts = [rows.view.texts.text(code) or "" for code in there.tolist()]
    places = np.zeros(len(there) + 1, np.int64)
    places[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    return np.where(codes >= 0, places[np.searchsorted(there, codes)], 0)
