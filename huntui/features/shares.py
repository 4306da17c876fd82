"""Shares of detections: how many are fainter than the reference, and how often a visit of the survey gave one."""

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
    Column(
        "det_per_cov",
        "f4",
        True,
        "",
        "ndethist / ncovhist: near 0 for what is new or seldom there, near 1 for what always differs from the "
        "reference; null where ncovhist is 0",
        ISSUE,
    ),
)


def compute(batch: AlertBatch) -> Columns:
    """Return the shares of a batch."""
    from huntui.features import kernels

    negative = np.zeros(len(batch), np.float32)
    kernels.negative(curves(batch), negative)
    detected, covered = (batch.columns[name].astype(np.float64) for name in ("ndethist", "ncovhist"))
    known = (detected >= 0) & (covered > 0)
    ratio = np.divide(detected, covered, out=np.full(len(batch), np.nan), where=known)
    return {"fraction_negative": negative, "det_per_cov": ratio.astype(np.float32)}


FAMILY = Family(COLUMNS, compute)
