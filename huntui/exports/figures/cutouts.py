"""The three cutouts of an alert beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from huntui.exports.figures.drawing import Drawing, Greys, Mark, Raster, Stroke, Words

_SIDE, _GAP, _TOP = 190.0, 10.0, 26.0
_INK, _QUIET, _LINE = "#222222", "#666666", "#bbbbbb"
_LETTERS_IN_A_LINE, _LINES, _LINE_HEIGHT = 30, 8, 15.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A cutout as it is shown, or why there is none."""

    name: str
    """`science`, `template` or `difference`."""
    greys: Greys | None
    """North up and east left."""
    missing: str = ""


def draw_cutouts(pictures: Sequence[Picture], title: str) -> Drawing:
    """Return them as one drawing, each with its name above; where one is missing, why."""
    marks: list[Mark] = []
    for k, picture in enumerate(pictures):
        x = _GAP + k * (_SIDE + _GAP)
        marks.append(Words((x + _SIDE / 2, _TOP - 8), picture.name, _INK, "middle"))
        if picture.greys is not None:
            marks.append(Raster((x, _TOP), _SIDE, picture.greys))
        else:
            marks += _missing(x, f"no image: {picture.missing}")
    width = _GAP + len(pictures) * (_SIDE + _GAP)
    return Drawing(width, _TOP + _SIDE + 6, title, tuple(marks))


def _missing(x: float, text: str) -> list[Mark]:
    corners = ((x, _TOP), (x + _SIDE, _TOP), (x + _SIDE, _TOP + _SIDE), (x, _TOP + _SIDE))
    frame: list[Mark] = [Stroke(a, b, _LINE) for a, b in zip(corners, (*corners[1:], corners[0]), strict=True)]
    lines = [text[at : at + _LETTERS_IN_A_LINE] for at in range(0, len(text), _LETTERS_IN_A_LINE)][:_LINES]
    top = _TOP + _SIDE / 2 - _LINE_HEIGHT * (len(lines) - 1) / 2
    return frame + [
        Words((x + _SIDE / 2, top + k * _LINE_HEIGHT), line, _QUIET, "middle") for k, line in enumerate(lines)
    ]
