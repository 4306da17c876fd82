"""The exercise's eight stages as plain NumPy over the columns of a night: what one knob costs without huntui."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.funnel.cuts import Cuts
from huntui.night.view import NightView

Bools = npt.NDArray[np.bool_]
Columns = dict[str, npt.NDArray[Any]]
Counts = list[tuple[int, int, int, int]]
"""Per stage: entered, passed, rejected, rejected by it alone."""

_CONDITIONS: dict[str, Callable[[Columns, dict[str, float]], Bools]] = {
    "real": lambda c, k: c["drb"] >= k["drb_min"],
    "young": lambda c, k: c["age"] <= k["age_max"],
    "precise": lambda c, k: c["sigmapsf"] <= k["sigma_max"],
    # Comparisons with a NaN are false, so that a missing value is neither far nor implausible and rejects.
    "not_solar_system": lambda c, k: (
        (c["ssdistnr"] < 0) | (c["ssdistnr"] >= k["sso_arcsec"]) | (c["ssmagnr"] <= -20) | (c["ssmagnr"] >= 20)
    ),
    "brighter": lambda c, _: c["brighter"],
    "history": lambda c, _: c["n_history"] >= 1,
    "sampled": lambda c, k: c["rate_points"] >= k["points_min"],
    "changing": lambda c, k: np.abs(c["rate"]) >= k["rate_min"],
}
_NUMBERS = ("drb", "age", "sigmapsf", "ssdistnr", "ssmagnr", "n_history", "rate_points", "rate")


class PlainFunnel:
    """A mask per stage, kept, so that a turned knob recomputes one; the counts are always made from all masks."""

    def __init__(self, view: NightView, cuts: Cuts) -> None:
        self._columns: Columns = {name: view.column(name).astype(np.float64) for name in _NUMBERS}
        self._columns["brighter"] = view.column("isdiffpos") == view.text_code("t")
        self._objects = view.column("objectId")
        self._masks = {stage.name: self._mask(cuts, stage.name) for stage in cuts.stages}

    def turn(self, cuts: Cuts, stage: str) -> tuple[Counts, Bools]:
        """Recompute the mask of a stage; return all counts, and which alerts survive."""
        self._masks[stage] = self._mask(cuts, stage)
        return self.counts()

    def counts(self) -> tuple[Counts, Bools]:
        """Return the counts of all stages, and which alerts survive."""
        alerts = len(self._objects)
        failures = np.zeros(alerts, np.uint8)
        for mask in self._masks.values():
            failures += ~mask
        only_one, alive = failures == 1, np.ones(alerts, np.bool_)
        counts = []
        for mask in self._masks.values():
            entered = int(np.count_nonzero(alive))
            only_here = int(np.count_nonzero(only_one & ~mask))
            alive &= mask
            passed = int(np.count_nonzero(alive))
            counts.append((entered, passed, entered - passed, only_here))
        return counts, alive

    def objects(self, survivors: Bools) -> int:
        """Return the number of objects with a surviving alert."""
        return len(np.unique(self._objects[survivors]))

    def _mask(self, cuts: Cuts, stage: str) -> Bools:
        return _CONDITIONS[stage](self._columns, cuts.stage(stage).values())
