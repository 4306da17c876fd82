"""The sky as lines of text: how many alerts there are where, the survivors as points, and the selected object.

Right ascension and galactic longitude grow to the left, as seen from inside the sphere. All of the sky is drawn after
Hammer, with 12h or the galactic centre in the middle; a region is drawn around the selected object, north up.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from huntui.render.celestial import (
    Floats,
    Frame,
    around,
    ecliptic,
    from_around,
    from_hammer,
    hammer,
    sexagesimal,
    to_equatorial,
    to_galactic,
)
from huntui.render.cells import Line
from huntui.render.shades import OFF, RAMP, Levels, Places, Shades
from huntui.render.tally import Tally, on_the_sky

SHADES = 9
"""Shades of density, the first for none."""
SURVIVOR, SELECTED, PLANE = "•", "◆", "·"
RADII = (None, 30.0, 8.0, 2.0)
"""What zooming shows: all of the sky, or a region that reaches so far from the selected object [deg]."""

_MIDDLE: dict[Frame, float] = {"equatorial": 180.0, "galactic": 0.0}
_LABELS_AT: dict[Frame, float] = {"equatorial": -45.0, "galactic": 0.0}
"""Latitude at which longitudes stand: as far south ZTF sees nothing that a label could hide."""
_RAMP = RAMP.replace("*", "")
"""Survivors are drawn as stars where there are no other points."""
_SMALLEST = (12, 4)
_LABELLED = 44
"""Cells that a map has at least where it is labelled."""
_SAMPLED_FROM = 20.0
"""Radius from which on a region is drawn from the tally; there are too many alerts in it to place each [deg]."""
_SQUARE_DEGREES = 41_252.96
_ALONG = np.arange(0.0, 360.0, 2.0)

Index = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Selected:
    """The selected object."""

    name: str
    ra: float
    dec: float


@dataclass(frozen=True, slots=True)
class Sky:
    """What there is to draw."""

    tally: Tally
    ra: Floats
    """Right ascension of all alerts [deg]."""
    dec: Floats
    survivors: Places
    """Rows of the alerts that are drawn as points."""
    surviving: int
    """How many there are."""
    selected: Selected | None = None
    frame: Frame = "equatorial"
    radius: float | None = None
    """How far a region reaches [deg]; None for all of the sky."""


def draw(sky: Sky, width: int, height: int, *, in_characters: bool = False) -> list[Line]:
    """Return `height` lines of `width` cells.

    Shades are `sky:0` to `sky:8`, other styles `plain`, `axis`, `muted`, `faint`, `key`, `title` and `warn`.
    """
    said = _words(sky, width, height)
    room = height - len(said)
    if width < _SMALLEST[0] or room < _SMALLEST[1]:
        words = "too small to draw"[:width]
        return [[((words if row == height // 2 else "").center(width), "axis")] for row in range(height)]
    body = (
        _region(sky, sky.selected, sky.radius, width, room, in_characters)
        if sky.selected is not None and sky.radius is not None and _has_place(sky.selected)
        else _whole(sky, width, room, in_characters)
    )
    return [*body, *said]


def _has_place(selected: Selected) -> bool:
    return bool(on_the_sky(np.array([selected.ra]), np.array([selected.dec])).all())


# All of the sky


def _whole(sky: Sky, width: int, height: int, in_characters: bool) -> list[Line]:
    cells = max(4, min(width - (10 if width >= _LABELLED + 10 else 0), 4 * height) // 4 * 4)
    inside, density = _density(sky.tally, cells, sky.frame)
    picture = Shades(_levels(density, inside), "sky", SHADES - 1, _RAMP)
    if in_characters:
        _outline(picture, inside)
    _lines_of_the_sky(picture, sky.frame)
    ra, dec = sky.ra[sky.survivors], sky.dec[sky.survivors]
    _put_whole(picture, sky.frame, ra, dec, SURVIVOR, "key")
    if cells >= _LABELLED:
        _label_meridians(picture, sky.frame)
    if sky.selected is not None:
        _put_whole(picture, sky.frame, np.array([sky.selected.ra]), np.array([sky.selected.dec]), SELECTED, "title")
    left = (width - cells) // 2
    margins = _margins(left, picture.height) if cells >= _LABELLED else [" " * left] * picture.height
    lines: list[Line] = [
        [(margin, "axis"), *line]
        for margin, line in zip(margins, picture.lines(in_characters=in_characters), strict=True)
    ]
    above = (height - len(lines)) // 2
    return [*([] for _ in range(above)), *lines, *([] for _ in range(height - above - len(lines)))]


def _density(tally: Tally, cells: int, frame: Frame) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Return which pixels of a map are on the sky, and the density of alerts in each."""
    inside, index, home = _mesh(cells, frame)
    density = np.zeros(inside.shape)
    density[inside] = np.append(tally.density, 0.0)[index].mean(axis=-1)
    # No alert may be lost between samples: each cell of the tally is in some pixel.
    whole = np.bincount(home, weights=tally.counts, minlength=density.size).reshape(density.shape)
    return inside, np.where(density > 0, density, whole * np.count_nonzero(inside) / _SQUARE_DEGREES)


