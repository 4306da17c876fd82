"""Shares of detections: how many are fainter than the reference."""

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import ISSUE, Family, curves

COLUMNS = (
    Column(
        "fraction_negative",
        "f4",
        False,
        "",
        "share of the detections, the alert among them, that are fainter than the reference, in any band",
        ISSUE,
    ),
)


def compute(batch: AlertBatch) -> Columns:
    """Return the shares of a batch."""
    from huntui.features import kernels

    negative = np.zeros(len(batch), np.float32)
    kernels.negative(curves(batch), negative)
    return {"fraction_negative": negative}


FAMILY = Family(COLUMNS, compute)
