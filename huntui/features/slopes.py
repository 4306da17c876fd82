"""The straight lines behind `rate_w` for each band of one object, to be drawn into its light curve."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huntui.alerts.light_curve import LightCurve
from huntui.columns import BANDS


@dataclass(frozen=True, slots=True)
class Slope:
    """A straight line through the newest detections of one band."""

    band: str
    rate: float
    """d(mag)/dt, positive fades: `rate_w` at the band's newest detection, or `rate` where an uncertainty is lacking."""
    error: float
    """1-sigma uncertainty of the rate that follows from the magnitudes' own, NaN where one of those is lacking."""
    points: int
    first: float
    """Julian date of the earliest point of the fit."""
    last: float
    """Julian date of the latest one."""
    mag: float
    """Magnitude of the line at `last`."""

    def at(self, jd: float) -> float:
        """Return the magnitude of the line at a Julian date."""
        return self.mag + self.rate * (jd - self.last)


def slopes(curve: LightCurve, alert_jd: float) -> tuple[Slope, ...]:
    """Return the line of each band that has one at the time of an alert, in the order of the bands.

    Its points are those of `rate`: the band's newest detection, and those of either sign 0.015 to 14 days before it.
    From what an alert's own packet tells (`NightView.told_by`), the line of the alert's band has its `rate_w` and
    `rate_err`.
    """
    seen = ~curve.is_limit & ~curve.is_forced & (curve.jd <= alert_jd)
    found = (_slope(curve, np.flatnonzero(seen & (curve.fid == fid)), band) for fid, band in BANDS.items())
    return tuple(slope for slope in found if slope is not None)


def _slope(curve: LightCurve, seen: npt.NDArray[np.int64], band: str) -> Slope | None:
    if len(seen) < 2:
        return None
    from huntui.features.kernels import LONGEST_LEVER, SHORTEST_LEVER, slope

    newest = seen[-1]
    before = curve.jd[newest] - curve.jd[seen]
    points = seen[(seen == newest) | ((before > SHORTEST_LEVER) & (before <= LONGEST_LEVER))]
    times, mags, sigma = curve.jd[points] - curve.jd[newest], curve.mag[points], curve.sigma[points]
    known = bool((sigma > 0).all())
    weights = 1.0 / sigma**2 if known else np.ones(len(points))
    rate, error = slope(times, mags, weights, len(points))
    if not np.isfinite(rate):
        return None
    middle, height = np.average(times, weights=weights), np.average(mags, weights=weights)
    return Slope(
        band,
        rate,
        error if known else np.nan,
        len(points),
        float(curve.jd[points[0]]),
        float(curve.jd[newest]),
        float(height - rate * middle),
    )
