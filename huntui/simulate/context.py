"""What is around an object: the nearest sources of the reference image, of Pan-STARRS1, of Gaia, and known asteroids.

All of it belongs to the object's place, so that every alert of an object finds the same. Densities grow towards the
Milky Way; they, the scores and the magnitudes were set by eye to the spread in real alerts.
"""

from dataclasses import dataclass

import numpy as np

from huntui.simulate.arrays import Booleans, Integers
from huntui.simulate.cadence import galactic_latitude
from huntui.simulate.draws import Floats, Keys, logistic, normal, uniform
from huntui.simulate.ghosts import lacks_source, lies_on_galaxy, star_angle, star_distance
from huntui.simulate.plan import Objects
from huntui.simulate.populations import POPULATIONS, Near

NO_MATCH = -999.0
_PS1_RADIUS_ARCSEC, _GAIA_RADIUS_ARCSEC = 30.0, 90.0
_PS1_FAINTEST, _REFERENCE_FAINTEST, _GAIA_FAINTEST, _GAIA_BRIGHT = 22.6, 21.9, 20.7, 14.0

_FAINT_IN_REFERENCE = 6.0
"""Sources of the reference within that radius that PS1 does not list."""

_NEAR = np.array([population.near for population in POPULATIONS])
_COLOR = np.array([np.nan if p.neighbour_color is None else p.neighbour_color for p in POPULATIONS])
_STAR_LIKE = np.array([4.5, np.nan, -3.5, -3.2, 0.0, 5.5])
"""Mean logit of the star–galaxy score of what stands at the place, by `Near`; quasars look like either."""


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at or near each object's place; arrays over the objects asked for."""

    near: Integers
    """A `Near`: NOTHING also where the counterpart is too faint to be catalogued."""
    east: Floats
    north: Floats
    """Offset of the nearest source of the reference image [arcsec]."""
    magnr_g: Floats
    magnr_r: Floats
    """Magnitudes of that source."""
    extended: Booleans
    """Whether it is a galaxy."""
    columns: dict[str, Floats | Integers]
    """Columns of the candidate record that describe the place."""


def describe_places(objects: Objects, which: Integers) -> Place:
    """Describe the surroundings of the objects `which`."""
    keys, parameters = objects.keys[which], objects.parameters
    kind = _NEAR[objects.population[which]]
    # What a pair of artefacts shares is one star.
    source = np.where(kind == Near.BRIGHT_STAR, objects.group[which], keys)
    near, host = _near(objects.group[which], kind, parameters.host[which])
    color = _COLOR[objects.population[which]] + 0.15 * normal(source, 10)
    color = np.where(np.isnan(color), parameters.color[which], color)
    crowding = np.exp(-np.abs(galactic_latitude(objects.ra[which], objects.dec[which])) / 10.0)
    distance = _distance(keys, near, host)
    is_there = near != Near.NOTHING
    ps1 = _ps1_sources(keys, np.where(is_there, distance, np.inf), host, color, _score(source, near), crowding)
    from_reference = is_there & (host < _REFERENCE_FAINTEST)
    # Without a counterpart the reference's nearest source is a neighbour, or one so faint that PS1 does not list it.
    faint = _PS1_RADIUS_ARCSEC * np.sqrt(-np.log(uniform(keys, 57)) / _FAINT_IN_REFERENCE)
    is_listed = ps1.nearest_neighbour < faint
    neighbour = np.where(is_listed, ps1.nearest_neighbour, faint)
    neighbour_mag = np.where(is_listed, ps1.neighbour_mag, 21.4 + 0.4 * normal(keys, 58))
    reference = np.where(from_reference, distance, neighbour)
    angle = star_angle(keys)
    extended = np.where(from_reference, (near == Near.HOST) | (near == Near.NUCLEUS), uniform(keys, 12) < 0.5)
    magnr_r = np.where(from_reference, host + np.where(extended, 0.3, 0.0), neighbour_mag - 0.3)
    magnr_g = magnr_r + np.where(from_reference, color, 0.7 + 0.3 * normal(keys, 13))
    columns = {**ps1.columns, **_gaia(keys, near, distance, host, crowding)}
    columns.update(_identifiers(objects.ra[which], objects.dec[which], columns, keys))
    return Place(
        near, reference * np.sin(angle), reference * np.cos(angle), magnr_g, magnr_r, extended, columns
    )  # fmt: skip


