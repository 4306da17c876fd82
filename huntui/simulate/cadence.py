"""When and where the survey looked: tonight's exposures and those of the month before, by field.

A field is seen twice tonight, in g and some 40 minutes later in r, as ZTF's public survey does, and so on most clear
nights before (the whole sky every two to three nights: Bellm et al. 2019, PASP 131, 068003). The grid of fields has
ZTF's pitch and numbers like ZTF's, but is not its grid. Limits, seeing and the weather are estimates.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from huntui.simulate.arrays import Booleans, Integers
from huntui.simulate.draws import Floats, Keys, combine, normal, uniform

JD_OF_YEAR_ONE = 1721424.5
NIGHT_COUNT_STARTS = 2457754.5
"""ZTF counts its nights from 1 January 2017 [JD]; the count stands in every candid."""
HISTORY_DAYS = 30
SLOTS = 2 * HISTORY_DAYS + 2
"""Places for an exposure per field: two for each night before, then tonight's first and second visit."""
QUADRANT_DEG = 0.865
"""Side of a readout channel on the sky [deg]; eight by eight of them make the field of view."""
ALERTS_PER_EXPOSURE = 45
_FIRST_HOUR, _LAST_HOUR = 3.1, 11.9
_MOST_EXPOSURES = 700
_PALOMAR_EAST_DEG = -116.86


@dataclass(frozen=True, slots=True)
class Cadence:
    """The fields of the night and their exposures; arrays are over fields or over fields × `SLOTS`."""

    number: Integers
    """Number of the field."""
    ra: Floats
    dec: Floats
    """Centre of the field [deg]."""
    jd: Floats
    """Start of the exposure [JD]."""
    is_g: Booleans
    """Band: g, else r."""
    limit: Floats
    """5-sigma limit [mag]."""
    seeing: Floats
    """Full width at half maximum [pixel]."""
    zero_point: Floats
    """Magnitude of one DN [mag]."""
    exposed: Booleans
    """Whether the slot holds an exposure."""


def julian_date(day: date) -> float:
    """Return the Julian date at 0h UT of a calendar day."""
    return day.toordinal() + JD_OF_YEAR_ONE


