"""How well the beginning is known: the last upper limit before the first detection, and since when it was fainter."""

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
    Column(
        "deeper_limit_gap",
        "f4",
        True,
        "day",
        "time since the latest upper limit, in any band, that is deeper than the alert's magpsf; null without one",
        ISSUE,
    ),
    Column(
        "limit_rate",
        "f4",
        True,
        "mag/day",
        "(magpsf − diffmaglim) / time since the latest such limit in the alert's band that is 0.5 days old or more: "
        "negative, and the change rose at least as fast; null without one",
        ISSUE,
    ),
)


def compute(batch: AlertBatch) -> Columns:
    """Return the last upper limits of a batch."""
    from huntui.features import kernels

    values = np.full((2, len(batch)), np.nan, np.float32)
    deeper = np.full((2, len(batch)), np.nan, np.float32)
    photometry = curves(batch)
    kernels.last_limits(photometry, values)
    kernels.deeper_limits(photometry, deeper)
    return dict(zip((column.name for column in COLUMNS), (*values, *deeper), strict=True))


FAMILY = Family(COLUMNS, compute)
