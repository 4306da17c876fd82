"""How a light curve is looked at: which part of its time, folded or not, and which of its points is picked out."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from huntui.alerts.light_curve import LightCurve
from huntui.columns import BANDS

Span = tuple[float, float]
"""First and last value of the time axis: days since the alert, or phases where the curve is folded."""

TWO_PERIODS: Span = (0.0, 2.0)
"""Phases that a folded curve is drawn over, so that no part of a period is cut in two."""
SHORTEST_SPAN = 1e-3
"""The least that can be zoomed in to [day, or periods]: a minute and a half, three exposures of ZTF."""
SHORTEST_PERIOD, LONGEST_PERIOD = 1e-3, 1e4
"""Periods that a curve can be folded at [day]."""
LONGEST_BAR = 1.0
"""Error bars are cut at this many magnitudes, so that one bad point does not flatten the rest [mag]."""
_LARGEST_MAG = 99.0
_EARLIEST_JD, _LATEST_JD = 1_721_426.0, 5_373_484.0
"""The years 1 to 9999, which is what a calendar here knows."""
_BEYOND = 0.03
"""Share of the whole time that is shown before the first entry and after the last one."""


@dataclass(frozen=True, slots=True)
class CurveLook:
    """What somebody chose to see of a light curve; all of it where nothing was chosen."""

    span: Span | None = None
    """Part of the time axis, None for all of it."""
    period: float | None = None
    """Period at which the curve is folded [day]."""
    dates: bool = False
    """Whether UT comes before days since the alert, where there is no room for both."""
    picked: int | None = None
    """Place in `Entries` of the point that is described."""


class Entries:
    """What can be drawn of a light curve, in order of time; what is no magnitude or no date is left out."""

    def __init__(self, curve: LightCurve, alert_jd: float | None = None) -> None:
        """Take a curve and the time of the alert, which is that of its newest entry where nothing else is known."""
        dated = (curve.jd > _EARLIEST_JD) & (curve.jd < _LATEST_JD)
        known_band = (curve.fid >= min(BANDS)) & (curve.fid <= max(BANDS))
        drawn = dated & known_band & (np.abs(curve.mag) < _LARGEST_MAG)
        self.jd, self.mag = curve.jd[drawn], curve.mag[drawn]
        self.fid = curve.fid[drawn]
        self.sigma = curve.sigma[drawn]
        self.limit, self.forced, self.positive = curve.is_limit[drawn], curve.is_forced[drawn], curve.is_positive[drawn]
        # Half the length of each error bar: none for a limit, or where no uncertainty is known.
        self.bar = np.where(~self.limit & (self.sigma > 0), np.minimum(self.sigma, LONGEST_BAR), 0.0)
        self.program = np.full(len(self.jd), -1) if curve.programid is None else curve.programid[drawn]
        known = alert_jd is not None and _EARLIEST_JD < alert_jd < _LATEST_JD
        self.alert_jd = alert_jd if known and alert_jd is not None else float(self.jd.max(initial=_EARLIEST_JD))
        self.days = self.jd - self.alert_jd

    def __len__(self) -> int:
        return len(self.jd)

    def band(self, place: int) -> str:
        """Return the name of the band of an entry."""
        return BANDS[int(self.fid[place])]

    def whole(self, period: float | None) -> Span:
        """Return the time axis on which everything is seen."""
        if period is not None:
            return TWO_PERIODS
        first, last = min(float(self.days.min()), -1.0), max(float(self.days.max()), 0.0)
        return first - _BEYOND * (last - first), last + _BEYOND * (last - first)

    def magnitudes(self, at: npt.NDArray[np.int64]) -> tuple[float, float]:
        """Return the brightest and the faintest magnitude of some entries with their bars, of all where none is."""
        chosen = at if len(at) else np.arange(len(self))
        mag, bar = self.mag[chosen], self.bar[chosen]
        return float((mag - bar).min()), float((mag + bar).max())

    def phases(self, period: float) -> npt.NDArray[np.float64]:
        """Return the phase of each entry, from 0 to 1; the alert is at 0."""
        return np.asarray((self.days / period) % 1.0)


def zoomed(entries: Entries, look: CurveLook, factor: float, share: float | None = None) -> CurveLook:
    """Return a look at `factor` times as much time, where what is at `share` of the axis stays in its place.

    Where nothing is said that is the picked entry, else the alert, else the middle. Zooming out ends at the whole.
    """
    whole = entries.whole(look.period)
    first, last = look.span or whole
    share = _share_to_keep(entries, look, (first, last)) if share is None else share
    length = max(factor * (last - first), SHORTEST_SPAN)
    if length >= whole[1] - whole[0]:
        return replace(look, span=None)
    begin = first + share * ((last - first) - length)
    return replace(look, span=_within((begin, begin + length), whole))


def _share_to_keep(entries: Entries, look: CurveLook, span: Span) -> float:
    picked = look.picked if look.picked is not None and look.picked < len(entries) else None
    if look.period is not None:
        phase = None if picked is None else float(entries.phases(look.period)[picked])
        wanted = [] if phase is None else [phase, phase + 1.0]
    else:
        wanted = ([] if picked is None else [float(entries.days[picked])]) + [0.0]
    shares = ((place - span[0]) / (span[1] - span[0]) for place in wanted)
    return next((share for share in shares if 0.0 <= share <= 1.0), 0.5)


def panned(entries: Entries, look: CurveLook, share: float) -> CurveLook:
    """Return a look at what is a share of the axis later (earlier where negative), as far as there is something."""
    if look.span is None:
        return look
    first, last = look.span
    step = share * (last - first)
    return replace(look, span=_within((first + step, last + step), entries.whole(look.period)))


def folded(look: CurveLook, period: float | None) -> CurveLook:
    """Return a look at the curve folded at a period [day], or not folded, and all of it."""
    return replace(look, period=period, span=None)


def stepped(entries: Entries, look: CurveLook, step: int) -> CurveLook:
    """Return a look with the next entry in time picked, or the one before; the first step picks the newest one.

    Behind the newest comes the oldest.

    The picked entry is brought into view.
    """
    if not len(entries):
        return look
    at = len(entries) - 1 if look.picked is None else (look.picked + step) % len(entries)
    return in_view(entries, replace(look, picked=at))


def in_view(entries: Entries, look: CurveLook) -> CurveLook:
    """Return a look that shows the picked entry, by moving the part of the time that is shown."""
    if look.span is None or look.picked is None or look.picked >= len(entries):
        return look
    first, last = look.span
    if look.period is None:
        places = [float(entries.days[look.picked])]
    else:
        phase = float(entries.phases(look.period)[look.picked])
        places = [phase, phase + 1.0]
    if any(first <= place <= last for place in places):
        return look
    begin = places[0] - (last - first) / 2
    return replace(look, span=_within((begin, begin + last - first), entries.whole(look.period)))


def carried(look: CurveLook, before: Entries, entries: Entries) -> CurveLook:
    """Return the same look at an object of which more is known than before: the same time, and the same entry."""
    picked = None
    if look.picked is not None and look.picked < len(before):
        jd, fid = before.jd[look.picked], before.fid[look.picked]
        same = np.flatnonzero((entries.jd == jd) & (entries.fid == fid))
        picked = int(same[0]) if len(same) else None
    span, shift = look.span, before.alert_jd - entries.alert_jd
    if span is not None and look.period is None:
        span = _within((span[0] + shift, span[1] + shift), entries.whole(None)) if len(entries) else None
    return replace(look, span=span, picked=picked)


def _within(span: Span, whole: Span) -> Span:
    """Return a span moved to where it lies within the whole."""
    shift = max(whole[0] - span[0], 0.0) + min(whole[1] - span[1], 0.0)
    return span[0] + shift, span[1] + shift
