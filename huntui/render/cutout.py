"""The cutouts of an alert as lines of text: science, template and difference, as many of them as there is room for.

ZTF stores a cutout with its first row in the north and its first column in the east. Nothing in a packet says so, but
of 22 real ones where the nearest source of the reference fits one of the eight ways to lay an image, 20 say it is this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from huntui.alerts.cutout import NAMES, Cutout
from huntui.render.cells import Line
from huntui.render.shades import OFF, Levels, Shades

Stretch = Literal["asinh", "percentile"]
Means = Literal["half-blocks", "characters", "pictures"]
"""What a picture is drawn with; for real pictures, which the terminal shows, room is left."""
Image = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

SIZE = 63
"""Pixels to a side of a whole cutout; the alert is in its middle."""
PIXEL_ARCSEC = 1.01
GREYS = 24
"""As many greys as a terminal of 256 colours has, so that a picture looks the same on all of them."""
ZOOMS = (1, 2, 4)
DIFFERENCE = NAMES.index("difference")

_LARGEST_SIDE = 256
_QUADRANT_MIDDLE = 1540.0
_PERCENTILES: dict[Stretch, tuple[float, float, float]] = {
    "asinh": (20.0, 50.0, 99.9),
    "percentile": (2.0, 50.0, 99.0),
}
"""What is black, what the sky has and what is white."""
_KNEE, _SOFTENING = 3.0, (4.0, 1000.0)
_SMALLEST = 1e-30
_FINER = 4
"""Pixels of a real picture for each of a cutout, so that its pixels stay squares."""
_SMALLEST_BESIDE = 10
"""Pixels that each of three pictures must have, else one is shown at a time."""
_WITH_WORDS = 6
"""Lines from which on one has words about the picture."""


@dataclass(frozen=True, slots=True)
class Look:
    """How cutouts are looked at."""

    stretch: Stretch = "asinh"
    zoom: int = 1
    """How many times the middle is enlarged, one of `ZOOMS`."""
    north_up: bool = True
    """Whether north is up and east left; else rows lie as programs for FITS files show them, the first one below."""
    alone: bool = False
    """Whether one picture has all the room."""
    which: int = 0
    """The picture that is shown where there is room for one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle of cells for one picture; its caption is in the line above it."""

    which: int
    column: int
    row: int
    cells: int
    """Cells of its width; its height has half as many."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The cutouts of one alert, each whole with the alert in its middle, or why there is none."""

    cutouts: tuple[Cutout, Cutout, Cutout]
    x: float | None = None
    """Place of the alert on the readout channel, which tells what side of a cutout is cut off [pixel]."""
    y: float | None = None

    def whole(self, which: int) -> tuple[Image | None, str]:
        """Return an image with NaN for what is not on the chip, or None and the reason."""
        image, missing = self.cutouts[which].image, self.cutouts[which].missing
        if image is None:
            return None, missing
        if max(image.shape) > _LARGEST_SIDE:
            return None, f"has {image.shape[1]} × {image.shape[0]} pixels, more than any cutout"
        if not np.isfinite(image).any():
            return None, "no pixel of it has a value"
        return _squared(image, self.x, self.y), ""


def _squared(image: Image, x: float | None, y: float | None) -> Image:
    """Return a square image that is NaN where a cutout was cut off by the edge of the chip."""
    side = max(SIZE, *image.shape)
    square = np.full((side, side), np.nan, np.float32)
    row, column = (
        _cut_off(side - length, where) for length, where in zip(image.shape, (y, x), strict=True)
    )  # fmt: skip
    square[row : row + image.shape[0], column : column + image.shape[1]] = image
    return square


def _cut_off(pixels: int, where: float | None) -> int:
    """Return how many pixels are missing before the first one; half of them where nobody knows."""
    if where is None:
        return pixels // 2
    return pixels if where < _QUADRANT_MIDDLE else 0


