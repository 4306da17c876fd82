"""A light curve in one line of a table: the band of the newest detection, bright is high."""

from collections.abc import Sequence

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
_LARGEST_MAG = 99.0


def sparkline(jd: Sequence[float], mag: Sequence[float], fid: Sequence[int], width: int) -> Line:
    """Return pieces of `width` cells together: a bar for the brightest detection in each part of the time.

    The last entry is the newest detection: its band is drawn, up to its time. A magnitude that is none, or of 99 and
    more, is a limit. Styles are `band-g`, `band-r` or `band-i`, with `-faint` where there is no bar. Plain Python,
    since arrays as short as these cost more than they save.
    """
    band = BANDS.get(fid[-1]) if fid else None
    if band is None or width < 1:
        return [(" " * max(0, width), "axis")]
    wanted, end = fid[-1], jd[-1]
    own = [(end - t, m) for t, m, f in zip(jd, mag, fid, strict=True) if f == wanted and 0 <= end - t <= LONGEST_SPAN]
    span = max([SHORTEST_SPAN, *(age for age, _ in own)])
    cells: list[float | None] = [None] * width
    looked = [False] * width
    for age, magnitude in own:
        place = min(int((1.0 - age / span) * width), width - 1)
        looked[place] = True
        if -_LARGEST_MAG < magnitude < _LARGEST_MAG:
            before = cells[place]
            cells[place] = magnitude if before is None or magnitude < before else before
    return _pieces(cells, looked, f"band-{band}")


def _pieces(cells: list[float | None], looked: list[bool], style: str) -> Line:
    seen = [mag for mag in cells if mag is not None]
    spread = max(seen) - min(seen) if seen else 0.0
    length = max(spread, SMALLEST_RANGE)
    low = max(seen, default=0.0) + (length - spread) / 2
    pieces: Line = []
    text, inked = "", False
    for mag, there in zip(cells, looked, strict=True):
        if text and inked is (mag is None):
            pieces.append((text, style if inked else f"{style}-faint"))
            text = ""
        inked = mag is not None
        text += (LIMIT if there else " ") if mag is None else _HEIGHTS[min(int((low - mag) / length * 8), 7)]
    return [*pieces, (text, style if inked else f"{style}-faint")]
