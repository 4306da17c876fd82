"""What colour an object has, and how the colour changes: pairs of positive g and r detections close in time."""

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import ISSUE, Family, curves

COLUMNS = (
    Column("color", "f4", True, "mag", "g − r of the latest pair of positive detections within 1 day", ISSUE),
    Column(
        "color_rate",
        "f4",
        True,
        "mag/day",
        "slope of g − r over time: each positive g detection with the nearest r detection within 1 day, at their mean "
        "time; null for fewer than two such pairs",
        ISSUE,
    ),
    Column(
        "color_scatter",
        "f4",
        True,
        "mag",
        "standard deviation (n − 1) of g − r over the same pairs: small where the colour is constant; null for fewer "
        "than three",
        ISSUE,
    ),
)


def compute(batch: AlertBatch) -> Columns:
    """Return the colours of a batch."""
    from huntui.features import kernels

    values = np.full((3, len(batch)), np.nan, np.float32)
    kernels.colours(curves(batch), values)
    return dict(zip(("color", "color_rate", "color_scatter"), values, strict=True))


FAMILY = Family(COLUMNS, compute)
