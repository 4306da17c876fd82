"""The plan of a night: which object alerts in which exposure. It is made at once; packets are made from it later."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from huntui.simulate.arrays import Booleans, Integers, join, take
from huntui.simulate.cadence import (
    NIGHT_COUNT_STARTS,
    QUADRANT_DEG,
    SLOTS,
    Cadence,
    ecliptic_latitude,
    galactic_latitude,
    julian_date,
    plan_exposures,
)
from huntui.simulate.curves import Parameters
from huntui.simulate.draws import Floats, Keys, combine, mix, uniform
from huntui.simulate.ghosts import beside_star, star_angle, star_distance
from huntui.simulate.photometry import measure_flux
from huntui.simulate.populations import POPULATIONS, Near, Sky, alerts_per_class

PIXEL_ARCSEC = 1.01
QUADRANT_PIXELS = 3072.0
"""Side of a readout channel."""
_EDGE_PIXELS = 10.0
"""Objects stay this far from the edge of a readout channel, as the survey's alerts do; cutouts may reach beyond it."""
SOURCES_PER_IMAGE = 150
"""Numbers that the sources of one image are told apart by, at the least."""
_FIRST, _SECOND = SLOTS - 2, SLOTS - 1
_MOST_ROUNDS = 60
_GROUPS_FROM = 1 << 40
"""Keys of groups are counted from here, those of objects from 0."""


class Objects(NamedTuple):
    """The objects of a night; every array has one row per object."""

    population: Integers
    """Index in `POPULATIONS`."""
    field: Integers
    """Index of the field in the cadence."""
    rcid: Integers
    x: Floats
    y: Floats
    """Place in the readout channel, counted to the west and to the south [pixel]."""
    ra: Floats
    dec: Floats
    """Place on the sky [deg]."""
    keys: Keys
    body: Integers
    """Objects of one class that share this are the same body or satellite, or artefacts of one star."""
    group: Keys
    """A key that they share."""
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class Plan:
    """A night: its exposures, its objects and its alerts in order of time."""

    day: date
    key: Keys
    """Key of the night, one element."""
    cadence: Cadence
    objects: Objects
    serial: Integers
    """Number of each object, in an order that has nothing to do with what it is."""
    object: Integers
    """Object of each alert."""
    slot: Integers
    """Exposure of each alert, as a slot of its object's field."""
    candid: Integers
    first_candid: Integers
    """Per object: its alert at the night's first visit, 0 where it has none."""


def plan_night(day: date, seed: int, count: int) -> Plan:
    """Plan a night of exactly `count` alerts; equal arguments give equal plans."""
    key = combine(mix(np.array([seed], np.uint64)), np.array([day.toordinal()]))
    night = julian_date(day)
    cadence = plan_exposures(day, key, count)
    weights = {sky: _weights(cadence, sky) for sky in Sky}
    objects: list[Objects] = []
    seen: list[Booleans] = []
    for index, wanted in enumerate(alerts_per_class(count)):
        rng = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, day.toordinal(), index])))
        drawn = _draw_seen(index, int(wanted), rng, night, cadence, weights[POPULATIONS[index].sky])
        objects.append(drawn[0])
        seen.append(drawn[1])
    everything, visible = join(objects), np.concatenate(seen)
    which, visit = np.nonzero(visible)
    which, slot, candid = _in_order(cadence, everything, which, visit + _FIRST)
    serial = np.argsort(np.argsort(everything.keys, kind="stable"), kind="stable")
    first_candid = np.zeros(len(serial), np.int64)
    first_candid[which[slot == _FIRST]] = candid[slot == _FIRST]
    return Plan(day, key, cadence, everything, serial, which, slot, candid, first_candid)


