"""How many alerts of a night are where on the sky, counted as they come, so that a map costs the same at any time."""

import numpy as np
import numpy.typing as npt

from huntui.render.celestial import Floats
from huntui.render.shades import Places


class Tally:
    """How many alerts of a night are in each square degree or so; it is kept up as the night grows."""

    ROWS, COLUMNS = 180, 360

    def __init__(self) -> None:
        self.alerts = 0
        self.counts = np.zeros(self.ROWS * self.COLUMNS, np.int64)
        area = np.cos(np.radians(np.arange(self.ROWS) - 89.5))
        self._per_area = np.repeat(1.0 / area, self.COLUMNS)

    def take(self, ra: Floats, dec: Floats) -> None:
        """Count the alerts of a night that came since the last time; one with fewer alerts is another night."""
        if len(ra) < self.alerts:
            self.alerts = 0
            self.counts[:] = 0
        new = slice(self.alerts, len(ra))
        self.counts += np.bincount(self.cells(ra[new], dec[new]), minlength=len(self.counts))[: len(self.counts)]
        self.alerts = len(ra)

    def cells(self, ra: Floats, dec: Floats) -> Places:
        """Return the cell of each place, one beyond the last for what is no place."""
        known = on_the_sky(ra, dec)
        row = np.minimum(np.where(known, dec, 0.0) + 90.0, self.ROWS - 1).astype(np.int64)
        column = np.minimum(np.where(known, ra, 0.0), self.COLUMNS - 1).astype(np.int64)
        return np.where(known, row * self.COLUMNS + column, self.ROWS * self.COLUMNS)

    @property
    def density(self) -> Floats:
        """Alerts per square degree of each cell."""
        return np.asarray(self.counts * self._per_area)


def on_the_sky(ra: Floats, dec: Floats) -> npt.NDArray[np.bool_]:
    """Return what is a place: whatever a damaged packet holds has none."""
    return (ra >= 0.0) & (ra <= 360.0) & (np.abs(dec) <= 90.0)
