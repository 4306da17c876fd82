"""A light curve as plotext draws it, with a frame and two time axes; this file alone imports plotext."""

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from huntui.columns import BANDS
from huntui.features.slopes import Slope
from huntui.render.axis import Axis, tick_label, tick_step
from huntui.render.cells import Line
from huntui.render.curve_frame import DETECTION, FADING, FORCED, LIMIT, legend
from huntui.render.curve_look import CurveLook, Entries
from huntui.render.dates import date_ticks, with_rest

if TYPE_CHECKING:
    from types import ModuleType

SMALLEST = (40, 14)
"""The least that frame, axes and legend leave room to draw in."""
_STYLES = ("band-g", "band-r", "band-i", "band-g-faint", "band-r-faint", "band-i-faint", "faint")
_FIRST_CODE = 101
"""Number of the first style among the terminal's colours: what plotext paints in no number of ours is the frame."""
_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
_ROOM_OF_LABEL = 14

Bools = npt.NDArray[np.bool_]


def plot(
    entries: Entries, width: int, height: int, look: CurveLook | None = None, slopes: tuple[Slope, ...] = ()
) -> list[Line]:
    """Return `height` lines of `width` cells with styles as `draw` has them; `SMALLEST` is the least there must be.

    The first call imports plotext, which takes half a second. The figure is this call's own.
    """
    import plotext

    look = look or CurveLook()
    figure = _Figure(plotext, entries, width, height - 1, look)
    figure.draw(() if look.period else slopes)
    # A legend inside the frame would lie over points.
    return [legend(entries, slopes, look, width), *figure.lines()]


class _Figure:
    """One figure of plotext that shares nothing with any other."""

    def __init__(self, plotext: "ModuleType", entries: Entries, width: int, height: int, look: CurveLook) -> None:
        self._plotext, self._entries, self._look = plotext, entries, look
        terminal = type(plotext.terminal)()
        terminal.limit(False, False)
        self._figure: Any = type(plotext.figure)(terminal)
        self._figure.plot_size(width, height)
        self._figure.canvas("default")
        self._figure.legend(False)
        self._width, self._height = width, height
        self._span = look.span or entries.whole(look.period)
        phases = entries.phases(look.period) if look.period is not None else None
        self._when = entries.days if phases is None else np.concatenate([phases, phases + 1.0])
        self._at = np.arange(len(self._when)) % len(entries)
        self._inside = (self._when >= self._span[0]) & (self._when <= self._span[1])

    def draw(self, slopes: tuple[Slope, ...]) -> None:
        """Draw everything that is in view."""
        entries, at = self._entries, self._at
        limit, forced, positive = entries.limit[at], entries.forced[at], entries.positive[at]
        kinds = [(band, self._inside & (entries.fid[at] == fid)) for fid, band in BANDS.items()]
        for band, there in kinds:
            self._scatter(there & forced & ~limit, FORCED, f"band-{band}-faint")
            self._scatter(there & limit & ~forced, LIMIT[band], f"band-{band}-faint")
        for band, there in kinds:
            self._error_bars(there & ~limit & ~forced, band)
        for slope in slopes:
            self._slope(slope)
        for band, there in kinds:
            seen = there & ~limit & ~forced
            self._scatter(seen & ~positive, FADING[band], f"band-{band}")
            self._scatter(seen & positive, DETECTION[band], f"band-{band}")
        if self._look.period is None and self._span[0] <= 0 <= self._span[1]:
            self._figure.line(0.0, orientation="vertical", pixel=self._pixel("faint"))
        self._axes()

    def _pixel(self, style: str) -> Any:
        return self._plotext.pixel(foreground=_FIRST_CODE + _STYLES.index(style))

    def _scatter(self, some: Bools, glyph: str, style: str) -> None:
        if some.any():
            marker = self._plotext.marker(glyph, pixel=self._pixel(style))
            x, y = self._when[some].tolist(), self._entries.mag[self._at[some]].tolist()
            self._figure.draw(self._figure.signal(x, y, marker=marker))

    def _error_bars(self, some: Bools, band: str) -> None:
        some = some & (self._entries.bar[self._at] > 0)
        if some.any():
            x, y = self._when[some].tolist(), self._entries.mag[self._at[some]].tolist()
            bars = (2 * self._entries.bar[self._at[some]]).tolist()
            self._figure.draw(self._figure.error(x, y, bars, pixel=self._pixel(f"band-{band}")))

    def _slope(self, slope: Slope) -> None:
        jd = self._entries.alert_jd
        first, last = max(slope.first - jd, self._span[0]), min(slope.last - jd, self._span[1])
        if first < last:
            marker = self._plotext.marker("braille", pixel=self._pixel(f"band-{slope.band}"))
            ends = [slope.at(first + jd), slope.at(last + jd)]
            self._figure.draw(self._figure.signal([first, last], ends, marker=marker).lines(True))
            name = self._plotext.colorize(f"{slope.band} ", self._pixel(f"band-{slope.band}"))
            self._figure.draw(self._figure.text(first, ends[0], name, alignment="right"))

    def _axes(self) -> None:
        figure, (first, last) = self._figure, self._span
        bright, faint = self._entries.magnitudes(self._at[self._inside])
        room = max(0.2, 0.05 * (faint - bright))
        bright, faint = bright - room, faint + room
        figure.ruler("y", "left").direction(-1)
        figure.ruler("y", "left").lim(bright, faint).ticks(*_ticks(bright, faint, max(3, self._height // 4)))
        figure.label("mag", "y", "left")
        at_most = max(3, self._width // _ROOM_OF_LABEL)
        figure.ruler("x", "lower").lim(first, last).ticks(*_ticks(first, last, at_most))
        if self._look.period is not None:
            figure.label(f"phase at a period of {self._look.period:.6g} d", "x", "lower")
            return
        figure.label("days since the alert", "x", "lower")
        jd = self._entries.alert_jd
        dates = date_ticks(first + jd, last + jd, at_most)
        labels = [with_rest(*tick) if number == 0 else tick[1] for number, tick in enumerate(dates)]
        figure.ruler("x", "upper").lim(first, last).ticks([moment - jd for moment, _ in dates], labels)
        figure.label("UT", "x", "upper")

    def lines(self) -> list[Line]:
        """Return what plotext built, its colours as names of styles."""
        return [_line(text) for text in self._figure.build().string().split("\n")[: self._height]]


def _ticks(first: float, last: float, at_most: int) -> tuple[list[float], list[str]]:
    step = tick_step(last - first, at_most)
    values = Axis(first, last, 2).ticks(at_most)
    return values, [tick_label(value, step).replace("-", "−") for value in values]


def _line(text: str) -> Line:
    """Return a line without escapes, each piece with the style that its colour stands for."""
    pieces: Line = []
    style = "axis"
    for number, part in enumerate(_ESCAPE.split(text)):
        if number % 2:
            style = style if part.startswith("48;") else _style(part)  # backgrounds are the panel's
        elif part:
            pieces.append((part, style))
    return pieces


def _style(code: str) -> str:
    """Return the style of a colour of text."""
    number = code.removeprefix("38;5;")
    at = int(number) - _FIRST_CODE if number.isdigit() and number != code else -1
    return _STYLES[at] if 0 <= at < len(_STYLES) else "axis"
