"""What stands around the drawing of a light curve: its legend, what is said of a point, and the labels of its axes."""

import numpy as np

from huntui.columns import BANDS
from huntui.features.slopes import Slope
from huntui.render.axis import Axis, tick_label, tick_step
from huntui.render.cells import Line
from huntui.render.curve_look import CurveLook, Entries
from huntui.render.dates import date_ticks, with_rest, written_date

DETECTION = {"g": "●", "r": "◆", "i": "■"}
"""Glyph of a detection brighter than the reference."""
FADING = {"g": "○", "r": "◇", "i": "□"}
"""Glyph of a detection fainter than the reference."""
LIMIT = {"g": "▾", "r": "▿", "i": "▾"}
"""Glyph of an upper limit: the object was fainter than this."""
FORCED = "⠶"
"""What stands for forced photometry in the legend: a small square of dots, where the rest has glyphs."""
MARGIN = 6
"""Cells left of the drawing for the magnitudes."""

_SMALL = 0.00995
"""Below this a rate, or its uncertainty, has a decimal more [mag/day]."""
_LARGE = 1000.0
"""From here on a rate is written in powers of ten, and an uncertainty says nothing [mag/day]."""
_UNIT = " mag/d"
_FEWEST_LABELS = 2
"""Magnitudes at an axis at least: with one label nobody knows how much is how bright."""
_MOST_TRIED = 40
"""More ticks than are ever needed for two of them."""
_ROOM_OF_LABEL = 9
"""Cells along a time axis for each label."""


def legend(entries: Entries, slopes: tuple[Slope, ...], look: CurveLook, width: int) -> Line:
    """Return what the glyphs are, how many there are of each, and how fast each band changes; as much as fits."""
    seen = ~entries.limit & ~entries.forced
    rates = {} if look.period is not None else {slope.band: slope for slope in slopes}
    counts = {band: int((seen & (entries.fid == fid)).sum()) for fid, band in BANDS.items()}
    bands = [band for band, number in counts.items() if number]
    others = {
        f"period {look.period or 0:.6g} d  ": look.period is not None,
        f"{LIMIT['g']}{LIMIT['r']} limit {int((entries.limit & ~entries.forced).sum())}  ": (
            bool((entries.limit & ~entries.forced).any())
        ),
        f"{FADING['g']}{FADING['r']} fainter than the reference  ": bool((seen & ~entries.positive).any()),
        f"{FORCED} forced  ": bool((entries.forced & ~entries.limit).any()),
    }
    bright = {BANDS[fid] for fid in set(entries.fid[seen & entries.positive].tolist())}
    glyphs = {band: (DETECTION if band in bright else FADING)[band] for band in bands}
    pieces: Line = _bands(glyphs, counts, {band: written_rate(slope) for band, slope in rates.items()})
    short = {band: written_rate(slope).replace(" ± ", "±").removesuffix(_UNIT) for band, slope in rates.items()}
    for shorter in (_bands(glyphs, counts, short), _bands(glyphs, {}, short), _bands(glyphs, counts, {})):
        if sum(len(text) for text, _ in pieces) - 1 < width:
            break
        pieces = shorter
    return _fitting([*pieces, *((text, "axis") for text, there in others.items() if there)], width)


def _bands(glyphs: dict[str, str], counts: dict[str, int], rates: dict[str, str]) -> Line:
    return [
        (f"{glyph} {band}{f' {counts[band]}' if counts else ''}{rates.get(band, '')}  ", f"band-{band}")
        for band, glyph in glyphs.items()
    ]


def written_rate(slope: Slope) -> str:
    """Return how fast a band changes, with the uncertainty where it is known: ` +0.05 ± 0.01 mag/d`."""
    decimals = 3 if slope.error < _SMALL or abs(slope.rate) < _SMALL else 2
    number = f"{abs(slope.rate):.{decimals}f}" if abs(slope.rate) < _LARGE else f"{abs(slope.rate):.0e}"
    error = f" ± {slope.error:.{decimals}f}" if slope.error < _LARGE else ""
    return f" {'+' if slope.rate >= 0 else '−'}{number}{error}{_UNIT}"