def brightness(image: Image, look: Look, side: int, *, signed: bool = False) -> Floats:
    """Return an image as it is looked at, `side` × `side` values from 0 to 1, top row first; NaN off the chip.

    In a `signed` one, a difference, no change is 0.5, and what became fainter is darker than that.
    """
    pixels = np.where(np.isfinite(image), image, np.nan).astype(np.float64)
    middle = _middle(pixels, look.zoom)
    shown = resampled(middle, side)
    # The picture decides, not the file: the mean of an area is less bright than the star in it.
    seen = shown if side < len(middle) else middle
    known = seen[np.isfinite(seen)] if np.isfinite(seen).any() else pixels[np.isfinite(pixels)]
    low, sky, high = np.percentile(known, _PERCENTILES[look.stretch])
    if signed:
        whole = max(high - sky, sky - low, _SMALLEST)
        stretched = 0.5 + 0.5 * _stretched(np.clip((shown - sky) / whole, -1.0, 1.0), whole, sky - low, look)
    else:
        whole = max(high - low, _SMALLEST)
        stretched = _stretched(np.clip((shown - low) / whole, 0.0, 1.0), whole, sky - low, look)
    return stretched if look.north_up else stretched[::-1]


def _stretched(share: Floats, whole: float, noise: float, look: Look) -> Floats:
    """Return shares of the whole range stretched; asinh turns from linear to logarithmic at a few times the noise."""
    if look.stretch == "percentile":
        return share
    softening = min(max(whole / max(_KNEE * noise, _SMALLEST), _SOFTENING[0]), _SOFTENING[1])
    return np.asarray(np.arcsinh(softening * share) / np.arcsinh(softening))


def _middle(pixels: Floats, zoom: int) -> Floats:
    side = len(pixels)
    kept = side // zoom | 1
    first = (side - kept) // 2
    return pixels[first : first + kept, first : first + kept]


def resampled(pixels: Floats, side: int) -> Floats:
    """Return a square image with another number of pixels, each the mean of the area that it covers."""
    weights = _overlaps(len(pixels), side)
    known = np.isfinite(pixels)
    # Weights first: the sum of values near the largest there is would be infinite.
    total = weights @ np.where(known, pixels, 0.0) @ weights.T
    share = weights @ known @ weights.T
    return np.where(share > 0.5, total / np.maximum(share, 0.5), np.nan)


def _overlaps(of: int, side: int) -> Floats:
    """Return how much of each of `side` equal parts of a length each of `of` others fills, shape (side, of)."""
    first, width = np.arange(side)[:, None] * of / side, of / side
    pixel = np.arange(of)[None, :]
    overlap = np.minimum(first + width, pixel + 1) - np.maximum(first, pixel)
    return np.asarray(np.clip(overlap, 0.0, None) / width)


def levels(image: Image, look: Look, side: int, *, signed: bool = False) -> Levels:
    """Return the grey of each of `side` × `side` pixels, 0 to `GREYS` - 1, and `OFF` off the chip."""
    share = brightness(image, look, side, signed=signed)
    return np.where(np.isnan(share), OFF, np.rint(np.nan_to_num(share) * (GREYS - 1))).astype(np.int16)