def _near(groups: Keys, near: Integers, host: Floats) -> tuple[Integers, Floats]:
    """Take away counterparts that are too faint; of artefacts a third has none, and a fifth lies on a galaxy's core."""
    spoiled = near == Near.BRIGHT_STAR
    gone = (host > _PS1_FAINTEST) | (spoiled & lacks_source(groups))
    on_galaxy = spoiled & lies_on_galaxy(groups)
    near = np.where(gone, Near.NOTHING, np.where(on_galaxy, Near.NUCLEUS, near))
    return near, np.clip(host + np.where(on_galaxy, 3.0, 0.0), 9.0, _PS1_FAINTEST)


def _distance(keys: Keys, near: Integers, host: Floats) -> Floats:
    """Distance to the counterpart [arcsec]: almost none for the object itself, as large as the galaxy for hosts."""
    rayleigh = np.sqrt(-2.0 * np.log(uniform(keys, 15)))
    galaxy = np.clip(2.2 * rayleigh * np.power(10.0, -0.1 * (host - 19.0)), 0.05, 18.0)
    distance = np.where(near == Near.STAR, 0.25, 0.15) * rayleigh
    distance = np.where(near == Near.HOST, galaxy, distance)
    return np.where(near == Near.BRIGHT_STAR, star_distance(keys), distance)


def _score(keys: Keys, near: Integers) -> Floats:
    """Star–galaxy score of the counterpart; half the quasars pass for stars, and 0.5 is PS1's unclassified."""
    mean = np.where(near == Near.QUASAR, np.where(uniform(keys, 17) < 0.5, 2.0, -2.0), _STAR_LIKE[near])
    score = logistic(mean + 1.6 * normal(keys, 18))
    return np.where(uniform(keys, 19) < np.where(near == Near.HOST, 0.2, 0.06), 0.5, score)


@dataclass(frozen=True, slots=True)
class _Ps1:
    columns: dict[str, Floats | Integers]
    nearest_neighbour: Floats
    neighbour_mag: Floats


def _ps1_sources(
    keys: Keys, distance: Floats, host: Floats, color: Floats, score: Floats, crowding: Floats
) -> _Ps1:  # fmt: skip
    """The counterpart and the three nearest of a Poisson field of neighbours, by distance."""
    expected = 3.0 + 60.0 * crowding
    gaps = -np.log(np.stack([uniform(keys, 20 + k) for k in range(3)], axis=1))
    neighbours = _PS1_RADIUS_ARCSEC * np.sqrt(np.cumsum(gaps, axis=1) / expected[:, None])
    r = np.stack([22.5 + np.log(uniform(keys, 24 + k)) for k in range(3)], axis=1).clip(13.0)
    red = np.stack([0.8 + 0.35 * normal(keys, 28 + k) for k in range(3)], axis=1)
    scores = np.stack([_neighbour_score(keys, k, crowding) for k in range(3)], axis=1)

    distances = np.column_stack([distance, neighbours])
    order = np.argsort(distances, axis=1, kind="stable")[:, :3]
    distances, r_mag = _sorted(distances, order), _sorted(np.column_stack([host, r]), order)
    g_minus_r, score = _sorted(np.column_stack([color, red]), order), _sorted(np.column_stack([score, scores]), order)
    r_minus_i = np.clip(0.4 * g_minus_r + 1.2 * np.maximum(g_minus_r - 1.2, 0.0), -0.2, 2.5)
    mags = {"g": r_mag + g_minus_r, "r": r_mag, "i": r_mag - r_minus_i, "z": r_mag - 1.5 * r_minus_i}
    found = distances <= _PS1_RADIUS_ARCSEC
    columns: dict[str, Floats | Integers] = {}
    for k in range(3):
        for band, mag in mags.items():
            columns[f"s{band}mag{k + 1}"] = np.where(found[:, k] & (mag[:, k] < _PS1_FAINTEST), mag[:, k], NO_MATCH)
        columns[f"sgscore{k + 1}"] = np.where(found[:, k], score[:, k], NO_MATCH)
        columns[f"distpsnr{k + 1}"] = np.where(found[:, k], distances[:, k], NO_MATCH)
    beyond_three = np.floor(np.maximum(expected + np.sqrt(expected) * normal(keys, 32), 3.0)).astype(np.int64)
    columns["nmtchps"] = np.where(found[:, 2], beyond_three, found.sum(axis=1))
    return _Ps1(columns, neighbours[:, 0], r[:, 0])


