"""The light curve of one object as a drawing: magnitudes over days before and after an alert of it."""

import math

import numpy as np
import numpy.typing as npt

from huntui.alerts.light_curve import LightCurve
from huntui.columns import BANDS
from huntui.exports.figures.drawing import Disc, Drawing, Mark, Place, Shape, Stroke, Words

WIDTH, HEIGHT = 640.0, 280.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 628.0, 30.0, 244.0
_INK, _GRID, _QUIET = "#222222", "#dddddd", "#666666"
_COLOURS = {1: "#008066", 2: "#c8321e", 3: "#6a4ca5"}
"""Of g, r and i: as far apart in lightness as in hue; each has a form of its own as well."""
_OTHER = "#555555"
_BRIGHTEST, _FAINTEST = -5.0, 40.0
"""Magnitudes beyond these are no measurements, and would leave no room for those that are."""
_MOST_DAYS = 40_000.0
_MOST_POINTS = 3_000
_STEPS = (1.0, 2.0, 5.0)

Floats = npt.NDArray[np.float64]


def draw_light_curve(curve: LightCurve, jd: float, title: str) -> Drawing | None:
    """Return the drawing, or None where there is no point that could be drawn.

    Days count from `jd`, the alert's own, which a line marks. Detections are filled and have error bars of one sigma,
    those fainter than the reference are hollow, and upper limits point downwards; the band is told by colour and form.
    """
    drawn = _drawable(curve, jd)
    if not len(drawn):
        return None
    days = curve.jd[drawn] - jd
    sigma = np.nan_to_num(curve.sigma[drawn], nan=0.0, posinf=0.0)
    sigma = np.clip(sigma, 0.0, 2.0)
    mag = curve.mag[drawn]
    frame = _Frame(*_wide(float(min(days.min(), 0.0)), float(max(days.max(), 0.0)), 1.0), *_tall(mag, sigma))
    marks: list[Mark] = [*_axes(frame)]
    # Limits first: a detection is never below one.
    for k in sorted(range(len(drawn)), key=lambda k: not curve.is_limit[drawn[k]]):
        place = frame.at(float(days[k]), float(mag[k]))
        fid, at = int(curve.fid[drawn[k]]), drawn[k]
        if curve.is_limit[at]:
            marks.append(_limit(place, _COLOURS.get(fid, _OTHER)))
            continue
        low, high = (frame.at(float(days[k]), float(mag[k] + sign * sigma[k])) for sign in (1, -1))
        marks.append(Stroke(low, high, _COLOURS.get(fid, _OTHER)))
        marks.append(_point(place, fid, filled=bool(curve.is_positive[at]), small=bool(curve.is_forced[at])))
    marks += _legend(curve, drawn)
    return Drawing(WIDTH, HEIGHT, title, tuple(marks))


def _drawable(curve: LightCurve, jd: float) -> npt.NDArray[np.int64]:
    """Return the places of points that are within reason, the newest of too many."""
    if not math.isfinite(jd):
        return np.empty(0, np.int64)
    reasonable = (curve.mag > _BRIGHTEST) & (curve.mag < _FAINTEST) & (np.abs(curve.jd - jd) < _MOST_DAYS)
    return np.flatnonzero(reasonable)[-_MOST_POINTS:]


class _Frame:
    """Where days and magnitudes lie; the brighter is above."""

    def __init__(self, first: float, last: float, bright: float, faint: float) -> None:
        self.first, self.last, self.bright, self.faint = first, last, bright, faint

    def at(self, day: float, mag: float) -> Place:
        x = _LEFT + (day - self.first) / (self.last - self.first) * (_RIGHT - _LEFT)
        y = _TOP + (mag - self.bright) / (self.faint - self.bright) * (_BOTTOM - _TOP)
        return x, min(max(y, _TOP), _BOTTOM)


def _wide(low: float, high: float, least: float) -> tuple[float, float]:
    """Return a range with a margin at both sides, of a width of at least `least`."""
    room = max(high - low, least) * 0.04
    missing = max(least - (high - low), 0.0) / 2
    return low - room - missing, high + room + missing


