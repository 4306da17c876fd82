"""How fast an object rises or fades: straight lines through its magnitudes, d(mag)/dt, so that a rise is negative."""

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import ISSUE, Family, curves

_EXERCISE = "ZTF summer school 2024, 'build your own alert broker', with its sign turned"
_UNIT = "mag/day"

COLUMNS = (
    Column(
        "rate",
        "f4",
        True,
        _UNIT,
        "least-squares slope of magpsf over the alert and the same-band detections of either sign 0.015 to 14 days "
        "before it; positive fades",
        _EXERCISE,
    ),
    Column("rate_points", "i4", False, "", "detections in that fit, the alert included", _EXERCISE),
    Column("rate_w", "f4", True, _UNIT, "the same slope, each point weighted by 1/sigmapsf²", ISSUE),
    Column("rate_err", "f4", True, _UNIT, "1-sigma uncertainty of rate_w that follows from sigmapsf", ISSUE),
    Column("rise_rate", "f4", True, _UNIT, "slope up to the peak, positive detections of the alert's band", ISSUE),
    Column("fade_rate", "f4", True, _UNIT, "slope from the peak on, positive detections of the alert's band", ISSUE),
    Column("rise_rate_g", "f4", True, _UNIT, "slope up to the peak in g", ISSUE),
    Column("fade_rate_g", "f4", True, _UNIT, "slope from the peak on in g", ISSUE),
    Column("rise_rate_r", "f4", True, _UNIT, "slope up to the peak in r", ISSUE),
    Column("fade_rate_r", "f4", True, _UNIT, "slope from the peak on in r", ISSUE),
)


def compute(batch: AlertBatch) -> Columns:
    """Return the rates of a batch."""
    from huntui.features import kernels

    photometry = curves(batch)
    points = np.zeros(len(batch), np.int32)
    recent = np.full((3, len(batch)), np.nan, np.float32)
    kernels.recent_rates(photometry, recent, points)
    values: Columns = dict(zip(("rate", "rate_w", "rate_err"), recent, strict=True))
    values["rate_points"] = points
    for suffix, fid in (
        ("", photometry.fid),
        ("_g", np.full_like(photometry.fid, 1)),
        ("_r", np.full_like(photometry.fid, 2)),
    ):
        around_peak = np.full((2, len(batch)), np.nan, np.float32)
        kernels.peak_rates(photometry, fid, around_peak)
        values[f"rise_rate{suffix}"], values[f"fade_rate{suffix}"] = around_peak
    return values


FAMILY = Family(COLUMNS, compute)