def _weights(cadence: Cadence, sky: Sky) -> Floats:
    """How likely each field is to hold an object of a class that lives there; the latitudes are estimates."""
    b, beta = np.abs(galactic_latitude(cadence.ra, cadence.dec)), np.abs(ecliptic_latitude(cadence.ra, cadence.dec))
    weights = {
        Sky.ANYWHERE: np.ones(len(b)),
        Sky.PLANE: 0.12 + np.exp(-b / 12.0),
        Sky.AWAY: 0.003 + 1.0 - np.exp(-((b / 15.0) ** 2)),
        Sky.ECLIPTIC: 0.1 + np.exp(-beta / 12.0),
    }[sky]
    normed: Floats = weights / weights.sum()
    return normed


def _draw_seen(
    index: int, wanted: int, rng: np.random.Generator, night: float, cadence: Cadence, weights: Floats
) -> tuple[Objects, Booleans]:
    """Draw objects of a class until they make `wanted` alerts; return them with the visits at which each is seen."""
    population = POPULATIONS[index]
    rounds: list[Objects] = []
    seen: list[Booleans] = []
    found, number = 0, 0
    while found < wanted or not rounds:
        if len(rounds) == _MOST_ROUNDS:
            raise AssertionError(f"no {population.name} can be seen on this night")
        size = population.each * (8 + 2 * (wanted - found) // population.each) << min(len(rounds), 6)
        drawn = _place(index, number, population.draw(rng, size, night), rng, cadence, weights)
        number += size
        visible = _visible(drawn, cadence)
        kept = np.flatnonzero(visible.any(axis=1))
        rounds.append(take(drawn, kept))
        seen.append(visible[kept])
        found += int(visible.sum())
    visible = np.concatenate(seen)
    last = int(np.searchsorted(np.cumsum(visible.sum(axis=1)), wanted)) + 1 if wanted else 0
    visible = visible[:last].copy()
    if visible.sum() > wanted:
        visible[-1, 1] = False
    return take(join(rounds), np.arange(last)), visible


def _visible(objects: Objects, cadence: Cadence) -> Booleans:
    looks = [
        measure_flux(cadence, objects.field, np.full(len(objects.field), slot), objects.parameters, objects.keys)
        for slot in (_FIRST, _SECOND)
    ]
    return np.stack([look.detected for look in looks], axis=1)


def _place(
    index: int, number: int, parameters: Parameters, rng: np.random.Generator, cadence: Cadence, weights: Floats
) -> Objects:
    """Put drawn objects on the sky; those of one body stand in a line, as far apart as it moves between the visits."""
    each, count = POPULATIONS[index].each, len(parameters.mag)
    bodies = -(-count // each)
    body, member = np.arange(count) // each, np.arange(count) % each
    field = rng.choice(len(weights), bodies, p=weights)[body]
    rcid = rng.integers(0, 64, bodies)[body]
    low, high = _EDGE_PIXELS, QUADRANT_PIXELS - _EDGE_PIXELS
    x, y = rng.uniform(low, high, bodies), rng.uniform(low, high, bodies)
    # Towards the middle of the channel, so that what moves stays in it.
    angle = np.arctan2(QUADRANT_PIXELS / 2 - y, QUADRANT_PIXELS / 2 - x) + rng.uniform(-1.0, 1.0, bodies)
    minutes = (cadence.jd[field, _SECOND] - cadence.jd[field, _FIRST]) * 1440.0
    step = np.where(np.isnan(parameters.speed), 90.0, parameters.speed * minutes / PIXEL_ARCSEC)
    seed = mix(rng.integers(0, 2**63, 1).astype(np.uint64))
    keys = combine(np.broadcast_to(seed, count), np.arange(count))
    group = combine(np.broadcast_to(seed, count), body + _GROUPS_FROM)
    if POPULATIONS[index].near is Near.BRIGHT_STAR:
        x, y = _about_star(keys, group, x[body], y[body], rng.uniform(low, high, (2, count)))
    else:
        x, y = x[body] + member * step * np.cos(angle)[body], y[body] + member * step * np.sin(angle)[body]
    x, y = np.clip(x, low, high), np.clip(y, low, high)
    ra, dec = _sky_place(cadence, field, rcid, x, y)
    return Objects(np.full(count, index), field, rcid, x, y, ra, dec, keys, body + number, group, parameters)


def _about_star(keys: Keys, group: Keys, x: Floats, y: Floats, elsewhere: Floats) -> tuple[Floats, Floats]:
    """Put artefacts about the star at (x, y) [pixel], and those that no star makes `elsewhere`, each for itself."""
    distance, angle, beside = star_distance(keys) / PIXEL_ARCSEC, star_angle(keys), beside_star(group)
    return (
        np.where(beside, x + distance * np.sin(angle), elsewhere[0]),
        np.where(beside, y + distance * np.cos(angle), elsewhere[1]),
    )


def _sky_place(cadence: Cadence, field: Integers, rcid: Integers, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Where a pixel of a readout channel is on the sky, to 1e-7 deg as the survey gives it.

    The field is a plane that touches the sky at its centre (gnomonic projection: Calabretta & Greisen 2002, A&A 395,
    1077, §5.1.3), so that what is a line on it is a great circle. Four CCDs stand side by side from east to west, four
    such rows from south to north; the channels of one go round from its north-east corner by the west; pixels are
    counted to the west and to the south (measured on the packets of fields that hold several).
    """
    ccd, quarter = rcid // 4, rcid % 4
    across = 4 - ccd % 4 * 2 - np.isin(quarter, (1, 2)) - x / QUADRANT_PIXELS
    up = ccd // 4 * 2 - 3 + np.isin(quarter, (0, 1)) - y / QUADRANT_PIXELS
    xi, eta, center = np.radians(across * QUADRANT_DEG), np.radians(up * QUADRANT_DEG), np.radians(cadence.dec[field])
    towards_pole = np.cos(center) - eta * np.sin(center)
    ra = (cadence.ra[field] + np.degrees(np.arctan2(xi, towards_pole))) % 360.0
    dec = np.degrees(np.arctan2(np.sin(center) + eta * np.cos(center), np.hypot(xi, towards_pole)))
    return np.round(ra, 7) % 360.0, np.round(dec, 7)


def _in_order(
    cadence: Cadence, objects: Objects, which: Integers, slot: Integers
) -> tuple[Integers, Integers, Integers]:
    """Sort the alerts by exposure and readout channel, at random within one, and number them as ZTF does."""
    field, rcid = objects.field[which], objects.rcid[which]
    jd = cadence.jd[field, slot]
    shuffle = uniform(combine(objects.keys[which], slot), 300)
    order = np.lexsort((shuffle, rcid, jd))
    which, slot, rcid, jd = which[order], slot[order], rcid[order], jd[order]
    pid = processing_id(jd, rcid)
    first_of_image = np.concatenate([[True], pid[1:] != pid[:-1]])
    starts = np.flatnonzero(first_of_image)
    image = np.cumsum(first_of_image) - 1
    place = np.arange(len(pid)) - starts[image]
    # From anywhere in the image's list on: counted from 0, a high number would tell of a crowd, as of glints.
    numbers = max(SOURCES_PER_IMAGE, int(place.max()) + 1)
    begin = np.floor(uniform(mix(pid.astype(np.uint64)), 301) * numbers).astype(np.int64)
    candid = pid * 1_000_000 + 15_000 + (begin + place) % numbers
    by_number = np.argsort(candid)
    return which[by_number], slot[by_number], candid[by_number]


def processing_id(jd: Floats, rcid: Integers) -> Integers:
    """Return ZTF's `pid`: nights since 2017, five digits of the day, two of the readout channel, and 15."""
    pid: Integers = np.floor((jd - NIGHT_COUNT_STARTS) * 1e5 + 1e-4).astype(np.int64) * 10_000 + rcid * 100 + 15
    return pid
