"""What Fink's rate-based filter for kilonovae asks: how fast the apparent magnitude, that of all light there, fades.

A packet gives the brightness of the change; with the nearest source of the reference image it gives that of the place.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import Family, Float64s
from huntui.packets.batch import Int64s

_FINK = "Fink's rate_based_kn_candidates, github.com/astrolabsoftware/fink-filters, and dc_mag of fink-utils"
_POGSON = 1.0857
"""As written in fink-utils: 2.5 / ln(10), rounded."""

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


class Apparent(NamedTuple):
    """Apparent magnitudes of a batch as the kernel takes them: all alerts, then all entries of their histories."""

    jd: Float64s
    fid: npt.NDArray[np.int32]
    mag: Float64s
    """NaN for what is no detection, has no reference source, or is nothing or less when subtracted."""
    sigma: Float64s
    offsets: Int64s
    """The history of alert k is `offsets[k]:offsets[k + 1]` of the entries."""


def apparent(batch: AlertBatch) -> Apparent:
    """Return apparent magnitudes and their 1-sigma uncertainties: ZTF Science Data System, explanatory supplement."""
    history: dict[str, Any] = batch.history.columns

    def both(name: str) -> npt.NDArray[Any]:
        return np.concatenate([batch.columns[name], history[name]]).astype(np.float64)

    brighter = np.concatenate([batch.columns["isdiffpos"] == batch.texts.find("t"), history["isdiffpos"] == 1])
    magnr = both("magnr")
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        change = 10 ** (-0.4 * both("magpsf"))
        reference = 10 ** (-0.4 * np.where(magnr < 0, np.nan, magnr))
        flux = reference + np.where(brighter, change, -change)
        noise = np.hypot(both("sigmapsf") / _POGSON * change, both("sigmagnr") / _POGSON * reference)
        mag = -2.5 * np.log10(flux)
        sigma = noise / flux * _POGSON
    return Apparent(both("jd"), both("fid").astype(np.int32), mag, sigma, batch.history.offsets + len(batch))


def compute(batch: AlertBatch) -> Columns:
    """Return the rates of a batch."""
    from huntui.features.published import kernels

    rates = np.full(len(batch), np.nan, np.float32)
    kernels.apparent_rates(apparent(batch), rates)
    return {"apparent_rate": rates}


FAMILY = Family(COLUMNS, compute)
