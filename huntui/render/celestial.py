"""Places on the sky in equatorial and galactic coordinates, and how a map lays them flat. Angles are degrees.

The galactic frame is that of Hipparcos (ESA SP-1200, volume 1, section 1.5.3), which holds for J2000 as ICRS does; the
obliquity of the ecliptic is that of J2000 (IAU 1976). Hammer's projection is the one of Calabretta and Greisen 2002,
section 5.3.3 (there Hammer–Aitoff); a region is laid flat by Lambert's azimuthal one (5.1.6). Both keep areas equal.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Frame = Literal["equatorial", "galactic"]

_TO_GALACTIC = np.array(
    [
        [-0.0548755604, -0.8734370902, -0.4838350155],
        [0.4941094279, -0.4448296300, 0.7469822445],
        [-0.8676661490, -0.1980763734, 0.4559837762],
    ]
)
_OBLIQUITY = np.radians(84381.448 / 3600)


def vectors(longitude: Floats, latitude: Floats) -> Floats:
    """Return unit vectors, shape (…, 3)."""
    along, up = np.radians(longitude), np.radians(latitude)
    return np.stack([np.cos(up) * np.cos(along), np.cos(up) * np.sin(along), np.sin(up)], axis=-1)


def angles(vector: Floats) -> tuple[Floats, Floats]:
    """Return longitude from 0 to 360 and latitude of unit vectors."""
    longitude = np.degrees(np.arctan2(vector[..., 1], vector[..., 0])) % 360.0
    return longitude, np.degrees(np.arcsin(np.clip(vector[..., 2], -1.0, 1.0)))


def to_galactic(ra: Floats, dec: Floats) -> tuple[Floats, Floats]:
    """Return galactic longitude and latitude."""
    return angles(vectors(ra, dec) @ _TO_GALACTIC.T)


def to_equatorial(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Return right ascension and declination of galactic coordinates."""
    return angles(vectors(longitude, latitude) @ _TO_GALACTIC)


def ecliptic(points: int) -> tuple[Floats, Floats]:
    """Return right ascension and declination of points of the ecliptic, all around."""
    along = np.linspace(0.0, 2 * np.pi, points, endpoint=False)
    up = np.sin(along)
    return angles(np.stack([np.cos(along), up * np.cos(_OBLIQUITY), up * np.sin(_OBLIQUITY)], axis=-1))


def hammer(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Return where a place lies on a map of all the sky: x from -2 to 2 with longitude growing to the left, y to 1.

    Longitude 0 is in the middle.
    """
    along, up = np.radians((longitude + 180.0) % 360.0 - 180.0) / 2, np.radians(latitude)
    scale = 1.0 / np.sqrt(1.0 + np.cos(up) * np.cos(along))
    return -2.0 * scale * np.cos(up) * np.sin(along), scale * np.sin(up)


def from_hammer(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the longitude and latitude at a place of the map, NaN outside it."""
    inside = (x / 2) ** 2 + y**2 <= 1.0
    z = np.sqrt(np.where(inside, 1.0 - (x / 2) ** 2 / 2 - y**2 / 2, 1.0))
    root = np.sqrt(2.0)
    longitude = 2 * np.degrees(np.arctan2(-z * x * root / 2, 2 * z**2 - 1.0)) % 360.0
    latitude = np.degrees(np.arcsin(np.clip(z * y * root, -1.0, 1.0)))
    return np.where(inside, longitude, np.nan), np.where(inside, latitude, np.nan)


def around(longitude: Floats, latitude: Floats, centre: tuple[float, float]) -> tuple[Floats, Floats]:
    """Return where a place lies on a map around a centre [degrees from it]: x to the west, y to the north."""
    along, up, middle = np.radians(longitude - centre[0]), np.radians(latitude), np.radians(centre[1])
    towards = np.sin(middle) * np.sin(up) + np.cos(middle) * np.cos(up) * np.cos(along)
    scale = np.degrees(np.sqrt(2.0 / np.maximum(1.0 + towards, 1e-9)))
    x = -scale * np.cos(up) * np.sin(along)
    return x, scale * (np.cos(middle) * np.sin(up) - np.sin(middle) * np.cos(up) * np.cos(along))


def from_around(x: Floats, y: Floats, centre: tuple[float, float]) -> tuple[Floats, Floats]:
    """Return the longitude and latitude at a place of the map around a centre, NaN beyond the antipode."""
    reach, middle = np.radians(np.hypot(x, y)), np.radians(centre[1])
    towards = np.where(reach <= 2.0, 1.0 - reach**2 / 2, np.nan)
    scale = np.sqrt(np.maximum(1.0 - reach**2 / 4, 0.0))
    east, north = -np.radians(x) * scale, np.radians(y) * scale
    up = np.sin(middle) * towards + np.cos(middle) * north
    along = np.arctan2(east, np.cos(middle) * towards - np.sin(middle) * north)
    return (centre[0] + np.degrees(along)) % 360.0, np.degrees(np.arcsin(np.clip(up, -1.0, 1.0)))


def sexagesimal(ra: float, dec: float) -> str:
    """Write coordinates as `17h32m10.2s +12°34′56″`."""
    tenths = round(ra / 15 * 36_000) % 864_000
    seconds = round(abs(dec) * 3600)
    hours, degrees = (tenths // 36_000, tenths // 600 % 60), (seconds // 3600, seconds // 60 % 60)
    sign = "−" if dec < 0 else "+"
    return (
        f"{hours[0]:02}h{hours[1]:02}m{tenths % 600 / 10:04.1f}s "
        f"{sign}{degrees[0]:02}°{degrees[1]:02}′{seconds % 60:02}″"
    )
