"""The figures of a report, as SVG that needs nothing else: lines in a square, bars, and a table of shades."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import numpy.typing as npt

_SIDE, _LEFT, _TOP, _BOTTOM, _RIGHT = 260, 46, 10, 40, 12
_ROW, _NAMES, _BARS = 18, 150, 260
_CELL = 46
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#666666")
"""Colours that colour-blind eyes can tell apart (Okabe & Ito 2008); lines differ in their dashes as well."""
_DASHES = ("none", "6 3", "2 2", "8 3 2 3", "12 3", "4 4", "1 3")

Float64s = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of points from 0 to 1 on both axes."""

    name: str
    x: Float64s
    y: Float64s
    dots: bool = False


def square(lines: Sequence[Line], x_title: str, y_title: str, *, diagonal: bool = False) -> str:
    """Return lines in a unit square with axes; `diagonal` draws where both are equal."""
    width, height = _LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BOTTOM
    drawn = [f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" class="frame"/>']
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = _x(tick), _y(tick)
        drawn.append(f'<path d="M{x:.1f} {_TOP}V{_TOP + _SIDE}M{_LEFT} {y:.1f}H{_LEFT + _SIDE}" class="grid"/>')
        drawn.append(_text(x, _TOP + _SIDE + 14, f"{tick:g}", "middle"))
        drawn.append(_text(_LEFT - 5, y + 4, f"{tick:g}", "end"))
    if diagonal:
        drawn.append(f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" class="diagonal"/>')
    drawn += [_line(line, k) for k, line in enumerate(lines)]
    drawn.append(_text(_LEFT + _SIDE / 2, height - 6, x_title, "middle"))
    drawn.append(
        f'<text transform="translate(12 {_TOP + _SIDE / 2}) rotate(-90)" text-anchor="middle">{escape(y_title)}</text>'
    )
    return _svg(width, height, drawn, f"{y_title} over {x_title}")


def bars(names: Sequence[str], values: Sequence[float], spreads: Sequence[float], title: str) -> str:
    """Return horizontal bars with a line for the spread of each; what is below 0 has no bar."""
    top = max([value + spread for value, spread in zip(values, spreads, strict=True)] + [1e-9])
    drawn = []
    for k, (name, value, spread) in enumerate(zip(names, values, spreads, strict=True)):
        y = 6 + k * _ROW
        length = max(value, 0.0) / top * _BARS
        ends = [_NAMES + max(end, 0.0) / top * _BARS for end in (value - spread, value + spread)]
        drawn.append(_text(_NAMES - 6, y + 11, name, "end"))
        drawn.append(f'<rect x="{_NAMES}" y="{y}" width="{length:.1f}" height="{_ROW - 5}" fill="{COLOURS[0]}"/>')
        drawn.append(f'<path d="M{ends[0]:.1f} {y + 6.5}H{ends[1]:.1f}" class="spread"/>')
        drawn.append(_text(_NAMES + _BARS + 8, y + 11, f"{value:.4f}", "start"))
    return _svg(_NAMES + _BARS + 70, 12 + len(names) * _ROW, drawn, title)


def shades(names: Sequence[str], counts: npt.NDArray[np.int64], title: str) -> str:
    """Return a table whose cells are the darker the larger the share of their line is."""
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    drawn = []
    for row, name in enumerate(names):
        y = 6 + row * _CELL
        drawn.append(_text(_NAMES - 6, y + _CELL / 2 + 4, name, "end"))
        drawn.append(
            f'<text transform="translate({_NAMES + (row + 0.5) * _CELL:.0f} {12 + len(names) * _CELL}) rotate(35)">'
            f"{escape(name)}</text>"
        )
        for column in range(len(names)):
            share, x = float(shares[row, column]), _NAMES + column * _CELL
            drawn.append(
                f'<rect x="{x}" y="{y}" width="{_CELL - 2}" height="{_CELL - 2}" fill="{COLOURS[0]}" '
                f'fill-opacity="{0.08 + 0.92 * share:.2f}"/>'
            )
            colour = "#ffffff" if share > 0.5 else "#000000"
            drawn.append(
                f'<text x="{x + _CELL / 2 - 1}" y="{y + _CELL / 2 + 4}" text-anchor="middle" style="fill:{colour}">'
                f"{int(counts[row, column]):,}</text>"
            )
    longest = max(map(len, names))
    return _svg(_NAMES + len(names) * _CELL + 6 * longest, 30 + len(names) * _CELL + 4 * longest, drawn, title)


def _line(line: Line, k: int) -> str:
    colour, dash = COLOURS[k % len(COLOURS)], _DASHES[k % len(_DASHES)]
    points = [(_x(x), _y(y)) for x, y in zip(line.x.tolist(), line.y.tolist(), strict=True)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    said = f"<title>{escape(line.name)}</title>"
    drawn = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}">{said}</path>'
    if line.dots:
        drawn += "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    return drawn


def key(names: Sequence[str]) -> str:
    """Return what the colours of lines mean."""
    drawn = []
    for k, name in enumerate(names):
        y = 10 + k * _ROW
        colour, dash = COLOURS[k % len(COLOURS)], _DASHES[k % len(_DASHES)]
        drawn.append(f'<path d="M4 {y}H34" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        drawn.append(_text(40, y + 4, name, "start"))
    return _svg(60 + 8 * max(map(len, names)), 8 + len(names) * _ROW, drawn, "lines")


def _x(value: float) -> float:
    return _LEFT + float(np.clip(value, 0.0, 1.0)) * _SIDE


def _y(value: float) -> float:
    return _TOP + (1.0 - float(np.clip(value, 0.0, 1.0))) * _SIDE


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(width: float, height: float, drawn: Sequence[str], title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img"><title>{escape(title)}</title>{"".join(drawn)}</svg>'
    )
