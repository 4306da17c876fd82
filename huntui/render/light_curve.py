"""A light curve as lines of text: one glyph and colour per band, error bars, upper limits, bright at the top."""

import numpy as np
import numpy.typing as npt

from huntui.columns import BANDS
from huntui.features.slopes import Slope
from huntui.render.axis import Axis
from huntui.render.cells import Canvas, Line
from huntui.render.curve_frame import (
    DETECTION,
    FADING,
    LIMIT,
    MARGIN,
    described,
    legend,
    magnitude_labels,
    time_lines,
)
from huntui.render.curve_look import CurveLook, Entries

_SMALLEST_SPAN = 0.4
_SMALLEST = (20, 5)
_ROOMY = 11
"""Lines from which on both time axes are shown."""

Dots = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def draw(
    entries: Entries, width: int, height: int, look: CurveLook | None = None, slopes: tuple[Slope, ...] = ()
) -> list[Line]:
    """Return `height` lines of `width` cells.

    Time runs to the right in days since the alert, magnitudes upside down. Styles are `band-g`, `band-r`, `band-i`,
    the same with `-faint` for limits and forced photometry, `key` and `value` for what is picked, `faint` and `axis`.
    Any input gives a drawing: where there is nothing to draw, or no room for it, a few words stand.
    """
    if width < 1 or height < 1:
        return []
    if not len(entries):
        return _words("no photometry", width, height)
    if width < _SMALLEST[0] or height < _SMALLEST[1]:
        return _words("too small to draw", width, height)
    return _Drawing(entries, width, height, look or CurveLook(), slopes).lines()


def entry_at(entries: Entries, width: int, height: int, look: CurveLook, cell: tuple[int, int]) -> int | None:
    """Return the entry that is drawn nearest to a cell (column, line) of the drawing; None where nothing is drawn."""
    if not len(entries) or width < _SMALLEST[0] or height < _SMALLEST[1]:
        return None
    return _Drawing(entries, width, height, look, ()).nearest(cell[0] - MARGIN, cell[1] - 1)


def share_of(column: int, width: int) -> float:
    """Return where on the time axis a column of the drawing is: 0 at its beginning, 1 at its end."""
    return min(max((column - MARGIN) / max(1, width - MARGIN - 1), 0.0), 1.0)


