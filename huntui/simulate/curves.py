"""Light curves: how much brighter or fainter than its reference image an object is, at a time and in a band.

Fluxes are in microjansky (AB zero point 23.9) and signed. Explosions and outbursts are knots of magnitude against
phase, joined by straight lines; the numbers are typical values of each kind, estimates unless a source is named.
Rise of SN Ia: 18.9 days, flux as time squared (Miller et al. 2020, ApJ 902, 47). Rise of SLSN-I: about 42 days (Chen
et al. 2023, ApJ 943, 41). Kilonova: as AT 2017gfo (Villar et al. 2017, ApJ 851, L21). Microlensing: Paczyński (1986).
"""

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from huntui.simulate.arrays import Booleans, Integers, take
from huntui.simulate.draws import Floats, Keys, uniform

ZERO_POINT = 23.9


class Family(IntEnum):
    """How the brightness of an object comes about."""

    BURST = 0
    """An explosion or outburst: a curve of `BURSTS`, once."""
    PERIODIC = 1
    """A star that repeats a shape of `SHAPES`."""
    WALK = 2
    """A source that wanders about its mean."""
    LENS = 3
    """A star magnified by a passing mass."""
    ONCE = 4
    """Something that is at this place for one exposure."""
    SPURIOUS = 5
    """A place where the subtraction fails now and then, with either sign."""


class Parameters(NamedTuple):
    """What the light curve of each object is made of; every field is an array over objects (or rows)."""

    family: Integers
    """A `Family`."""
    shape: Integers
    """Which curve of the family."""
    t0: Floats
    """Time of the r-band peak, of phase zero or of closest approach [JD]."""
    mag: Floats
    """r magnitude at the peak of a burst, mean r magnitude of a variable, r magnitude of what is seen once."""
    color: Floats
    """g − r: added to the curve's own colour for a burst, the mean for a variable [mag]."""
    scale: Floats
    """Stretch of a burst, period [day], time scale of a walk [day], Einstein time [day], or the share of failures."""
    amplitude: Floats
    """g-band peak to peak or scatter [mag], closest approach of a lens, or the sign of what is seen once."""
    offset: Floats
    """How much brighter than its mean the reference caught a variable [mag]."""
    host: Floats
    """r magnitude of the host galaxy, of the quiescent star or of the variable itself; 99 where there is none."""
    redshift: Floats
    """Redshift, NaN where it has no meaning."""
    speed: Floats
    """Motion [arcsec/min], NaN where it has no meaning."""
    visit: Integers
    """The one visit of the night at which it is there, −1 for all."""


class Burst(NamedTuple):
    """One kind of outburst: phase [day from the r peak], how much fainter than the peak [mag], and g − r [mag]."""

    phase: tuple[float, ...]
    fainter: tuple[float, ...]
    color: tuple[float, ...]


