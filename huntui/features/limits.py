"""How well the beginning is known: the last upper limit before the first detection."""

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import ISSUE, Family, curves

_WHEN = "; null where jdstarthist tells of detections more than 0.5 days before those of the history"

COLUMNS = (
    Column("limit_gap", "f4", True, "day", "from the last upper limit to the first detection" + _WHEN, ISSUE),
    Column(
        "limit_mag", "f4", True, "mag", "diffmaglim of the last upper limit before the first detection" + _WHEN, ISSUE
    ),
)


def compute(batch: AlertBatch) -> Columns:
    """Return the last upper limits of a batch."""
    from huntui.features import kernels

    values = np.full((2, len(batch)), np.nan, np.float32)
    kernels.last_limits(curves(batch), values)
    return dict(zip(("limit_gap", "limit_mag"), values, strict=True))


FAMILY = Family(COLUMNS, compute)
