"""How what a stage cuts on is distributed: over the alerts that reach it, and those that only it rejects."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huntui.funnel.fates import Fates
from huntui.funnel.funnel import Alerts
from huntui.funnel.language.table import Bools, Floats
from huntui.funnel.quantity import Quantity
from huntui.funnel.stage import Knob

Counts = npt.NDArray[np.int64]

NO_MATCH = -999.0
"""What the survey writes where nothing is near; no measured value is so low."""
_TAIL_PERCENT = 1.0


@dataclass(frozen=True, slots=True)
class Distribution:
    """Alerts by the value of a quantity, in bins of equal width from `low` to `high`."""

    text: str
    """The quantity, as the condition writes it."""
    threshold: float
    low: float
    high: float
    reach: Counts
    """Alerts in each bin that reach the stage."""
    alone: Counts
    """Those in each bin that only this stage rejects."""
    below: int
    """Alerts that reach the stage with a lower value, `NO_MATCH` left out."""
    above: int
    """Those with a higher one."""
    no_match: int
    """Those with `NO_MATCH` or less."""
    unknown: int
    """Those without a value."""


def distribution(
    quantity: Quantity, knob: Knob | None, place: int, fates: Fates, table: Alerts, bins: int
) -> Distribution:
    """Return the distribution of what the stage at a place cuts on, in `bins` bins at most.

    They span all but the highest and lowest hundredth of the values, and the threshold with some room around it; of
    whole numbers each has its own bin where there are enough.
    """
    values = quantity.values(table, 0, len(fates))
    reach, alone = fates.reach(place), fates.fail_only(place)
    measured = np.isfinite(values) & (values > NO_MATCH)
    threshold = quantity.threshold()
    inside = values[reach & measured]
    low, high, bins = _range(inside, threshold, knob.step if knob else 0.0, bins)
    return Distribution(
        quantity.text,
        threshold,
        low,
        high,
        _histogram(inside, low, high, bins),
        _histogram(values[alone & measured], low, high, bins),
        int(np.count_nonzero(inside < low)),
        int(np.count_nonzero(inside > high)),
        _number(reach & (values <= NO_MATCH)),
        _number(reach & np.isnan(values)),
    )


def _number(which: Bools) -> int:
    return int(np.count_nonzero(which))


def _histogram(values: Floats, low: float, high: float, bins: int) -> Counts:
    return np.asarray(np.histogram(values, bins, (low, high))[0], np.int64)


def _range(values: Floats, threshold: float, step: float, bins: int) -> tuple[float, float, int]:
    """Return the ends and the number of the bins."""
    marks = [threshold - 2 * step, threshold + 2 * step] if np.isfinite(threshold) else []
    if len(values):
        marks += np.percentile(values, [_TAIL_PERCENT, 100 - _TAIL_PERCENT]).tolist()
    low, high = (min(marks), max(marks)) if marks else (0.0, 1.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    whole = len(values) > 0 and bool((values == np.floor(values)).all())
    if whole and (numbers := int(np.floor(high) - np.ceil(low)) + 1) <= bins:
        return float(np.ceil(low)) - 0.5, float(np.floor(high)) + 0.5, max(1, numbers)
    return float(low), float(high), bins
