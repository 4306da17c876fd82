"""A light curve as lines of text: one glyph and colour per band, error bars, upper limits, bright at the top."""

import numpy as np
import numpy.typing as npt

from huntui.alerts.light_curve import LightCurve
from huntui.columns import BANDS
from huntui.render.axis import Axis, tick_label, tick_step
from huntui.render.cells import Canvas, Line

DETECTION = {"g": "●", "r": "◆", "i": "■"}
"""Glyph of a detection brighter than the reference."""
FADING = {"g": "○", "r": "◇", "i": "□"}
"""Glyph of a detection fainter than the reference."""
LIMIT = {"g": "▾", "r": "▿", "i": "▾"}
"""Glyph of an upper limit: the object was fainter than this."""

LONGEST_BAR = 1.0
"""Error bars are cut at this many magnitudes, so that one bad point does not flatten the rest [mag]."""
_SMALLEST_SPAN = 0.4
_LARGEST_MAG, _LARGEST_JD = 99.0, 1e7
_MARGIN = 6
"""Cells left of the drawing for the magnitudes."""


def draw(curve: LightCurve, width: int, height: int) -> list[Line]:
    """Return `height` lines of `width` cells.

    Time runs to the right in days before the newest entry, magnitudes upside down. Styles are `band-g`, `band-r`,
    `band-i`, the same with `-faint` for limits and forced photometry, and `axis`. Any input gives a drawing: what is
    no magnitude or no date is left out, and where there is nothing to draw, or no room for it, a few words stand.
    """
    if width < 1 or height < 1:
        return []
    shown = (np.abs(curve.jd) < _LARGEST_JD) & (np.abs(curve.mag) < _LARGEST_MAG) & np.isin(curve.fid, list(BANDS))
    if not shown.any():
        return _words("no photometry", width, height)
    if width < 20 or height < 5:
        return _words("too small to draw", width, height)
    return _drawing(_Points(curve, shown), width, height)


class _Points:
    """The usable entries of a light curve, with time in days before the newest."""

    def __init__(self, curve: LightCurve, shown: npt.NDArray[np.bool_]) -> None:
        self.days = curve.jd[shown] - curve.jd[shown].max()
        self.mag = curve.mag[shown]
        self.sigma = np.clip(np.nan_to_num(curve.sigma[shown], nan=0.0, posinf=LONGEST_BAR), 0.0, LONGEST_BAR)
        self.band = np.array([BANDS[int(fid)] for fid in curve.fid[shown]])
        self.limit, self.forced, self.positive = curve.is_limit[shown], curve.is_forced[shown], curve.is_positive[shown]

    def axes(self, dots_across: int, dots_down: int) -> tuple[Axis, Axis]:
        """Return the time axis and the magnitude axis, the brightest at the top."""
        bright = float((self.mag - np.where(self.limit, 0.0, self.sigma)).min())
        faint = float((self.mag + np.where(self.limit, 0.0, self.sigma)).max())
        gap = max(_SMALLEST_SPAN - (faint - bright), 0.06 * (faint - bright))
        first = min(float(self.days.min()), -1.0)
        return Axis(first * 1.03, -first * 0.03, dots_across), Axis(bright - gap / 2, faint + gap / 2, dots_down)


def _drawing(points: _Points, width: int, height: int) -> list[Line]:
    across, down = width - _MARGIN, height - 2
    canvas = Canvas(across, down)
    time, magnitude = points.axes(2 * across, 4 * down)
    x, y = time.place(points.days), magnitude.place(points.mag)
    _forced(canvas, points, x, y)
    for band in BANDS.values():
        _limits(canvas, points, band, x, y)
    for band in BANDS.values():
        _error_bars(canvas, points, band, x, magnitude)
    for band in BANDS.values():
        _detections(canvas, points, band, x, y)
    labels = _magnitude_labels(magnitude, down)
    body: list[Line] = [[(labels[row], "axis"), *cells] for row, cells in enumerate(canvas.lines())]
    return [_legend(points, width), *body, _time_line(time, across, width)]