def _sorted(values: Floats, order: Integers) -> Floats:
    return np.take_along_axis(values, order, axis=1)


def _neighbour_score(keys: Keys, rank: int, crowding: Floats) -> Floats:
    """Star–galaxy score of a neighbour: one in six is exactly 0.5, which is PS1's unclassified."""
    is_star = uniform(keys, 34 + rank) < 0.35 + 0.5 * crowding
    score = logistic(np.where(is_star, 2.5, -3.0) + 2.0 * normal(keys, 38 + rank))
    return np.where(uniform(keys, 42 + rank) < 0.16, 0.5, score)


def _gaia(keys: Keys, near: Integers, distance: Floats, host: Floats, crowding: Floats) -> dict[str, Floats | Integers]:
    """Nearest Gaia source and nearest one brighter than 14 mag."""
    field = _GAIA_RADIUS_ARCSEC * np.sqrt(-np.log(uniform(keys, 46)) / (12.0 + 250.0 * crowding))
    bright = _GAIA_RADIUS_ARCSEC * np.sqrt(-np.log(uniform(keys, 47)) / (0.4 + 1.6 * crowding))
    mag, bright_mag = _GAIA_FAINTEST + 1.3 * np.log(uniform(keys, 48)), _GAIA_BRIGHT + 0.7 * np.log(uniform(keys, 49))
    point_like = (near == Near.STAR) | (near == Near.QUASAR) | (near == Near.BRIGHT_STAR)
    own = point_like & (host < _GAIA_FAINTEST) & (distance < field)
    field, mag = np.where(own, distance, field), np.where(own, host, mag)
    own_bright = own & (host < _GAIA_BRIGHT)
    bright, bright_mag = np.where(own_bright, distance, bright), np.where(own_bright, host, bright_mag)
    return {
        "neargaia": np.where(field <= _GAIA_RADIUS_ARCSEC, field, NO_MATCH),
        "maggaia": np.where(field <= _GAIA_RADIUS_ARCSEC, mag, NO_MATCH),
        "neargaiabright": np.where(bright <= _GAIA_RADIUS_ARCSEC, bright, NO_MATCH),
        "maggaiabright": np.where(bright <= _GAIA_RADIUS_ARCSEC, bright_mag, NO_MATCH),
    }


def _identifiers(
    ra: Floats, dec: Floats, columns: dict[str, Floats | Integers], keys: Keys
) -> dict[str, Floats | Integers]:
    """PS1 identifiers: the zone of declination, right ascension in millionths of a degree, and four digits more."""
    zone = np.floor((dec + 90.0) * 120.0).astype(np.int64) * 10**13
    millionths = np.floor(ra * 1e6).astype(np.int64) * 10**4
    identifiers: dict[str, Floats | Integers] = {}
    for k in (1, 2, 3):
        identifier = zone + millionths + np.floor(1e4 * uniform(keys, 50 + k)).astype(np.int64)
        identifiers[f"objectidps{k}"] = np.where(columns[f"distpsnr{k}"] >= 0.0, identifier, int(NO_MATCH))
    return identifiers


def describe_neighbour(place: Place, rows: Integers, is_g: Booleans, keys: Keys) -> dict[str, Floats]:
    """Return the columns of the reference's nearest source, for a row per detection; `keys` are the objects' own."""
    magnr, extended = np.where(is_g, place.magnr_g[rows], place.magnr_r[rows]), place.extended[rows]
    blurred = np.exp(0.6 + 0.5 * normal(keys, 61))
    return {
        "magnr": magnr.round(3),
        "sigmagnr": np.clip(0.012 * np.power(10.0, 0.22 * (magnr - 16.0)), 0.01, 0.35).round(3),
        "chinr": np.where(extended, blurred, np.exp(-0.3 + 0.35 * normal(keys, 62))).round(3),
        "sharpnr": np.where(extended, 0.1 + 0.5 * uniform(keys, 63), 0.06 * normal(keys, 64)).round(3),
    }
