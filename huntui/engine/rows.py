"""The table of survivors: one row per object, read cell by cell from a night's columns."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from huntui.alerts.light_curve import Photometry
from huntui.hunt.suggestions import Suggestions
from huntui.night.view import NightView, Value
from huntui.packets.batch import Int32s, Int64s


@dataclass(frozen=True)
class SurvivorRows:
    """Surviving objects, each by the row of its newest surviving alert in the night."""

    view: NightView
    alerts: Int64s
    """Row of the night for each row of the table."""
    survives: npt.NDArray[np.bool_]
    """Whether each alert of the night survives."""
    looks: Suggestions

    def __len__(self) -> int:
        return len(self.alerts)

    def object_id(self, row: int) -> str:
        """Return the name of the object in a row."""
        return self.view.texts.text(int(self.view.columns["objectId"][self.alerts[row]])) or ""

    def value(self, column: str, row: int) -> Value:
        """Return a value of the object's newest surviving alert; raises `KeyError` for an unknown column."""
        return self.view.value(column, int(self.alerts[row]))

    def photometry(self, row: int) -> Photometry:
        """Return what the object's newest surviving alert tells of its light curve in short."""
        return self.view.photometry(int(self.alerts[row]))

    def suggestions(self, row: int) -> tuple[str, ...]:
        """Return the names of the treasures the object looks like."""
        return self.looks.of(int(self.alerts[row]))

    def find(self, object_id: str) -> int | None:
        """Return the row of an object, or None when it is not among the survivors."""
        rows = np.flatnonzero(self._codes == self.view.texts.find(object_id))
        return int(rows[0]) if len(rows) else None

    @cached_property
    def _codes(self) -> Int32s:
        # A night of which nothing was read yet has no columns.
        codes: Int32s = self.view.columns["objectId"][self.alerts] if len(self.alerts) else NO_ALERTS.astype(np.int32)
        return codes


NO_ALERTS: Int64s = np.empty(0, np.int64)