BURSTS: dict[str, Burst] = {
    "supernova Ia": Burst(
        (-18.9, -18, -16, -13, -10, -6, -2, 0, 3, 6, 10, 15, 20, 25, 30, 40, 60, 90, 150, 300),
        (12, 6.6, 4.1, 2.5, 1.45, 0.5, 0.05, 0, 0.05, 0.18, 0.42, 0.62, 0.66, 0.72, 0.95, 1.6, 2.4, 3.4, 5.4, 9.5),
        (0.3, 0.2, 0.1, 0, -0.05, -0.08, -0.06, -0.04, 0, 0.08, 0.2, 0.45, 0.7, 0.8, 0.85, 0.7, 0.45, 0.2, 0, 0),
    ),
    "supernova II": Burst(
        (-9, -8.5, -8, -6, -3, 0, 10, 30, 60, 85, 100, 110, 150, 250),
        (12, 4, 2.6, 1.1, 0.3, 0, 0.05, 0.1, 0.2, 0.4, 1.2, 2.2, 2.6, 3.6),
        (-0.2, -0.2, -0.15, -0.1, -0.05, 0, 0.1, 0.45, 0.85, 1.15, 1.3, 1.4, 1.4, 1.2),
    ),
    "supernova Ibc": Burst(
        (-17, -16, -14, -10, -6, -2, 0, 4, 10, 20, 30, 50, 100, 200),
        (12, 5.6, 3.2, 1.5, 0.6, 0.08, 0, 0.06, 0.35, 1.0, 1.6, 2.3, 3.3, 5.2),
        (0.3, 0.2, 0.2, 0.2, 0.25, 0.3, 0.35, 0.5, 0.8, 1.05, 1.05, 0.9, 0.7, 0.6),
    ),
    "superluminous supernova": Burst(
        (-42, -40, -35, -30, -20, -10, 0, 20, 40, 60, 100, 160, 300),
        (12, 4.5, 2.9, 1.9, 0.9, 0.25, 0, 0.3, 0.85, 1.45, 2.5, 4, 7.5),
        (-0.35, -0.3, -0.3, -0.28, -0.25, -0.2, -0.1, 0.05, 0.2, 0.3, 0.4, 0.4, 0.4),
    ),
    "tidal disruption": Burst(
        (-50, -42, -36, -30, -24, -18, -12, -6, 0, 20, 60, 120, 300, 600),
        (9.4, 6.65, 4.9, 3.4, 2.17, 1.22, 0.54, 0.14, 0, 0.36, 1.09, 2.17, 5.4, 10),
        (-0.2,) * 14,
    ),
    "kilonova-like": Burst(
        (-0.7, -0.65, -0.5, -0.3, 0, 1, 2, 3, 5, 10),
        (12, 3.5, 1.6, 0.6, 0, 0.8, 1.8, 2.8, 4.8, 9),
        (-0.15, -0.15, -0.1, 0, 0.1, 0.6, 1.1, 1.5, 2, 2),
    ),
    "afterglow": Burst(
        (0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 4, 8, 16, 40),
        (12, 1, 0, 1, 1.75, 2.5, 3.5, 4.25, 5, 5.75, 6.5, 7.5, 9.5),
        (0.3,) * 13,
    ),
    "dwarf nova": Burst(
        (-2.6, -2, -1.5, -0.7, 0, 6, 8, 11, 14),
        (9, 4, 2.5, 0.8, 0, 0.75, 2.1, 4.5, 8),
        (0.2, 0.1, 0.05, 0, -0.05, -0.05, 0.05, 0.2, 0.3),
    ),
    "nova": Burst(
        (-2, -1.5, -1, -0.5, 0, 10, 20, 50, 150),
        (12, 5, 2.4, 0.8, 0, 2, 3, 4.2, 6),
        (0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.3, 0.2, 0.2),
    ),
    "M-dwarf flare": Burst(
        (-0.004, -0.002, -0.001, 0, 0.01, 0.02, 0.05, 0.1, 0.3),
        (10, 2, 0.8, 0, 0.7, 1.3, 2.8, 4.6, 10),
        (-0.5,) * 9,
    ),
}
"""The bursts, by class; stretched in time by each object's own factor."""


class Shape(NamedTuple):
    """One cycle of a periodic star: phase, fainter than the mean in units of the amplitude, and r over g amplitude."""

    phase: tuple[float, ...]
    fainter: tuple[float, ...]
    red: float


SHAPES: dict[str, Shape] = {
    "RRab": Shape((0, 0.08, 0.2, 0.4, 0.6, 0.85, 0.92, 1), (-0.65, -0.5, -0.2, 0.12, 0.28, 0.35, 0.0, -0.65), 0.7),
    "sine": Shape(tuple(np.linspace(0, 1, 17)), tuple(-0.5 * np.cos(np.linspace(0, 2 * np.pi, 17))), 0.75),
    "detached": Shape(
        (0, 0.02, 0.06, 0.07, 0.43, 0.44, 0.48, 0.52, 0.56, 0.57, 0.93, 0.94, 0.98, 1),
        (0.95, 0.9, 0.1, -0.05, -0.05, 0.0, 0.4, 0.4, 0.0, -0.05, -0.05, 0.1, 0.9, 0.95),
        0.97,
    ),
    "contact": Shape(
        (0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1), (0.8, 0.3, -0.2, 0.25, 0.7, 0.25, -0.2, 0.3, 0.8), 0.97
    ),
    "Mira": Shape((0, 0.15, 0.4, 0.6, 0.75, 0.9, 1), (-0.5, -0.3, 0.25, 0.5, 0.4, -0.2, -0.5), 0.8),
}
"""The periodic shapes; the amplitude that they are scaled by is that of the g band."""

_BURSTS, _SHAPES = tuple(BURSTS.values()), tuple(SHAPES.values())
BURST_INDEX = {name: k for k, name in enumerate(BURSTS)}
SHAPE_INDEX = {name: k for k, name in enumerate(SHAPES)}
BURST_STARTS = np.array([burst.phase[0] for burst in _BURSTS])
"""Phase at which each burst begins [day]; the bursts in the order of `BURSTS`."""

_WAVES = 8
"""Sine waves that a walk is the sum of: enough that a month of it looks irregular."""


def flux_of(mag: Floats) -> Floats:
    """Return the flux of a magnitude [microjansky]."""
    flux: Floats = np.power(10.0, -0.4 * (mag - ZERO_POINT))
    return flux


