"""A light curve in one line of a table: the band of the newest detection, bright is high."""

from collections.abc import Sequence
from math import inf

from huntui.columns import BANDS
from huntui.render.cells import Line

LIMIT = "·"
"""What stands where somebody looked and the object was not seen."""
LONGEST_SPAN = 30.0
"""What is longer ago than this is not drawn: the history of a packet reaches back so far [day]."""
SHORTEST_SPAN = 1.0
"""Time that the cells share at least, so that a visit of some minutes is not spread over all of them [day]."""
SMALLEST_RANGE = 0.5
"""Magnitudes from the lowest bar to the highest at least, so that noise stays flat [mag]."""
_HEIGHTS = "▁▂▃▄▅▆▇█"
_LARGEST_MAG, _LARGEST_JD = 99.0, 1e8
_BLANK = inf
"""What stands in a cell in whose time nobody looked; where there are only limits it is `_LARGEST_MAG`."""


def sparkline(jd: Sequence[float], mag: Sequence[float], fid: Sequence[int], width: int) -> Line:
    """Return pieces of `width` cells together: a bar for the brightest detection in each part of the time.

    The last entry is the newest detection: its band is drawn, up to its time. A magnitude that is none, or of 99 and
    more, is a limit. Styles are `band-g`, `band-r` or `band-i`, with `-faint` where there is no bar. Plain Python,
    since arrays as short as these cost more than they save.
    """
    band = BANDS.get(fid[-1]) if fid else None
    if band is None or width < 1 or not abs(jd[-1]) < _LARGEST_JD:
        return [(" " * max(0, width), "axis")]
    wanted, end = fid[-1], jd[-1]
    oldest = end - LONGEST_SPAN
    own = [(t, m) for t, m, f in zip(jd, mag, fid, strict=True) if f == wanted and oldest <= t <= end]
    begin = min([end - SHORTEST_SPAN, *(t for t, _ in own)])
    scale, last = width / (end - begin), width - 1
    cells = [_BLANK] * width
    for t, magnitude in own:
        place = min(int((t - begin) * scale), last)
        seen = magnitude if -_LARGEST_MAG < magnitude < _LARGEST_MAG else _LARGEST_MAG
        if seen < cells[place]:
            cells[place] = seen
    return _pieces(cells, f"band-{band}")


def _pieces(cells: list[float], style: str) -> Line:
    seen = [mag for mag in cells if mag < _LARGEST_MAG]
    bright, faint = (min(seen), max(seen)) if seen else (0.0, 0.0)
    length = max(faint - bright, SMALLEST_RANGE)
    low = (bright + faint + length) / 2
    pieces: Line = []
    text, inked = "", False
    for mag in cells:
        if text and inked is (mag >= _LARGEST_MAG):
            pieces.append((text, style if inked else f"{style}-faint"))
            text = ""
        inked = mag < _LARGEST_MAG
        text += _HEIGHTS[min(int((low - mag) / length * 8), 7)] if inked else " " if mag == _BLANK else LIMIT
    return [*pieces, (text, style if inked else f"{style}-faint")]
