"""What the mouse meets in a line of the funnel: the sign of a stage, its knob, the slider."""

from dataclasses import dataclass
from typing import Literal

from huntui.tui.widgets.funnel_lines import KNOB_VALUE, FunnelLayout

_SIGN = range(1, 3)
"""Cells of the sign that says whether a stage is on."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line that a click means something else on than the rest."""

    kind: Literal["sign", "knob", "value", "slider"]
    share: float = 0.0
    """How far from the lower end of a slider it is, from 0 to 1."""

    @property
    def turns(self) -> bool:
        """Whether the wheel turns the knob there."""
        return self.kind != "sign"


def part_of_stage_line(line: str, x: int, layout: FunnelLayout) -> Part | None:
    """Return what stands in cell `x` of a stage's first line."""
    value = len(line) - KNOB_VALUE
    if x in _SIGN:
        return Part("sign")
    if not line[value - layout.knob_name :].strip() or not value - layout.knob_name <= x < len(line):
        return None
    return Part("value" if x >= value else "knob")


def part_of_slider(line: str, x: int) -> Part | None:
    """Return the place on the slider that stands in cell `x` of a line; its ends belong to it."""
    left, right = line.rfind("├"), line.rfind("┤")
    inner = right - left - 2
    if left < 0 or inner <= 0 or not left <= x <= right:
        return None
    return Part("slider", min(max((x - left - 1) / inner, 0.0), 1.0))