def mag_of(flux: Floats) -> Floats:
    """Return the magnitude of a positive flux [mag]."""
    mag: Floats = ZERO_POINT - 2.5 * np.log10(flux)
    return mag


def difference_flux(
    objects: Parameters, keys: Keys, jd: Floats, is_g: Booleans, visit: Integers, noise: Keys
) -> Floats:
    """Return the flux above the reference [microjansky], one value per row.

    `keys` are the objects' own keys, `noise` those of each object at each exposure; `visit` is 0 or 1 at the night's
    first or second look at the field, −1 before the night.
    """
    flux = np.zeros(len(jd))
    for family, rows in _grouped(objects.family):
        model = _FLUX[Family(family)]
        flux[rows] = model(take(objects, rows), keys[rows], jd[rows], is_g[rows], visit[rows], noise[rows])
    return flux


def _grouped(codes: Integers) -> list[tuple[int, Integers]]:
    return [(int(code), np.flatnonzero(codes == code)) for code in np.unique(codes)]


def _burst(objects: Parameters, _keys: Keys, jd: Floats, is_g: Booleans, *_: object) -> Floats:
    phase, mag = (jd - objects.t0) / objects.scale, objects.mag.copy()
    for shape, rows in _grouped(objects.shape):
        burst = _BURSTS[shape]
        mag[rows] += np.interp(phase[rows], burst.phase, burst.fainter, left=30.0)
        color = np.interp(phase[rows], burst.phase, burst.color) + objects.color[rows]
        mag[rows] += np.where(is_g[rows], color, 0.0)
    return flux_of(mag)


def _above_reference(objects: Parameters, is_g: Booleans, fainter: Floats) -> Floats:
    reference = flux_of(objects.mag + np.where(is_g, objects.color, 0.0) - objects.offset)
    flux: Floats = reference * (np.power(10.0, -0.4 * (fainter + objects.offset)) - 1.0)
    return flux


def _periodic(objects: Parameters, _keys: Keys, jd: Floats, is_g: Booleans, *_: object) -> Floats:
    phase, fainter = ((jd - objects.t0) / objects.scale) % 1.0, np.zeros(len(jd))
    for shape, rows in _grouped(objects.shape):
        cycle = _SHAPES[shape]
        fainter[rows] = np.interp(phase[rows], cycle.phase, cycle.fainter) * np.where(is_g[rows], 1.0, cycle.red)
    return _above_reference(objects, is_g, fainter * objects.amplitude)


def _walk(objects: Parameters, keys: Keys, jd: Floats, is_g: Booleans, *_: object) -> Floats:
    fainter = np.zeros(len(jd))
    for wave in range(_WAVES):
        # Waves spaced evenly in log frequency, of equal power about 1/scale: a damped random walk in outline.
        frequency = np.power(2.0, wave - 4.0 + uniform(keys, 100 + wave)) / objects.scale
        power = 1.0 / (1.0 + frequency * objects.scale)
        fainter += np.sqrt(power) * np.sin(2 * np.pi * (jd * frequency + uniform(keys, 120 + wave)))
    return _above_reference(objects, is_g, fainter * objects.amplitude * np.where(is_g, 0.6, 0.5))


def _lens(objects: Parameters, _keys: Keys, jd: Floats, is_g: Booleans, *_: object) -> Floats:
    u2 = objects.amplitude**2 + ((jd - objects.t0) / objects.scale) ** 2
    magnification = (u2 + 2.0) / np.sqrt(u2 * (u2 + 4.0))
    flux: Floats = flux_of(objects.mag + np.where(is_g, objects.color, 0.0)) * (magnification - 1.0)
    return flux


def _once(objects: Parameters, _keys: Keys, _jd: Floats, is_g: Booleans, visit: Integers, *_: object) -> Floats:
    flux = flux_of(objects.mag + np.where(is_g, objects.color, 0.0)) * objects.amplitude
    return np.where(visit == objects.visit, flux, 0.0)


def _spurious(
    objects: Parameters,
    _keys: Keys,
    _jd: Floats,
    _is_g: Booleans,
    _visit: Integers,
    noise: Keys,
) -> Floats:
    mag = objects.mag + 1.2 * (uniform(noise, 140) - 0.5)
    sign = np.where(uniform(noise, 141) < 0.5 + 0.4 * objects.amplitude, 1.0, -1.0)
    return np.where(uniform(noise, 142) < objects.scale, sign * flux_of(mag), 0.0)


_FLUX: dict[Family, Callable[..., Floats]] = {
    Family.BURST: _burst,
    Family.PERIODIC: _periodic,
    Family.WALK: _walk,
    Family.LENS: _lens,
    Family.ONCE: _once,
    Family.SPURIOUS: _spurious,
}
