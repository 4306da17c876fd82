"""The light curve of an object, as arrays and as a plot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.columns import BANDS
from huntui.features.slopes import Slope
from huntui.python.table import extra

_MJD = 2_400_000.5
"""Julian date at which the modified one is 0 [day]."""
_COLOURS = {"g": "#1b7f3b", "r": "#c0392b", "i": "#7a4b12"}


@dataclass(frozen=True, slots=True)
class LightCurve:
    """Everything that the packets of a night tell of an object's brightness, in the order of time.

    All arrays have one value per exposure. What two packets tell of one exposure counts once.
    """

    object_id: str
    """Name of the object."""
    jd: npt.NDArray[np.float64]
    """Julian date (UTC) at the start of the exposure [day]."""
    band: npt.NDArray[np.str_]
    """Band: g, r or i."""
    mag: npt.NDArray[np.float64]
    """Magnitude of the difference, or the 5-sigma limit where `is_limit` [mag]."""
    sigma: npt.NDArray[np.float64]
    """1-sigma uncertainty of `mag`, NaN for a limit [mag]."""
    is_limit: npt.NDArray[np.bool_]
    """Whether nothing was detected, so that `mag` is an upper limit."""
    is_positive: npt.NDArray[np.bool_]
    """Whether the object is brighter than in the reference."""
    is_forced: npt.NDArray[np.bool_]
    """Whether it is forced photometry."""
    rates: Sequence[Slope] = ()
    """Straight lines through each band's newest detections, from the newest packet: `rate` [mag/day] and more."""

    def __len__(self) -> int:
        return len(self.jd)

    def __repr__(self) -> str:
        limits = int(self.is_limit.sum())
        return f"<LightCurve of {self.object_id!r}: {len(self) - limits:,} detections, {limits:,} upper limits>"

    @property
    def detections(self) -> npt.NDArray[np.bool_]:
        """Which exposures are detections of something brighter than the reference, forced photometry left out."""
        return ~self.is_limit & self.is_positive & ~self.is_forced

    def plot(self, ax: Any = None) -> Any:
        """Draw it with matplotlib, bright above, and return the axes; raises `CallError` where that is missing.

        Detections have error bars, limits point downwards, forced photometry is hollow, and the rates are dotted.
        """
        pyplot = extra("matplotlib.pyplot")
        ax = pyplot.subplots()[1] if ax is None else ax
        for band in [band for band in BANDS.values() if np.any(self.band == band)]:
            self._plot_band(ax, band)
        for line in self.rates:
            ends = np.array([line.first, line.last])
            ax.plot(ends - _MJD, [line.at(jd) for jd in ends], ":", color=_COLOURS[line.band])
        ax.set(title=self.object_id.replace("$", r"\$"), xlabel="MJD (UTC)", ylabel="magnitude")
        ax.ticklabel_format(axis="x", useOffset=False)
        if not ax.yaxis_inverted():
            ax.invert_yaxis()
        if len(self):
            ax.legend()
        return ax

    def _plot_band(self, ax: Any, band: str) -> None:
        of_band, colour = self.band == band, _COLOURS[band]
        limits, label = of_band & self.is_limit, band
        for forced in (False, True):
            seen = of_band & ~self.is_limit & (self.is_forced == forced)
            if np.any(seen):
                ax.errorbar(
                    self.jd[seen] - _MJD, self.mag[seen], self.sigma[seen], fmt="o", ms=4, color=colour,
                    mfc="none" if forced else colour, label=f"{label} (forced)" if forced else label,
                )  # fmt: skip
        if np.any(limits):
            ax.plot(self.jd[limits] - _MJD, self.mag[limits], "v", ms=4, mfc="none", color=colour, alpha=0.5)
