"""Where every panel of the hunt stands in a window of some size: pure arithmetic, and the only place that knows it.

Three designs, by the width of the window. Narrow: two rows, with one detail of the object beside the table, or more of
them where there is height; in a tall window all below each other. Medium: two columns, with two details one above the
other. Wide: three columns, with all of them. A window that is low shows fewer details, and one that is asked for takes
the place of another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual.geometry import Region

from huntui.actions import ON_SCREEN

DETAILS = ON_SCREEN[3:]
"""Those that are about what is selected elsewhere."""
MEDIUM, WIDE = 100, 160
"""Widths from which on the window is designed for more columns [cells]."""

_LOWEST = 5
"""Lines that a panel has at least, frame included; one that does not get them is left out."""
_NARROWEST = 24
_LEFT_OF_MEDIUM, _LEFT_OF_WIDE, _MIDDLE_OF_WIDE = 0.56, 0.42, 0.3
_TOP_LEFT, _TABLE_OF_NARROW = 0.6, 0.5
_HIGH_ENOUGH_FOR_ALL = 44
_ABOUT_TREASURE = 14
"""Lines beside those of the treasures in which a wide window says something about the selected one."""
_SECOND_DETAIL = 18
"""Lines from which on there is room for two details."""
_DETAIL_OF_NARROW, _DETAIL_OF_TALL = 12, 14
"""Lines that each of several details has in a narrow window, beside the table or below it."""
_TALL = 56
"""Lines from which on everything in a narrow window has all of its width."""


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


def arrange(width: int, height: int, contents: Contents, choice: Choice) -> dict[str, Region]:
    """Return the place of each panel that is shown, frames included; they cover the window and never overlap.

    A window too small for a design shows what still has room.
    """
    if choice.zoomed is not None:
        return {choice.zoomed: Region(0, 0, width, height)}
    if width < MEDIUM and height < _TALL:
        return _narrow(width, height, contents, choice)
    if width < MEDIUM:
        columns, stacks = [width], [_tall(height, contents, choice)]
    elif width < WIDE:
        left = _clamped(round(_LEFT_OF_MEDIUM * width) + choice.wider, width)
        columns = [left, width - left]
        stacks = [_left(height, contents), _right_of_medium(height, contents, choice)]
    else:
        left = _clamped(round(_LEFT_OF_WIDE * width) + choice.wider, width - _NARROWEST)
        middle = _clamped(round(_MIDDLE_OF_WIDE * width / (1 - _LEFT_OF_WIDE) * (width - left) / width), width - left)
        columns = [left, middle, width - left - middle]
        stacks = [_left(height, contents), *_right_of_wide(height, contents, choice)]
    found: dict[str, Region] = {}
    x = 0
    for column, stack in zip(columns, stacks, strict=True):
        y = 0
        for name, lines in _fitted(stack, height, choice.taller).items():
            found[name] = Region(x, y, column, lines)
            y += lines
        x += column
    return found


def _narrow(width: int, height: int, contents: Contents, choice: Choice) -> dict[str, Region]:
    once = contents.stages + 3
    upper = max(once, min(contents.treasures + 2, height // 3))
    upper = max(_LOWEST, min(upper, height - 6 if height < 18 else height - 8))
    upper = _fitted({"funnel": upper, "objects": height - upper}, height, choice.taller)["funnel"]
    first, second = round(_TOP_LEFT * width), round(_TABLE_OF_NARROW * width)
    second = _clamped(second + choice.wider, width)
    lower = height - upper
    details = _shown_details(choice, lower // _DETAIL_OF_NARROW)
    found = {
        "funnel": Region(0, 0, first, upper),
        "checklist": Region(first, 0, width - first, upper),
        "objects": Region(0, upper, second, lower),
    }
    y = upper
    for name, lines in _fitted(_equally(details, lower), lower, choice.taller).items():
        found[name] = Region(second, y, width - second, lines)
        y += lines
    return found


def _tall(height: int, contents: Contents, choice: Choice) -> dict[str, int]:
    """Return the heights of all panels below each other: the table has as much as each detail."""
    funnel, checklist = contents.stages + 3, min(contents.treasures + 2, height // 4)
    room = height - funnel - checklist
    details = _shown_details(choice, room // _DETAIL_OF_TALL - 1)
    return {"funnel": funnel, "checklist": checklist, **_equally(("objects", *details), room)}


def _equally(names: Sequence[str], height: int) -> dict[str, int]:
    return dict.fromkeys(names, height // len(names))


def _left(height: int, contents: Contents) -> dict[str, int]:
    """Return the heights of the left column: each stage has two lines where half of it is enough for them."""
    once, twice = contents.stages + 4, 2 * contents.stages + 4
    funnel = twice if twice <= height // 2 else min(once + 3, height // 2)
    return {"funnel": max(funnel, min(once, height - 8)), "objects": height - funnel}


def _right_of_medium(height: int, contents: Contents, choice: Choice) -> dict[str, int]:
    checklist = _checklist(height, contents)
    room = height - checklist
    if room < _SECOND_DETAIL:
        return {"checklist": checklist, choice.detail: room}
    upper, lower = _shown_details(choice, 2)
    return {"checklist": checklist, upper: room - room // 2, lower: room // 2}


def _right_of_wide(height: int, contents: Contents, choice: Choice) -> tuple[dict[str, int], dict[str, int]]:
    middle, right = list(DETAILS[:3]), list(DETAILS[3:])
    checklist = max(_checklist(height, contents), min(contents.treasures + _ABOUT_TREASURE, round(0.42 * height)))
    if height < _HIGH_ENOUGH_FOR_ALL:
        middle = [middle[0], choice.detail if choice.detail in middle[1:] else middle[-1]]
        right = [choice.detail if choice.detail in right else right[0]]
    shares = (0.4, 0.3, 0.3) if len(middle) == 3 else (0.5, 0.5)
    heights = {name: round(share * height) for name, share in zip(middle, shares, strict=True)}
    return heights, {"checklist": checklist, **_equally(right, height - checklist)}


def _checklist(height: int, contents: Contents) -> int:
    return max(_LOWEST, min(contents.treasures + 3, round(0.4 * height)))


def _shown_details(choice: Choice, number: int) -> tuple[str, ...]:
    """Return so many details, at least one: the first of all, and that which was asked for instead of the last."""
    first = DETAILS[: max(1, number)]
    return first if choice.detail in first else (*first[:-1], choice.detail)


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
