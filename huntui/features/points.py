"""What published filters ask of an object's photometric points: how bright, how far apart, how deep a limit before.

A point is what `n_points` counts: a history entry with a magnitude, of whatever time and sign, and the alert itself.
"""

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import Family, curves

_AMPEL = "AMPEL's T2InfantCatalogEval, github.com/AmpelAstro/Ampel-HU-astro"
_BTS = "the Bright Transient Survey's filter, github.com/fritz-marshal/fritz, fritz_filter_rcf.json"
_FINK = "Fink's roid_catcher, github.com/astrolabsoftware/fink-science"

COLUMNS = (
    Column("points_peak_mag", "f4", True, "mag", "brightest magpsf of the points, in any band", _AMPEL),
    Column("band_peak_mag", "f4", True, "mag", "brightest magpsf of the points in the alert's band", _BTS),
    Column(
        "recent_peak_mag",
        "f4",
        True,
        "mag",
        "brightest magpsf of the alert and the points within 0.75 days of it",
        _BTS,
    ),
    Column(
        "positive_reach",
        "f4",
        True,
        "day",
        "longest time between the alert and a point of its history brighter than the reference; null without one",
        _BTS,
    ),
    Column(
        "last_entry_gap",
        "f4",
        True,
        "day",
        "time since the latest entry of the history, upper limits included; null without one",
        _FINK,
    ),
    Column(
        "deep_limit_gap",
        "f4",
        True,
        "day",
        "from the latest upper limit of 19.5 mag or deeper to the latest point; null without such a limit",
        _AMPEL,
    ),
    Column("n_bright_before", "i4", False, "", "points of the history within 0.75 days and brighter than 19 mag", _BTS),
)


def compute(batch: AlertBatch) -> Columns:
    """Return what is asked of the points of a batch."""
    from huntui.features import kernels

    peaks = np.full((3, len(batch)), np.nan, np.float32)
    gaps = np.full((3, len(batch)), np.nan, np.float32)
    bright = np.zeros(len(batch), np.int32)
    kernels.points(curves(batch), peaks, gaps, bright)
    return dict(zip((column.name for column in COLUMNS), (*peaks, *gaps, bright), strict=True))


FAMILY = Family(COLUMNS, compute)