def greys(image: Image, look: Look, *, signed: bool = False, inverse: bool = False) -> npt.NDArray[np.uint8]:
    """Return an image for a terminal that shows real pictures, with marks at the edges that point at the middle."""
    share = np.nan_to_num(brightness(image, look, len(image) // look.zoom | 1, signed=signed))
    pixels = np.rint(255 * (1 - share if inverse else share)).astype(np.uint8)
    shown = pixels.repeat(_FINER, axis=0).repeat(_FINER, axis=1)
    side = len(shown)
    middle, length = side // 2, side // 12
    for mark in (np.s_[:length, middle], np.s_[-length:, middle], np.s_[middle, :length], np.s_[middle, -length:]):
        shown[mark] = 0 if inverse else 255
    return shown


def places(width: int, height: int, look: Look) -> list[Place]:
    """Return where pictures go: all three beside or above each other, whichever are larger, else one."""
    lines = height - (height >= _WITH_WORDS)
    beside = _even(min((width - 2) // 3, 2 * (lines - 1)))
    above = _even(min(width, 2 * (lines // 3 - 1)))
    if look.alone or max(beside, above) < _SMALLEST_BESIDE:
        side = _even(min(width, 2 * (lines - 1)))
        return [Place(look.which, (width - side) // 2, _row(lines, side), side)] if side >= 2 else []
    if beside >= above:
        gap = min((width - 3 * beside) // 2, 3)
        left = (width - 3 * beside - 2 * gap) // 2
        return [Place(k, left + k * (beside + gap), _row(lines, beside), beside) for k in range(3)]
    return [Place(k, (width - above) // 2, k * (above // 2 + 1) + 1, above) for k in range(3)]


def _even(number: int) -> int:
    return max(0, number // 2 * 2)


def _row(lines: int, side: int) -> int:
    return max(1, (lines - side // 2 + 1) // 2)


def draw(shown: Shown, width: int, height: int, look: Look, means: Means = "half-blocks") -> list[Line]:
    """Return `height` lines of `width` cells.

    Shades are `grey:0` to `grey:23`, other styles `title`, `muted`, `faint` and `key`.
    """
    lines: list[Line] = [[] for _ in range(height)]
    used = [0] * height
    spots = places(width, height, look)
    for spot in spots:
        block = [_caption(shown, spot, single=len(spots) == 1), *_picture(shown, spot, look, means)]
        for offset, pieces in enumerate(block):
            row = spot.row - 1 + offset
            lines[row] += [(" " * (spot.column - used[row]), "plain"), *pieces]
            used[row] = spot.column + spot.cells
    if height >= _WITH_WORDS and spots:
        lines[-1] = words(look, width)
    return lines


def words(look: Look, width: int) -> Line:
    """Return the line about the picture: which way is north, how much sky it shows, how it is stretched."""
    side = SIZE // look.zoom | 1
    where = "N↑ E←" if look.north_up else "N↓ E←"
    parts = [(where, "key"), (f"{side * PIXEL_ARCSEC:.0f}″ across", "muted"), (look.stretch, "muted")]
    line: Line = []
    left = width
    for text, style in parts:
        spaced = "  " * bool(line) + text
        if len(spaced) <= left:
            line.append((spaced, style))
            left -= len(spaced)
    return [(" " * (left // 2), "plain"), *line]


def _caption(shown: Shown, spot: Place, *, single: bool) -> Line:
    name = shown.cutouts[spot.which].name
    wanted = f"{name}  {spot.which + 1}/3" if single else name
    text = wanted if len(wanted) <= spot.cells else name
    return [(text[: spot.cells].center(spot.cells), "title")]


def _picture(shown: Shown, spot: Place, look: Look, means: Means) -> Sequence[Line]:
    image, missing = shown.whole(spot.which)
    if image is None:
        return placeholder(missing, spot.cells, spot.cells // 2)
    if means == "pictures":
        return [[(" " * spot.cells, "plain")] for _ in range(spot.cells // 2)]
    picture = Shades(levels(image, look, spot.cells, signed=spot.which == DIFFERENCE), "grey", GREYS - 1)
    _mark(picture)
    return picture.lines(in_characters=means == "characters")


def _mark(picture: Shades) -> None:
    """Point at the middle from the four edges, so that the source is not covered."""
    if picture.width < 8:
        return
    right, below = picture.width // 2, picture.height // 2
    picture.text(right, 0, "│", "key")
    picture.text(right, picture.height - 1, "│", "key")
    picture.text(0, below, "─", "key")
    picture.text(picture.width - 1, below, "─", "key")


def placeholder(reason: str, width: int, height: int) -> list[Line]:
    """Return a frame of dots with a reason in its middle."""
    room = max(1, width - 2)
    said = _broken(reason, room)[: max(1, height - 2)]
    first = (height - len(said)) // 2
    lines: list[Line] = []
    for row in range(height):
        if 0 <= row - first < len(said):
            lines.append([(said[row - first].center(width)[:width], "muted")])
        elif row in (0, height - 1):
            lines.append([("·" * width, "faint")])
        else:
            lines.append([("·" + " " * (width - 2) + "·", "faint")] if width > 1 else [("·", "faint")])
    return lines


def _broken(text: str, width: int) -> list[str]:
    """Break words into lines of a width, and long words too."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= width:
            lines[-1] = joined
            continue
        pieces = [word[at : at + width] for at in range(0, len(word), width)]
        lines = [*lines, *pieces] if lines[-1] else pieces
    return lines
