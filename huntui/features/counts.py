"""How often and for how long an object was seen: counts and spans of its packet's history."""

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import ISSUE, Family, curves

_EXERCISE = "ZTF summer school 2024, 'build your own alert broker'"
_AMPEL = "AMPEL's SimpleDecentFilter, github.com/AmpelAstro/Ampel-HU-astro"

COLUMNS = (
    Column("age", "f8", True, "day", "jd − jdstarthist: time since the survey first detected anything here", _EXERCISE),
    Column(
        "n_history", "i4", False, "", "entries of the packet's history, upper limits included, without the alert", ISSUE
    ),
    Column(
        "n_det", "i4", False, "", "detections: history entries with a magnitude before the alert, and the alert", ISSUE
    ),
    Column("n_det_g", "i4", False, "", "detections in g", ISSUE),
    Column("n_det_r", "i4", False, "", "detections in r", ISSUE),
    Column("n_limits", "i4", False, "", "upper limits: history entries before the alert without a detection", ISSUE),
    Column("first_det_age", "f4", True, "day", "time since the history's first detection; null without one", ISSUE),
    Column("last_det_gap", "f4", True, "day", "time since the history's last detection; null without one", ISSUE),
    Column("duration", "f4", False, "day", "time from the first detection to the alert; 0 for a single one", ISSUE),
    Column(
        "n_same_place_15min",
        "i4",
        False,
        "",
        "1 + detections at least 15 minutes before the alert: 2 or more means that it did not move away",
        "Bellm et al. 2019, PASP 131 018002: two detections reject moving objects",
    ),
    Column(
        "n_points",
        "i4",
        False,
        "",
        "photometric points as AMPEL counts them: history entries with a magnitude, of whatever time, and the alert",
        _AMPEL,
    ),
    Column("points_span", "f8", False, "day", "time from the earliest to the latest of those points", _AMPEL),
)


def compute(batch: AlertBatch) -> Columns:
    """Return the counts and spans of a batch."""
    from huntui.features import kernels

    photometry = curves(batch)
    counts = np.zeros((7, len(batch)), np.int32)
    # Four bytes keep a span of 30 days to a fifth of a second; points_span is compared as its filters' codes do it.
    spans = np.full((3, len(batch)), np.nan, np.float32)
    points_span = np.full(len(batch), np.nan)
    kernels.count(photometry, counts, spans, points_span)
    names = ("n_history", "n_det", "n_det_g", "n_det_r", "n_limits", "n_same_place_15min", "n_points")
    values: Columns = dict(zip(names, counts, strict=True))
    values.update(zip(("first_det_age", "last_det_gap", "duration"), spans, strict=True))
    values["points_span"] = points_span
    values["age"] = photometry.jd - photometry.jdstarthist
    return values


FAMILY = Family(COLUMNS, compute)
