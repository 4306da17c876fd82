"""A picture as a list of marks, which SVG and PNG are both made of; x grows to the right and y downwards."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

Greys = npt.NDArray[np.uint8]
"""An image, shape (rows, columns, 2): grey from 0 to 255, and 255 where there is a pixel, 0 off the chip."""
Place = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    start: Place
    end: Place
    colour: str
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle, filled or only its edge."""

    centre: Place
    radius: float
    colour: str
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed polygon, filled or only its edge."""

    corners: tuple[Place, ...]
    colour: str
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """Text on a base line."""

    at: Place
    text: str
    colour: str
    anchor: Anchor = "start"
    size: float = 11.0


@dataclass(frozen=True, slots=True)
class Raster:
    """An image, its pixels as squares; it has the shape of a square itself."""

    corner: Place
    """Where its first row and column begin."""
    side: float
    greys: Greys


Mark = Stroke | Disc | Shape | Words | Raster


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks on a white ground, the later above the earlier."""

    width: float
    height: float
    title: str
    """What it shows, for those who cannot see it."""
    marks: tuple[Mark, ...]

    def captioned(self, text: str) -> "Drawing":
        """Return it with a line of text below, for a picture that stands alone."""
        words = Words((8.0, self.height + 14.0), text, "#222222")
        return replace(self, height=self.height + 22.0, marks=(*self.marks, words))