def described(entries: Entries, look: CurveLook, width: int) -> Line:
    """Return what is known of the point that is picked: when, in which band, how bright and what it comes from."""
    at = look.picked or 0
    band, limit = entries.band(at), bool(entries.limit[at])
    glyph = LIMIT[band] if limit else DETECTION[band] if entries.positive[at] else FADING[band]
    sigma = entries.sigma[at]
    if limit:
        magnitude = f"> {entries.mag[at]:.2f}"
    else:
        magnitude = f"{entries.mag[at]:.2f}" + (f" ± {sigma:.2f}" if np.isfinite(sigma) else "")
    said = [
        "upper limit" if limit else "",
        "forced" if entries.forced[at] else "",
        "" if limit or entries.positive[at] else "fainter than the reference",
        f"programid {entries.program[at]}" if entries.program[at] >= 0 else "",
    ]
    pieces = [
        (f"{glyph} {band} {magnitude}  ", f"band-{band}"),
        (f"{entries.days[at]:+.2f} d  ".replace("-", "−"), "value"),
        (f"{written_date(float(entries.jd[at]))} UT  ", "value"),
        *((f"{words}  ", "axis") for words in said if words),
    ]
    return _fitting(pieces, width)


def magnitude_labels(magnitude: Axis, rows: int) -> list[str]:
    """Return the text left of each row, `MARGIN` cells wide."""
    labels = [" " * (MARGIN - 1) + "│"] * rows
    for at_most in range(max(3, rows // 3 + 1), _MOST_TRIED):
        ticks = magnitude.ticks(at_most)
        places = magnitude.place(np.array(ticks)) // 4
        if len(set(places.tolist())) >= min(_FEWEST_LABELS, rows):
            break
    step = tick_step(magnitude.last - magnitude.first, at_most)
    for tick, row in zip(ticks, places, strict=True):
        labels[int(row)] = tick_label(tick, step).rjust(MARGIN - 1)[: MARGIN - 1] + "┤"
    return labels


def time_lines(time: Axis, entries: Entries, look: CurveLook, width: int, lines: int) -> list[Line]:
    """Return one or two lines under the drawing: days since the alert and dates in UT, or phases of a folded curve."""
    across = width - MARGIN
    if look.period is not None:
        return [_labelled("phase", time, _round_ticks(time, across), width)]
    days = _labelled("days", time, _round_ticks(time, across), width)
    first, last = time.first + entries.alert_jd, time.last + entries.alert_jd
    dates = date_ticks(first, last, max(4, across // _ROOM_OF_LABEL))
    moments = [(jd - entries.alert_jd, text) for jd, text in dates]
    if dates:
        moments[0] = moments[0][0], with_rest(*dates[0])
    ut = _labelled("UT", time, moments, width)
    return ([ut, days] if look.dates else [days, ut])[:lines]


def _round_ticks(time: Axis, across: int) -> list[tuple[float, str]]:
    at_most = max(3, across // 6)
    step = tick_step(time.last - time.first, at_most)
    return [(tick, tick_label(tick, step).replace("-", "−")) for tick in time.ticks(at_most)]


def _labelled(unit: str, time: Axis, ticks: list[tuple[float, str]], width: int) -> Line:
    """Return a line with the unit below the magnitudes, and a label below each tick that there is room for."""
    cells = [*unit.rjust(MARGIN), *" " * (width - MARGIN)]
    dots = time.place(np.array([tick for tick, _ in ticks], np.float64))
    for (_, text), dot in zip(ticks, dots, strict=True):
        start = max(MARGIN + 1, min(MARGIN + int(dot) // 2 - (len(text) - 1) // 2, width - len(text)))
        if all(cell == " " for cell in cells[start - 1 : start + len(text) + 1]):
            cells[start : start + len(text)] = text
    return [("".join(cells)[:width], "axis")]


def _fitting(pieces: Line, width: int) -> Line:
    """Return those pieces that fit beside each other, the first before all, padded to the width."""
    left = width - 1
    line: Line = [(" ", "axis")]
    for text, style in pieces:
        if len(text.rstrip()) <= left:
            line.append((text[:left], style))
            left -= len(text[:left])
    return [*line, (" " * left, "axis")]
