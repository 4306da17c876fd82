"""Where every panel of the hunt stands in a window of some size: pure arithmetic, and the only place that knows it.

Three designs, by the width of the window. Narrow: two rows, with one detail of the object beside the table. Medium: two
columns, with two details one above the other. Wide: three columns, with all of them. A window that is low shows fewer
details, and one that is asked for takes the place of another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual.geometry import Region

PANELS = ("funnel", "objects", "checklist", "light-curve", "cutouts", "stage", "sky", "inspector")
"""Ids of all panels in the order of their number keys, which is that of Tab."""
NAMES = {
    "funnel": "Funnel",
    "objects": "Objects",
    "checklist": "Checklist",
    "light-curve": "Light curve",
    "cutouts": "Cutouts",
    "stage": "Stage",
    "sky": "Sky",
    "inspector": "Inspector",
}
DETAILS = PANELS[3:]
"""Those that are about what is selected elsewhere."""
MEDIUM, WIDE = 100, 160
"""Widths from which on the window is designed for more columns [cells]."""

_LOWEST = 5
"""Lines that a panel has at least, frame included; one that does not get them is left out."""
_NARROWEST = 24
_LEFT_OF_MEDIUM, _LEFT_OF_WIDE, _MIDDLE_OF_WIDE = 0.56, 0.42, 0.33
_TOP_LEFT, _TABLE_OF_NARROW = 0.6, 0.5
_HIGH_ENOUGH_FOR_ALL = 44
_ABOUT_TREASURE = 14
"""Lines beside those of the treasures in which a wide window says something about the selected one."""
_SECOND_DETAIL = 18
"""Lines from which on there is room for two details."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user wants to see."""

    detail: str = "light-curve"
    """The detail that was asked for last."""
    zoomed: str | None = None
    """The panel that has the window for itself."""
    wider: int = 0
    """Cells by which the left column is wider than designed."""
    taller: Mapping[str, int] = field(default_factory=dict)
    """Lines by which panels are taller than designed."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the panels have to show."""

    stages: int
    treasures: int


def arrange(
    width: int, height: int, contents: Contents, choice: Choice, panels: Sequence[str] = PANELS
) -> dict[str, Region]:
    """Return the place of each panel that is shown, frames included; they cover the window and never overlap.

    `panels` are those that there are. A window too small for a design shows what still has room.
    """
    if choice.zoomed is not None and choice.zoomed in panels:
        return {choice.zoomed: Region(0, 0, width, height)}
    if width < MEDIUM:
        return _narrow(width, height, contents, choice, panels)
    if width < WIDE:
        left = _clamped(round(_LEFT_OF_MEDIUM * width) + choice.wider, width)
        columns = [left, width - left]
        stacks = [_left(height, contents), _right_of_medium(height, contents, choice, panels)]
    else:
        left = _clamped(round(_LEFT_OF_WIDE * width) + choice.wider, width - _NARROWEST)
        middle = _clamped(round(_MIDDLE_OF_WIDE * width / (1 - _LEFT_OF_WIDE) * (width - left) / width), width - left)
        columns = [left, middle, width - left - middle]
        stacks = [_left(height, contents), *_right_of_wide(height, contents, choice, panels)]
    found: dict[str, Region] = {}
    x = 0
    for column, stack in zip(columns, stacks, strict=True):
        y = 0
        for name, lines in _fitted(stack, height, choice.taller).items():
            found[name] = Region(x, y, column, lines)
            y += lines
        x += column
    return found


