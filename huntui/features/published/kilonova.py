"""What Fink's rate-based filter for kilonovae asks: how fast the apparent magnitude, that of all light there, fades.

A packet gives the brightness of the change; with the nearest source of the reference image it gives that of the place.
Fink takes that source however far it is, where `apparent_mag` wants it within 1.5 pixels, and any entry of the history.
"""

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import Family, curves

_FINK = "Fink's rate_based_kn_candidates, github.com/astrolabsoftware/fink-filters, and dc_mag of fink-utils"

COLUMNS = (
    Column(
        "apparent_rate",
        "f4",
        True,
        "mag/day",
        "weighted slope of the apparent magnitude (magnr and magpsf added as fluxes, or subtracted for a negative "
        "detection) over the detections of the alert's band that are brighter than 21 mag so; positive fades; null "
        "unless the last is more than 0.5 days after the first",
        _FINK,
    ),
)


def compute(batch: AlertBatch) -> Columns:
    """Return the rates of a batch."""
    from huntui.features.published import kernels

    rates = np.full(len(batch), np.nan, np.float32)
    kernels.apparent_rates(curves(batch), rates)
    return {"apparent_rate": rates}


FAMILY = Family(COLUMNS, compute)