@lru_cache(8)
def _mesh(cells: int, frame: Frame) -> tuple[npt.NDArray[np.bool_], Index, Index]:
    """Return the pixels of a map that are on the sky, for each the tally's cells it covers, and each cell's pixel."""
    finer = min(8, max(1, -(-360 // cells)))
    steps = (np.arange(cells * finer) + 0.5) / (cells * finer)
    x, y = np.meshgrid(4 * steps - 2, 1 - 2 * steps[: len(steps) // 2] * 2)
    longitude, latitude = from_hammer(x, y)
    longitude = (longitude + _MIDDLE[frame]) % 360.0
    if frame == "galactic":
        longitude, latitude = to_equatorial(longitude, latitude)
    found = Tally().cells(longitude, latitude).astype(np.int32)
    tiles = found.reshape(cells // 2, finer, cells, finer).swapaxes(1, 2).reshape(cells // 2, cells, -1)
    on_sky = tiles < Tally.ROWS * Tally.COLUMNS
    ra, dec = np.meshgrid(np.arange(Tally.COLUMNS) + 0.5, np.arange(Tally.ROWS) - 89.5)
    column, row = _cells(frame, ra.ravel(), dec.ravel(), cells, cells // 2)
    inside = on_sky.mean(axis=-1) >= 0.5
    inside[row, column] = True
    # What of a pixel lies outside counts as its first part that does not.
    first = np.take_along_axis(tiles, on_sky.argmax(axis=-1)[..., None], axis=-1)
    return inside, np.where(on_sky, tiles, first)[inside], (row * cells + column).astype(np.int32)


def _outline(picture: Shades, inside: npt.NDArray[np.bool_]) -> None:
    """Mark the edge of the map, which no shade shows where there are no colours."""
    cells = inside[0::2] | inside[1::2]
    rows = np.arange(len(cells))
    for columns in (cells.argmax(axis=1), picture.width - 1 - cells[:, ::-1].argmax(axis=1)):
        picture.glyphs(columns, rows, PLANE, "faint")


def _levels(density: Floats, inside: npt.NDArray[np.bool_]) -> Levels:
    """Return shades in the logarithm of density: what has any alert has at least the second one."""
    known = density[density > 0]
    levels = np.zeros(density.shape, np.int16)
    if len(known):
        low, high = np.log(known.min()), np.log(known.max())
        share = (np.log(np.where(density > 0, density, known.min())) - low) / max(high - low, 1.0)
        levels = np.where(density > 0, 1 + np.rint(share * (SHADES - 2)), 0).astype(np.int16)
    return np.where(inside, levels, OFF).astype(np.int16)


def _cells(frame: Frame, ra: Floats, dec: Floats, width: int, height: int) -> tuple[Places, Places]:
    """Return the column and row of each place on a map of so many cells."""
    longitude, latitude = to_galactic(ra, dec) if frame == "galactic" else (ra, dec)
    return _flat(frame, longitude, latitude, width, height)


def _flat(frame: Frame, longitude: Floats, latitude: Floats, width: int, height: int) -> tuple[Places, Places]:
    x, y = hammer(longitude - _MIDDLE[frame], latitude)
    return ((x + 2) / 4 * width).astype(np.int64), ((1 - y) / 2 * height).astype(np.int64)


def _put_whole(picture: Shades, frame: Frame, ra: Floats, dec: Floats, glyph: str, ink: str) -> None:
    known = on_the_sky(ra, dec)
    picture.glyphs(*_cells(frame, ra[known], dec[known], picture.width, picture.height), glyph, ink)


def _lines_of_the_sky(picture: Shades, frame: Frame) -> None:
    for columns, rows, ink in _curves(picture.width, picture.height, frame):
        picture.glyphs(columns, rows, PLANE, ink)


@lru_cache(8)
def _curves(width: int, height: int, frame: Frame) -> tuple[tuple[Places, Places, str], ...]:
    """Return the cells of the ecliptic, and of the galactic plane where it is not the middle of the map."""
    curves = [(*ecliptic(180), "warn")]
    if frame == "equatorial":
        curves.append((*to_equatorial(_ALONG, np.zeros(len(_ALONG))), "title"))
    return tuple((*_cells(frame, ra, dec, width, height), ink) for ra, dec, ink in curves)


def _label_meridians(picture: Shades, frame: Frame) -> None:
    for offset in (-90.0, 0.0, 90.0):
        longitude = (_MIDDLE[frame] + offset) % 360.0
        label = f"{longitude / 15:.0f}h" if frame == "equatorial" else f"{longitude:.0f}°"
        place = np.array([longitude]), np.array([_LABELS_AT[frame]])
        column, row = _flat(frame, *place, picture.width, picture.height)
        picture.text(int(column[0]) - len(label) // 2, int(row[0]), label, "axis")


def _margins(left: int, height: int) -> list[str]:
    """Return what stands left of each row: the latitude where the map's edge has a round one."""
    margins = [" " * left] * height
    for latitude in (60, 30, 0, -30, -60):
        _, y = hammer(np.array([180.0]), np.array([float(latitude)]))
        row = min(height - 1, int((1 - y[0]) / 2 * height))
        label = f"{latitude:+d}°".replace("-", "−") if latitude else "0°"
        margins[row] = f"{label} ".rjust(left)
    return margins


# A region


@dataclass(frozen=True, slots=True)
class _Region:
    """A map around the selected object."""

    frame: Frame
    centre: tuple[float, float]
    """Longitude and latitude of its middle in the frame."""
    scale: float
    """Pixels per degree."""
    width: int
    height: int
    """Pixels, two for each line."""

    def place(self, ra: Floats, dec: Floats) -> tuple[Places, Places]:
        """Return the pixel of each place, the object's in the middle."""
        longitude, latitude = to_galactic(ra, dec) if self.frame == "galactic" else (ra, dec)
        x, y = around(longitude, latitude, self.centre)
        column, row = self.width // 2 + 0.5 + x * self.scale, self.height // 2 + 0.5 - y * self.scale
        return np.floor(column).astype(np.int64), np.floor(row).astype(np.int64)

    def sampled(self, tally: Tally) -> Floats:
        """Return the density of each pixel from the tally, whose cells are small enough for a large region."""
        finer = max(1, round(1 / self.scale))
        across, down = (
            (np.arange(n * finer) + 0.5) / finer - n // 2 - 0.5 for n in (self.width, self.height)
        )  # fmt: skip
        x, y = np.meshgrid(across / self.scale, -down / self.scale)
        longitude, latitude = from_around(x, y, self.centre)
        if self.frame == "galactic":
            longitude, latitude = to_equatorial(longitude, latitude)
        density = np.append(tally.density, 0.0)[tally.cells(longitude, latitude)]
        return np.asarray(density.reshape(self.height, finer, self.width, finer).mean(axis=(1, 3)))

    def counted(self, ra: Floats, dec: Floats) -> Floats:
        """Return how many of these alerts are in each pixel."""
        column, row = self.place(ra, dec)
        inside = (column >= 0) & (column < self.width) & (row >= 0) & (row < self.height)
        counts = np.bincount(row[inside] * self.width + column[inside], minlength=self.width * self.height)
        return counts.reshape(self.height, self.width).astype(np.float64)


def _region(sky: Sky, selected: Selected, radius: float, width: int, height: int, in_characters: bool) -> list[Line]:
    ra, dec = np.array([selected.ra]), np.array([selected.dec])
    longitude, latitude = to_galactic(ra, dec) if sky.frame == "galactic" else (ra, dec)
    narrower = min(width, 2 * height)
    around_it = _Region(
        sky.frame, (float(longitude[0]), float(latitude[0])), narrower / 2 / radius, width, 2 * height
    )  # fmt: skip
    if radius >= _SAMPLED_FROM:
        density = around_it.sampled(sky.tally)
    else:
        near = _near(sky, selected, radius * float(np.hypot(width, 2 * height)) / narrower)
        density = around_it.counted(sky.ra[near], sky.dec[near])
    picture = Shades(_levels(density, np.ones(density.shape, np.bool_)), "sky", SHADES - 1, _RAMP)
    survivors = sky.survivors[on_the_sky(sky.ra[sky.survivors], sky.dec[sky.survivors])]
    column, row = around_it.place(sky.ra[survivors], sky.dec[survivors])
    picture.glyphs(column, row // 2, SURVIVOR, "key")
    column, row = around_it.place(ra, dec)
    picture.glyphs(column, row // 2, SELECTED, "title")
    return picture.lines(in_characters=in_characters)


def _near(sky: Sky, selected: Selected, radius: float) -> Places:
    """Return the rows of alerts that may be in a region; a strip of declinations costs no trigonometry."""
    strip = np.flatnonzero((sky.dec >= selected.dec - radius) & (sky.dec <= selected.dec + radius))
    ra = sky.ra[strip]
    farthest = min(abs(selected.dec) + radius, 90.0)
    if farthest < 80.0:
        off = np.abs((ra - selected.ra + 180.0) % 360.0 - 180.0)
        strip = strip[off <= radius / np.cos(np.radians(farthest))]
    return np.asarray(strip[on_the_sky(sky.ra[strip], sky.dec[strip])])


# Words


def _words(sky: Sky, width: int, height: int) -> list[Line]:
    """Return the lines below the map: where the selected object is, and what is what."""
    lines: list[Line] = []
    if height >= 10:
        lines.append(_fitting(_legend(sky, width), width))
    if height >= 6:
        lines.append(_fitting(_where(sky), width))
    return lines


def _where(sky: Sky) -> Line:
    if sky.selected is None:
        return [("no object is selected", "muted")]
    ra, dec = np.array([sky.selected.ra]), np.array([sky.selected.dec])
    if not _has_place(sky.selected):
        return [(f"{SELECTED} {sky.selected.name}", "title"), ("  has no place on the sky", "muted")]
    longitude, latitude = to_galactic(ra, dec)
    galactic = f"l {longitude[0]:.1f}° b {latitude[0]:+.1f}°".replace("-", "−")
    equatorial = sexagesimal(sky.selected.ra, sky.selected.dec)
    first, second = (galactic, equatorial) if sky.frame == "galactic" else (equatorial, galactic)
    return [(f"{SELECTED} {sky.selected.name}", "title"), (f"  {first}", "value"), (f"  {second}", "muted")]


def _legend(sky: Sky, width: int) -> Line:
    """Return what the signs are, in as many words as there is room for."""
    shown = f"{len(sky.survivors):,} of " if len(sky.survivors) < sky.surviving else ""
    survivors, alerts = f"{shown}{sky.surviving:,}", f"{len(sky.ra):,}"
    region = sky.radius is not None and sky.selected is not None
    pieces: Line = []
    for number, plane in (
        (f"{survivors} of {alerts} alerts", "galactic plane"),
        (f"{survivors} of {alerts}", "galactic plane"),
        (survivors, "Milky Way"),
    ):
        pieces = [(f"{SURVIVOR} ", "key"), (number, "muted")]
        if region:
            pieces.append((f"  {2 * (sky.radius or 0):g}° across", "muted"))
        else:
            if sky.frame == "equatorial":
                pieces += [(f"  {PLANE}", "title"), (f" {plane}", "muted")]
            pieces += [(f"  {PLANE}", "warn"), (" ecliptic", "muted")]
        if sum(len(text) for text, _ in pieces) <= width:
            break
    return pieces


def _fitting(pieces: Line, width: int) -> Line:
    """Return as many pieces as fit, in the middle of the line."""
    line: Line = []
    left = width
    for text, style in pieces:
        if len(text) > left:
            break
        line.append((text, style))
        left -= len(text)
    return [(" " * (left // 2), "plain"), *line]