class _Drawing:
    """One light curve, drawn once."""

    def __init__(self, entries: Entries, width: int, height: int, look: CurveLook, slopes: tuple[Slope, ...]) -> None:
        self._entries, self._look, self._slopes = entries, look, slopes
        self._width = width
        self._time_lines = 2 if height >= _ROOMY and look.period is None else 1
        self._canvas = Canvas(width - MARGIN, height - 1 - self._time_lines)
        first, last = look.span or entries.whole(look.period)
        self._time = Axis(first, last, 2 * self._canvas.width)
        self._at, self._when = self._places()
        self._magnitude = self._magnitudes()
        self._x = self._time.place(self._when)
        self._y = self._magnitude.place(entries.mag[self._at])

    def _places(self) -> tuple[Dots, Floats]:
        """Return which entries are in view, and where on the time axis; a folded one is there twice."""
        entries, period = self._entries, self._look.period
        at = np.arange(len(entries))
        when = entries.days
        if period is not None:
            phases = entries.phases(period)
            at, when = np.concatenate([at, at]), np.concatenate([phases, phases + 1.0])
        if self._look.span is None:
            return at, when
        inside = (when >= self._time.first) & (when <= self._time.last)
        return at[inside], when[inside]

    def _magnitudes(self) -> Axis:
        """Return the magnitude axis of what is in view, the brightest at the top; of everything where nothing is."""
        bright, faint = self._entries.magnitudes(self._at)
        gap = max(_SMALLEST_SPAN - (faint - bright), 0.06 * (faint - bright))
        return Axis(bright - gap / 2, faint + gap / 2, 4 * self._canvas.height)

    def lines(self) -> list[Line]:
        """Return legend, drawing and time axes."""
        entries, canvas, look = self._entries, self._canvas, self._look
        limit, forced = entries.limit[self._at], entries.forced[self._at]
        kinds = [(fid, band, entries.fid[self._at] == fid) for fid, band in BANDS.items()]
        if look.period is None:
            self._now()
        for _, band, there in kinds:
            self._squares(there & forced & ~limit, f"band-{band}-faint")
        for _, band, there in kinds:
            self._glyphs(there & limit & ~forced, LIMIT[band], f"band-{band}-faint")
        for _, band, there in kinds:
            self._error_bars(there & ~limit & ~forced, f"band-{band}")
        for slope in self._slopes if look.period is None else ():
            self._slope(slope)
        for _, band, there in kinds:
            some, positive = there & ~limit & ~forced, entries.positive[self._at]
            self._glyphs(some & ~positive, FADING[band], f"band-{band}")
            self._glyphs(some & positive, DETECTION[band], f"band-{band}")
        picked = look.picked is not None and look.picked < len(entries)
        if picked:
            self._brackets()
        labels = magnitude_labels(self._magnitude, canvas.height)
        body: list[Line] = [[(labels[row], "axis"), *cells] for row, cells in enumerate(canvas.lines())]
        above = described(entries, look, self._width) if picked else legend(entries, self._slopes, look, self._width)
        return [above, *body, *time_lines(self._time, entries, look, self._width, self._time_lines)]

    def nearest(self, column: int, row: int) -> int | None:
        """Return the entry that is drawn nearest to a cell; a cell is twice as high as it is wide."""
        if not len(self._at):
            return None
        across, down = self._x // 2 - column, 2 * (self._y // 4 - row)
        return int(self._at[np.argmin(across**2 + down**2)])

    def _glyphs(self, some: npt.NDArray[np.bool_], glyph: str, style: str) -> None:
        self._canvas.glyphs(self._x[some] // 2, self._y[some] // 4, glyph, style)

    def _squares(self, some: npt.NDArray[np.bool_], style: str) -> None:
        """Draw small squares of four dots, which are less than a glyph and more than a dot."""
        if not some.any():
            return
        for right, down in ((0, 0), (1, 0), (0, 1), (1, 1)):
            self._canvas.dots(self._x[some] + right, self._y[some] + down, style)

    def _error_bars(self, some: npt.NDArray[np.bool_], style: str) -> None:
        if not some.any():
            return
        mag, bar = self._entries.mag[self._at[some]], self._entries.bar[self._at[some]]
        top, bottom = self._magnitude.place(mag - bar), self._magnitude.place(mag + bar)
        lengths = np.maximum(bottom - top + 1, 1)
        along = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        self._canvas.dots(np.repeat(self._x[some], lengths), np.repeat(top, lengths) + along, style)

    def _now(self) -> None:
        """Draw a line at the time of the alert."""
        if self._time.first <= 0.0 <= self._time.last:
            y = np.arange(0, 4 * self._canvas.height, 2)
            self._canvas.dots(np.full(len(y), self._time.place(np.zeros(1))[0]), y, "faint")

    def _slope(self, slope: Slope) -> None:
        """Draw the line of a fit over the time of its points, with its band before it: a colour may not be seen."""
        ends = np.array([slope.first, slope.last]) - self._entries.alert_jd
        left, right = (min(max(dot, 0), self._time.dots - 1) for dot in self._time.place(ends).tolist())
        x = np.arange(left, right + 1)
        days = self._time.first + x / (self._time.dots - 1) * (self._time.last - self._time.first)
        y = self._magnitude.place(slope.mag + slope.rate * (days + self._entries.alert_jd - slope.last))
        self._canvas.dots(x, y, f"band-{slope.band}")
        if len(x) > 1:
            self._canvas.glyphs(x[:1] // 2 - 1, y[:1] // 4, slope.band, f"band-{slope.band}")

    def _brackets(self) -> None:
        """Set the picked entry between brackets, wherever it is drawn."""
        some = self._at == self._look.picked
        for step, bracket in ((-1, "["), (1, "]")):
            self._canvas.glyphs(self._x[some] // 2 + step, self._y[some] // 4, bracket, "key")


def _words(text: str, width: int, height: int) -> list[Line]:
    """Return an empty drawing with a few words in its middle."""
    return [[((text if row == height // 2 else "")[:width].center(width), "axis")] for row in range(height)]
