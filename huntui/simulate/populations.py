"""Who is in a simulated night: each class with its share of the alerts, where on the sky it lives and what it is near.

Shares follow what the Fink broker counts in ZTF's public stream (solar system 13 %, eclipsing binaries 9, RR Lyrae 7,
long-period variables 5, AGN 3, supernovae 0.4, half of the stream unknown; fink-broker.org, July 2022), with three in
ten alerts an artefact before any cut. The unknown half is taken to be faint variables of no catalogue: an estimate.

Rare classes are raised: a night of 4,000 alerts or more holds at least eight alerts of each class, a smaller one
proportionally fewer. For kilonovae, afterglows, novae and near-Earth objects that is a hundred to ten thousand times
what a real night holds; for tidal disruptions, superluminous supernovae, lenses, comets and flares about ten times.
Supernovae of the last week are about five times as many as they would be. All these factors are estimates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from huntui.simulate import families
from huntui.simulate.arrays import Integers
from huntui.simulate.curves import Parameters


class Near(IntEnum):
    """What stands at the object's place in the reference image and in Pan-STARRS1."""

    STAR = 0
    QUASAR = 1
    NUCLEUS = 2
    HOST = 3
    NOTHING = 4
    BRIGHT_STAR = 5


class Look(IntEnum):
    """What the object looks like in the difference image."""

    POINT = 0
    TRAIL = 1
    COMA = 2
    ARTEFACT = 3


class Sky(IntEnum):
    """Where on the sky the class is found."""

    ANYWHERE = 0
    PLANE = 1
    """Near the Milky Way."""
    AWAY = 2
    """Away from the Milky Way, where one sees out."""
    ECLIPTIC = 3


Draw = Callable[[np.random.Generator, int, float], Parameters]


@dataclass(frozen=True, slots=True)
class Population:
    """One class of objects."""

    name: str
    """Its name in `huntui.truth.CLASSES`."""
    share: float
    """Share of the night's alerts before rare classes are raised; the shares need not add up to one."""
    draw: Draw
    """Draws the light-curve parameters of so many objects, for the night that begins at a Julian date."""
    near: Near
    look: Look
    sky: Sky
    each: int = 1
    """Objects that come together: the two places of a mover, the flashes of a glint, two artefacts of one star."""
    neighbour_color: float | None = None
    """g − r of what stands at the place; the object's own where it is the same thing."""


POPULATIONS: tuple[Population, ...] = (
    Population("supernova Ia", 0.0035, families.supernova_ia, Near.HOST, Look.POINT, Sky.AWAY, 1, 0.7),
    Population("supernova II", 0.0009, families.supernova_ii, Near.HOST, Look.POINT, Sky.AWAY, 1, 0.7),
    Population("supernova Ibc", 0.0004, families.supernova_ibc, Near.HOST, Look.POINT, Sky.AWAY, 1, 0.7),
    Population("superluminous supernova", 0.00002, families.superluminous, Near.HOST, Look.POINT, Sky.AWAY, 1, 0.7),
    Population("tidal disruption", 0.00003, families.tidal_disruption, Near.NUCLEUS, Look.POINT, Sky.AWAY, 1, 0.75),
    Population("kilonova-like", 0.000001, families.kilonova, Near.HOST, Look.POINT, Sky.AWAY, 1, 0.7),
    Population("afterglow", 0.000001, families.afterglow, Near.NOTHING, Look.POINT, Sky.AWAY),
    Population("dwarf nova", 0.001, families.dwarf_nova, Near.STAR, Look.POINT, Sky.ANYWHERE, 1, 0.2),
    Population("nova", 0.000001, families.nova, Near.STAR, Look.POINT, Sky.PLANE, 1, 0.4),
    Population("microlensing", 0.00003, families.microlensing, Near.STAR, Look.POINT, Sky.PLANE),
    Population("AGN", 0.028, families.agn, Near.QUASAR, Look.POINT, Sky.AWAY),
    Population("blazar", 0.002, families.blazar, Near.QUASAR, Look.POINT, Sky.AWAY),
    Population("RR Lyrae", 0.055, families.rr_lyrae, Near.STAR, Look.POINT, Sky.ANYWHERE),
    Population("eclipsing binary", 0.075, families.eclipsing_binary, Near.STAR, Look.POINT, Sky.PLANE),
    Population("Mira", 0.045, families.mira, Near.STAR, Look.POINT, Sky.PLANE),
    Population("variable star", 0.38, families.variable_star, Near.STAR, Look.POINT, Sky.PLANE),
    Population("young stellar object", 0.005, families.young_star, Near.STAR, Look.POINT, Sky.PLANE),
    Population("M-dwarf flare", 0.00003, families.flare, Near.STAR, Look.POINT, Sky.ANYWHERE, 1, 1.45),
    Population("known asteroid", 0.10, families.asteroid, Near.NOTHING, Look.POINT, Sky.ECLIPTIC, each=2),
    Population("comet", 0.0001, families.comet, Near.NOTHING, Look.COMA, Sky.ECLIPTIC, each=2),
    Population("unknown mover", 0.003, families.unknown_mover, Near.NOTHING, Look.POINT, Sky.ECLIPTIC, each=2),
    Population("near-Earth object", 0.000005, families.near_earth, Near.NOTHING, Look.TRAIL, Sky.ANYWHERE, each=2),
    Population("satellite glint", 0.004, families.glint, Near.NOTHING, Look.POINT, Sky.ANYWHERE, each=5),
    Population("artefact", 0.29, families.artefact, Near.BRIGHT_STAR, Look.ARTEFACT, Sky.ANYWHERE, 2, 0.7),
)
"""Every class, in the order of `huntui.truth.CLASSES`."""

_LEAST_ALERTS = 8
_LEAST_IS_FULL_AT = 4000


def alerts_per_class(count: int) -> Integers:
    """Share out `count` alerts over `POPULATIONS`: by their shares, and no fewer than the raised least of each."""
    least = min(_LEAST_ALERTS, count * _LEAST_ALERTS // _LEAST_IS_FULL_AT)
    shares = np.array([population.share for population in POPULATIONS])
    free = count - least * len(shares)
    exact = np.maximum(shares / shares.sum() * count - least, 0.0)
    exact *= free / exact.sum()
    alerts: Integers = np.floor(exact).astype(np.int64)
    largest_remainders = np.argsort(alerts - exact, kind="stable")
    alerts[largest_remainders[: free - int(alerts.sum())]] += 1
    alerts += least
    return alerts
