"""What ZTFReST asks of a light curve: for how long it lasts in each band, and how fast it rises and fades in each.

A point is what `n_points` counts: a history entry with a magnitude, of whatever time and sign, and the alert itself.
In a band with points a day or more apart, a straight line goes through all points, weighted by their uncertainties,
if the brightest is within a day of the first (it fades) or of the last (it rises); else one up to the brightest and
one from it on, with equal weights. A band, or a side of its brightest point, is *flat* and gets no line where that
point and the faintest differ by no more than their uncertainties although 6 days or more (8 in r, 10 in i) lie
between them.
"""

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import Family, curves

_ZTFREST = "ZTFReST's select_variability, github.com/growth-astro/ztfrest"
_LINES = " of the straight lines through each of g, r and i"

COLUMNS = (
    Column("duration_g", "f4", True, "day", "time from the first to the last point in g; null without one", _ZTFREST),
    Column("duration_r", "f4", True, "day", "time from the first to the last point in r; null without one", _ZTFREST),
    Column("last_g_day", "f4", True, "day", "time from the first point in any band to the last in g", _ZTFREST),
    Column("fast_fade", "f4", True, "mag/day", "largest slope from the brightest point on" + _LINES, _ZTFREST),
    Column("slow_fade", "f4", True, "mag/day", "smallest slope above 0, on either side," + _LINES, _ZTFREST),
    Column("slow_rise", "f4", True, "mag/day", "largest slope below 0, on either side," + _LINES, _ZTFREST),
    Column(
        "n_flat",
        "i4",
        False,
        "",
        "bands, or sides of a band's brightest point, without a change beyond 1 sigma in 6 days (8 in r, 10 in i)",
        _ZTFREST,
    ),
)


def compute(batch: AlertBatch) -> Columns:
    """Return what is asked of the light curves of a batch."""
    from huntui.features.published import kernels

    spans = np.full((3, len(batch)), np.nan, np.float32)
    slopes = np.full((3, len(batch)), np.nan, np.float32)
    flat = np.zeros(len(batch), np.int32)
    kernels.evolution(curves(batch), spans, slopes, flat)
    return dict(zip((column.name for column in COLUMNS), (*spans, *slopes, flat), strict=True))


FAMILY = Family(COLUMNS, compute)