def _tall(mag: Floats, sigma: Floats) -> tuple[float, float]:
    return _wide(float((mag - sigma).min()), float((mag + sigma).max()), 0.5)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers from `low` to `high`, evenly spaced by 1, 2 or 5 times a power of ten, `most` or fewer."""
    least = (high - low) / most
    power = 10.0 ** math.floor(math.log10(least))
    step = next((power * one for one in (*_STEPS, 10.0) if power * one >= least), power * 10.0)
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _axes(frame: _Frame) -> list[Mark]:
    marks: list[Mark] = []
    for mag in ticks(frame.bright, frame.faint, 6):
        _, y = frame.at(frame.first, mag)
        marks.append(Stroke((_LEFT, y), (_RIGHT, y), _GRID, 0.7))
        marks.append(Words((_LEFT - 5, y + 4), f"{mag:g}" if abs(mag) > 1e-9 else "0", _QUIET, "end"))
    for day in ticks(frame.first, frame.last, 9):
        x, _ = frame.at(day, frame.faint)
        marks.append(Stroke((x, _TOP), (x, _BOTTOM), _GRID, 0.7))
        marks.append(Words((x, _BOTTOM + 14), f"{day:+g}" if abs(day) > 1e-9 else "0", _QUIET, "middle"))
    now, _ = frame.at(0.0, frame.faint)
    marks.append(Stroke((now, _TOP), (now, _BOTTOM), _QUIET, 0.9, dashed=True))
    corners = (_LEFT, _TOP), (_RIGHT, _TOP), (_RIGHT, _BOTTOM), (_LEFT, _BOTTOM)
    marks += [Stroke(a, b, _INK, 0.9) for a, b in zip(corners, (*corners[1:], corners[0]), strict=True)]
    marks.append(Words((_LEFT - 5, _TOP - 8), "mag", _INK, "end"))
    marks.append(Words(((_LEFT + _RIGHT) / 2, HEIGHT - 6), "days from this alert (dashed)", _INK, "middle"))
    return marks


def _point(place: Place, fid: int, *, filled: bool, small: bool) -> Mark:
    """Return a circle for g, a square for r, a diamond for i and all others."""
    (x, y), reach, colour = place, 2.6 if small else 3.6, _COLOURS.get(fid, _OTHER)
    if fid == 1:
        return Disc(place, reach, colour, filled)
    if fid == 2:
        side = reach * 0.9
        return Shape(
            ((x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side)), colour, filled
        )
    wide = reach * 1.25
    return Shape(((x, y - wide), (x + wide, y), (x, y + wide), (x - wide, y)), colour, filled)


def _limit(place: Place, colour: str) -> Mark:
    x, y = place
    return Shape(((x - 3, y - 2), (x + 3, y - 2), (x, y + 3)), colour, filled=False)


def _legend(curve: LightCurve, drawn: npt.NDArray[np.int64]) -> list[Mark]:
    marks: list[Mark] = []
    x, y = _LEFT + 10, _TOP - 12
    for fid in sorted({int(one) for one in curve.fid[drawn]}):
        marks.append(_point((x, y), fid, filled=True, small=False))
        name = BANDS.get(fid, str(fid))
        marks.append(Words((x + 8, y + 4), name, _INK))
        x += 26 + 6 * len(name)
    limits, positive, forced = curve.is_limit[drawn], curve.is_positive[drawn], curve.is_forced[drawn]
    if limits.any():
        marks += [_limit((x, y), _INK), Words((x + 8, y + 4), "upper limit (5 sigma)", _INK)]
        x += 136
    if (~positive & ~limits).any():
        marks += [Disc((x, y), 3.6, _INK, filled=False), Words((x + 8, y + 4), "fainter than reference", _INK)]
        x += 140
    if forced.any():
        marks += [Disc((x, y), 2.6, _INK), Words((x + 8, y + 4), "small: forced photometry", _INK)]
    return marks
