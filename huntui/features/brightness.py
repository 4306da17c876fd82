"""How bright an object got: its peak and its range, from detections brighter than the reference."""

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import ISSUE, Family, curves

COLUMNS = (
    Column("peak_mag", "f4", True, "mag", "brightest magpsf of the positive detections in any band", ISSUE),
    Column("days_since_peak", "f4", True, "day", "time from that brightest detection to the alert", ISSUE),
    Column("amplitude", "f4", True, "mag", "faintest − brightest magpsf of two or more positive detections", ISSUE),
)


def compute(batch: AlertBatch) -> Columns:
    """Return peak and amplitude of a batch."""
    from huntui.features import kernels

    values = np.full((3, len(batch)), np.nan, np.float32)
    kernels.brightness(curves(batch), values)
    return dict(zip(("peak_mag", "days_since_peak", "amplitude"), values, strict=True))


FAMILY = Family(COLUMNS, compute)
