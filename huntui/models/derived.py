"""What models read that is no column of an alert: computed for the alerts that are scored, and for no others.

All come from the packet of the alert itself: `hist` is its `prv_candidates` that are detections (a `magpsf` below 99),
of either sign, and the alert. Source: BTSbot's and Kowalski's preparation (Rehemtulla et al. 2024,
github.com/nabeelre/BTSbot, MIT).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from huntui.models.inputs import Alerts

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]

_NO_DETECTION_MAG = 99.0


class _Past(NamedTuple):
    """Detections of some alerts, one value per alert: times [day] and magnitudes."""

    jd: Floats
    begin: Floats
    peak_jd: Floats
    peak: Floats
    faintest: Floats


def _past(alerts: "Alerts", rows: Rows) -> _Past:
    jd = alerts.column("jd")[rows].astype(np.float64)
    own = alerts.column("magpsf")[rows].astype(np.float64)
    past = _Past(jd, jd.copy(), jd.copy(), own.copy(), own.copy())
    for k, row in enumerate(rows.tolist()):
        entries = alerts.history.one(row)
        if not entries:
            continue
        seen = entries["magpsf"] < _NO_DETECTION_MAG
        if not seen.any():
            continue
        mags, times = entries["magpsf"][seen].astype(np.float64), entries["jd"][seen]
        past.begin[k] = min(past.begin[k], float(times.min()))
        brightest = int(mags.argmin())
        if mags[brightest] < past.peak[k]:
            past.peak[k], past.peak_jd[k] = mags[brightest], times[brightest]
        past.faintest[k] = max(past.faintest[k], float(mags.max()))
    return past


def _beginning(alerts: "Alerts", rows: Rows, past: _Past) -> Floats:
    return np.asarray(np.fmin(alerts.column("jdstarthist")[rows], past.begin), np.float64)


def _age(alerts: "Alerts", rows: Rows) -> Floats:
    past = _past(alerts, rows)
    return past.jd - _beginning(alerts, rows, past)


def _since_peak(alerts: "Alerts", rows: Rows) -> Floats:
    past = _past(alerts, rows)
    return past.jd - past.peak_jd


def _to_peak(alerts: "Alerts", rows: Rows) -> Floats:
    past = _past(alerts, rows)
    return past.peak_jd - _beginning(alerts, rows, past)


def _peak(alerts: "Alerts", rows: Rows) -> Floats:
    return _past(alerts, rows).peak


def _faintest(alerts: "Alerts", rows: Rows) -> Floats:
    return _past(alerts, rows).faintest


def _not_detected(alerts: "Alerts", rows: Rows) -> Floats:
    covered, detected = (alerts.column(name)[rows].astype(np.float64) for name in ("ncovhist", "ndethist"))
    return np.where((covered < 0) | (detected < 0), np.nan, covered - detected)


DERIVED: dict[str, tuple[str, Callable[["Alerts", Rows], Floats]]] = {
    "hist_age": ("days from the earlier of jdstarthist and the first of hist to the alert", _age),
    "hist_days_since_peak": ("days from the brightest of hist to the alert", _since_peak),
    "hist_days_to_peak": ("days from the beginning, as of hist_age, to the brightest of hist", _to_peak),
    "hist_peak_mag": ("magpsf of the brightest of hist", _peak),
    "hist_faintest_mag": ("magpsf of the faintest of hist", _faintest),
    "hist_nondetections": ("ncovhist − ndethist", _not_detected),
}
"""Name -> what it is, and the function that computes it for some rows."""
