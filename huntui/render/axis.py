"""Axes of a drawing: round tick values and how a value becomes a dot."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_ROUND = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """A range of values laid over a number of dots; `first` is at dot 0 and may be the larger value."""

    first: float
    last: float
    dots: int

    def place(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        """Return the dot of each value; a value that is not finite lands outside, at -1."""
        share = (values - self.first) / (self.last - self.first)
        share = np.minimum(np.maximum(share, -1.0), 2.0)
        return np.where(np.isfinite(share), np.rint(share * (self.dots - 1)), -1).astype(np.int64)

    def ticks(self, at_most: int) -> list[float]:
        """Return up to `at_most` round values (1, 2 or 5 times a power of ten apart) within the range."""
        low, high = sorted((self.first, self.last))
        step = tick_step(high - low, max(1, at_most))
        start = math.ceil(low / step - 1e-9)
        return [k * step for k in range(start, math.floor(high / step + 1e-9) + 1)]


def tick_step(span: float, at_most: int) -> float:
    """Return the smallest round step that needs no more than `at_most` ticks within any range that long."""
    rough = span / max(1, at_most - 1) if at_most > 1 else span
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in _ROUND if power * factor >= rough * (1 - 1e-9))


def tick_label(value: float, step: float) -> str:
    """Write a tick with as many decimals as its step needs, and no `-0`."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    text = f"{value:.{decimals}f}"
    return text[1:] if text.startswith("-") and float(text) == 0 else text