def _narrow(width: int, height: int, contents: Contents, choice: Choice, panels: Sequence[str]) -> dict[str, Region]:
    once = contents.stages + 3
    upper = max(once, min(contents.treasures + 2, height // 3))
    upper = max(_LOWEST, min(upper, height - 6 if height < 18 else height - 8))
    upper = _fitted({"funnel": upper, "objects": height - upper}, height, choice.taller)["funnel"]
    first, second = round(_TOP_LEFT * width), round(_TABLE_OF_NARROW * width)
    second = _clamped(second + choice.wider, width)
    detail = _shown_detail(choice, panels)
    return {
        "funnel": Region(0, 0, first, upper),
        "checklist": Region(first, 0, width - first, upper),
        "objects": Region(0, upper, second, height - upper),
        detail: Region(second, upper, width - second, height - upper),
    }


def _left(height: int, contents: Contents) -> dict[str, int]:
    """Return the heights of the left column: each stage has two lines where half of it is enough for them."""
    once, twice = contents.stages + 4, 2 * contents.stages + 4
    funnel = twice if twice <= height // 2 else min(once + 3, height // 2)
    return {"funnel": max(funnel, min(once, height - 8)), "objects": height - funnel}


def _right_of_medium(height: int, contents: Contents, choice: Choice, panels: Sequence[str]) -> dict[str, int]:
    checklist = _checklist(height, contents)
    room = height - checklist
    wanted = _shown_detail(choice, panels)
    if room < _SECOND_DETAIL:
        return {"checklist": checklist, wanted: room}
    lower = wanted if wanted != DETAILS[0] else next((name for name in DETAILS[1:] if name in panels), None)
    if lower is None:
        return {"checklist": checklist, wanted: room}
    return {"checklist": checklist, DETAILS[0]: room - room // 2, lower: room // 2}


def _right_of_wide(
    height: int, contents: Contents, choice: Choice, panels: Sequence[str]
) -> tuple[dict[str, int], dict[str, int]]:
    middle = [name for name in ("light-curve", "cutouts", "stage") if name in panels]
    right = [name for name in ("sky", "inspector") if name in panels]
    checklist = max(_checklist(height, contents), min(contents.treasures + _ABOUT_TREASURE, round(0.42 * height)))
    if height < _HIGH_ENOUGH_FOR_ALL:
        middle = [middle[0], *([choice.detail] if choice.detail in middle[1:] else middle[1:][-1:])]
        right = [choice.detail if choice.detail in right else right[0]] if right else []
    shares = (0.4, 0.3, 0.3) if len(middle) == 3 else (1 / len(middle),) * len(middle)
    heights = {name: round(share * height) for name, share in zip(middle, shares, strict=True)}
    if not right:
        return heights, {"checklist": height}
    return heights, {"checklist": checklist, **dict.fromkeys(right, (height - checklist) // len(right))}


def _checklist(height: int, contents: Contents) -> int:
    return max(_LOWEST, min(contents.treasures + 3, round(0.4 * height)))


def _shown_detail(choice: Choice, panels: Sequence[str]) -> str:
    return choice.detail if choice.detail in panels and choice.detail in DETAILS else DETAILS[0]


def _clamped(column: int, width: int) -> int:
    return max(_NARROWEST, min(column, width - _NARROWEST))


def _fitted(stack: Mapping[str, int], height: int, taller: Mapping[str, int]) -> dict[str, int]:
    """Return heights that sum up to `height`, with what the user has made taller or lower at its neighbour's cost."""
    names = list(stack)
    heights = [max(_LOWEST, lines) for lines in stack.values()]
    heights[-1] = max(_LOWEST, height - sum(heights[:-1]))
    while sum(heights) > height and len(heights) > 1:
        tallest = heights.index(max(heights))
        if heights[tallest] <= _LOWEST:
            names.pop(), heights.pop()
            heights[-1] = max(_LOWEST, height - sum(heights[:-1]))
        else:
            heights[tallest] -= min(heights[tallest] - _LOWEST, sum(heights) - height)
    for place, name in enumerate(names):
        other = place + 1 if place + 1 < len(names) else place - 1
        if other < 0:
            continue
        more = max(_LOWEST - heights[place], min(taller.get(name, 0), heights[other] - _LOWEST))
        heights[place] += more
        heights[other] -= more
    if len(heights) == 1:
        heights[0] = height
    return dict(zip(names, heights, strict=True))