def _forced(canvas: Canvas, points: _Points, x: npt.NDArray[np.int64], y: npt.NDArray[np.int64]) -> None:
    for band in BANDS.values():
        some = points.forced & ~points.limit & (points.band == band)
        canvas.dots(x[some], y[some], f"band-{band}-faint")


def _limits(canvas: Canvas, points: _Points, band: str, x: npt.NDArray[np.int64], y: npt.NDArray[np.int64]) -> None:
    some = points.limit & ~points.forced & (points.band == band)
    canvas.glyphs(x[some] // 2, y[some] // 4, LIMIT[band], f"band-{band}-faint")


def _error_bars(canvas: Canvas, points: _Points, band: str, x: npt.NDArray[np.int64], magnitude: Axis) -> None:
    some = np.flatnonzero(~points.limit & ~points.forced & (points.band == band))
    top = magnitude.place(points.mag[some] - points.sigma[some])
    bottom = magnitude.place(points.mag[some] + points.sigma[some])
    lengths = np.maximum(bottom - top + 1, 1)
    along = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    canvas.dots(np.repeat(x[some], lengths), np.repeat(top, lengths) + along, f"band-{band}")


def _detections(canvas: Canvas, points: _Points, band: str, x: npt.NDArray[np.int64], y: npt.NDArray[np.int64]) -> None:
    some = ~points.limit & ~points.forced & (points.band == band)
    for marks, wanted in ((FADING, some & ~points.positive), (DETECTION, some & points.positive)):
        canvas.glyphs(x[wanted] // 2, y[wanted] // 4, marks[band], f"band-{band}")


def _magnitude_labels(magnitude: Axis, rows: int) -> list[str]:
    """Return the text left of each row, `_MARGIN` cells wide."""
    labels = [" " * (_MARGIN - 1) + "│"] * rows
    at_most = max(3, rows // 3)
    step = tick_step(magnitude.last - magnitude.first, at_most)
    ticks = magnitude.ticks(at_most)
    for tick, row in zip(ticks, magnitude.place(np.array(ticks)) // 4, strict=True):
        labels[int(row)] = tick_label(tick, step).rjust(_MARGIN - 1)[: _MARGIN - 1] + "┤"
    return labels


def _time_line(time: Axis, across: int, width: int) -> Line:
    """Return the line under the drawing: days before the newest entry, with the unit where there is room."""
    at_most = max(3, across // 6)
    step = tick_step(time.last - time.first, at_most)
    cells = [" "] * width
    ticks = time.ticks(at_most)
    for tick, dot in zip(ticks, time.place(np.array(ticks)), strict=True):
        label = tick_label(tick, step).replace("-", "−")
        if tick == ticks[-1] and across >= 24:
            label += " d"
        start = min(_MARGIN + int(dot) // 2 - (len(label) - 1) // 2, width - len(label))
        if all(cell == " " for cell in cells[max(0, start - 1) : start + len(label)]):
            cells[start : start + len(label)] = label
    return [("".join(cells), "axis")]


def _legend(points: _Points, width: int) -> Line:
    """Return the line above the drawing: what the glyphs are and how many there are of each."""
    pieces: Line = []
    seen = ~points.limit & ~points.forced
    for band in BANDS.values():
        if count := int((seen & (points.band == band)).sum()):
            pieces.append((f"{DETECTION[band]} {band} {count}  ", f"band-{band}"))
    wanted = {
        f"{LIMIT['g']}{LIMIT['r']} limit {int((points.limit & ~points.forced).sum())}  ": points.limit & ~points.forced,
        "○◇ fainter than the reference  ": seen & ~points.positive,
        "⠂ forced  ": points.forced & ~points.limit,
    }
    pieces += [(text, "axis") for text, some in wanted.items() if some.any()]
    left = width - 1
    line: Line = [(" ", "axis")]
    for text, style in pieces:
        if len(text.rstrip()) <= left:
            line.append((text[:left], style))
            left -= len(text[:left])
    return [*line, (" " * left, "axis")]


def _words(text: str, width: int, height: int) -> list[Line]:
    """Return an empty drawing with a few words in its middle."""
    return [[((text if row == height // 2 else "")[:width].center(width), "axis")] for row in range(height)]
