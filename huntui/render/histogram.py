"""A distribution as lines of text: bars for the alerts that reach a stage, in front those that only it rejects."""

import numpy as np
import numpy.typing as npt

from huntui.funnel.distribution import Distribution
from huntui.render.axis import tick_label, tick_step
from huntui.render.cells import Line

_EIGHTHS = " ▁▂▃▄▅▆▇█"
REACH, ALONE, THRESHOLD = "█", "▒", "▼"
_SMALLEST = (16, 4)

Heights = npt.NDArray[np.int64]


def draw(shown: Distribution, width: int, height: int) -> list[Line]:
    """Return `height` lines of `width` cells; heights of bars are logarithmic.

    Styles are `bar` (reach the stage), `warn` (only it rejects them), `key` (the threshold) and `axis`.
    """
    if width < 1 or height < 1:
        return []
    if width < _SMALLEST[0] or height < _SMALLEST[1]:
        words = "too small to draw"[:width]
        return [[(words.center(width) if row == height // 2 else " " * width, "axis")] for row in range(height)]
    cells = max(1, width // len(shown.reach))
    across, down = cells * len(shown.reach), height - 2
    reach, alone = _heights(shown.reach, shown.reach, down), _heights(shown.alone, shown.reach, down)
    body = [_row(reach, alone, down - 1 - row, cells, width - across) for row in range(down)]
    return [_threshold_line(shown, across, width), *body, _axis_line(shown, across, width)]


def bins(width: int) -> int:
    """Return how many bins a drawing of some width has room for."""
    return max(1, width)


def _heights(counts: npt.NDArray[np.int64], of: npt.NDArray[np.int64], rows: int) -> Heights:
    """Return how high each bar is, in eighths of a cell; what is there is seen."""
    most = np.log1p(max(1, int(of.max(initial=0))))
    eighths = np.rint(np.log1p(counts) / most * rows * 8).astype(np.int64)
    return np.where(counts > 0, np.maximum(eighths, 1), 0)


def _row(reach: Heights, alone: Heights, row: int, cells: int, rest: int) -> Line:
    line: Line = []
    for all_, only in zip((reach - 8 * row).tolist(), (alone - 8 * row).tolist(), strict=True):
        piece = (ALONE * cells, "warn") if only > 0 else (_EIGHTHS[min(max(all_, 0), 8)] * cells, "bar")
        if line and line[-1][1] == piece[1]:
            piece = (line.pop()[0] + piece[0], piece[1])
        line.append(piece)
    return [*line, (" " * rest, "axis")]


def _place(shown: Distribution, across: int) -> int:
    share = (shown.threshold - shown.low) / (shown.high - shown.low)
    return int(min(max(share, 0.0), 1.0) * (across - 1)) if np.isfinite(share) else 0


def _threshold_line(shown: Distribution, across: int, width: int) -> Line:
    if not np.isfinite(shown.threshold):
        return [(" " * width, "axis")]
    label, place = f"{shown.threshold:g}", _place(shown, across)
    text = f"{THRESHOLD} {label}"
    if place + len(text) > width:
        text, place = f"{label} {THRESHOLD}", max(0, place - len(label) - 1)
    return [(" " * place, "axis"), (text[: width - place], "key"), (" " * max(0, width - place - len(text)), "axis")]


def _axis_line(shown: Distribution, across: int, width: int) -> Line:
    step = tick_step(shown.high - shown.low, 4)
    low, high = tick_label(shown.low, step / 10), tick_label(shown.high, step / 10)
    middle = max(0, across - len(low) - len(high))
    return [((low + " " * middle + high)[:width].ljust(width), "axis")]