def plan_exposures(day: date, key: Keys, alerts: int) -> Cadence:
    """Plan a night of about `ALERTS_PER_EXPOSURE` alerts in each exposure."""
    fields = int(np.clip(alerts // ALERTS_PER_EXPOSURE, 4, _MOST_EXPOSURES)) // 2
    midnight = julian_date(day)
    first, second = _visits(midnight, fields)
    number, ra, dec = _pointings(first, key)
    keys = combine(combine(key, number)[:, None], np.arange(SLOTS)[None, :])
    jd, exposed = _history(midnight, first, keys, combine(key, np.arange(HISTORY_DAYS) + 7000))
    jd[:, -2], jd[:, -1] = first, second
    exposed[:, -2:] = True
    jd = np.round(jd, 7)
    is_g = np.tile(np.arange(SLOTS) % 2 == 0, (fields, 1))
    dark = _darkness(jd)
    limit = np.where(is_g, 20.45, 20.35) - 0.9 * (1 - dark) ** 2 + 0.25 * normal(keys, 1) - 1.2 * uniform(keys, 2) ** 6
    return Cadence(
        number,
        ra,
        dec,
        jd,
        is_g,
        np.clip(limit, 18.0, 21.1).round(4),
        np.clip(2.2 * np.exp(0.26 * normal(keys, 3)), 1.3, 6.0).round(4),
        (np.where(is_g, 26.3, 26.2) + 0.06 * normal(keys, 4)).round(5),
        exposed,
    )


def _visits(midnight: float, fields: int) -> tuple[Floats, Floats]:
    """Times of the first and second visit of each field: a run of fields in g, then the same run in r."""
    exposures = 2 * fields
    times = midnight + np.linspace(_FIRST_HOUR, _LAST_HOUR, exposures) / 24.0
    run = max(1, round(40.0 / 60.0 / ((_LAST_HOUR - _FIRST_HOUR) / exposures)))
    order = np.arange(exposures)
    block, place = order // (2 * run), order % (2 * run)
    length = np.minimum(run, (exposures - block * 2 * run) // 2)
    is_second = place >= length
    return times[~is_second], times[is_second]


def _grid() -> tuple[Integers, Floats, Floats]:
    rows = np.arange(-24.0, 80.0, 7.2)
    counts = [int(np.ceil(360 * np.cos(np.radians(row)) / 7.0)) for row in rows]
    ra = np.concatenate([np.arange(count) * 360.0 / count for count in counts])
    dec = np.repeat(rows, counts)
    return np.arange(len(ra), dtype=np.int64) + 246, ra, dec


def _pointings(jd: Floats, key: Keys) -> tuple[Integers, Floats, Floats]:
    """Choose for each first visit the field nearest to the meridian (within a jitter) that was not visited yet."""
    number, ra, dec = _grid()
    jitter = 90.0 * uniform(combine(key, number), 5)
    sidereal = (280.46062 + 360.98564737 * (jd - 2451545.0) + _PALOMAR_EAST_DEG) % 360.0
    free, chosen = np.ones(len(number), np.bool_), np.empty(len(jd), np.int64)
    for k, lst in enumerate(sidereal):
        hour_angle = np.abs((ra - lst + 180.0) % 360.0 - 180.0) * np.cos(np.radians(dec))
        cost = np.where(free, hour_angle + jitter, np.inf)
        chosen[k] = np.argmin(cost)
        free[chosen[k]] = False
    return number[chosen], ra[chosen], dec[chosen]


def _history(midnight: float, first: Floats, keys: Keys, nights: Keys) -> tuple[Floats, Booleans]:
    """Times of the month's exposures and whether each was taken: weather closes whole nights, and fields alternate."""
    back = np.repeat(np.arange(HISTORY_DAYS, 0, -1), 2)
    clear = np.repeat(uniform(nights, 6) < 0.8, 2)
    tonight = (first - midnight)[:, None]
    per_night = keys[:, 0:-2:2]
    wobble = np.repeat((uniform(per_night, 7) - 0.5) * 0.05, 2, axis=1)
    jd = np.empty((len(first), SLOTS))
    jd[:, :-2] = midnight - back + np.clip(tonight + wobble, 0.11, 0.48)
    jd[:, 1:-2:2] += 0.02 + 0.03 * uniform(per_night, 8)
    exposed = np.zeros((len(first), SLOTS), np.bool_)
    often = 0.16 + 0.8 * uniform(keys[:, -1:], 12) ** 2
    chosen = np.repeat(uniform(per_night, 9) < often, 2, axis=1) & (uniform(keys[:, :-2], 10) < 0.92)
    exposed[:, :-2] = chosen & clear
    return jd, exposed


def _darkness(jd: Floats) -> Floats:
    """1 at new moon, 0 at full moon (mean synodic month, new moon of 6 January 2000)."""
    dark: Floats = 0.5 + 0.5 * np.cos(2 * np.pi * (jd - 2451550.1) / 29.530589)
    return dark


def galactic_latitude(ra: Floats, dec: Floats) -> Floats:
    """Return galactic latitude [deg] of J2000 positions [deg]; the pole is at 192.85948, +27.12825 (Hipparcos)."""
    pole, delta = np.radians(27.12825), np.radians(dec)
    sine = np.sin(pole) * np.sin(delta) + np.cos(pole) * np.cos(delta) * np.cos(np.radians(ra - 192.85948))
    latitude: Floats = np.degrees(np.arcsin(sine))
    return latitude


def ecliptic_latitude(ra: Floats, dec: Floats) -> Floats:
    """Return ecliptic latitude [deg] of J2000 positions [deg]; the obliquity is 23.4393 deg."""
    tilt, delta = np.radians(23.4393), np.radians(dec)
    sine = np.sin(delta) * np.cos(tilt) - np.cos(delta) * np.sin(tilt) * np.sin(np.radians(ra))
    latitude: Floats = np.degrees(np.arcsin(sine))
    return latitude
