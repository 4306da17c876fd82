"""Where artefacts lie: two by two beside the bright star that makes them, or where no star is to blame.

Half of the artefacts of a night belong to a bright star, whose wings, spikes and reflections subtract badly: what is
too much on one side is missing on the other, so that they come as a positive and a negative one. Shares are estimates.
"""

import numpy as np

from huntui.simulate.arrays import Booleans
from huntui.simulate.draws import Floats, Keys, uniform

_NO_SOURCE, _ON_A_GALAXY = 0.35, 0.2


def lacks_source(groups: Keys) -> Booleans:
    """Return whether nothing is at the place of these artefacts, as of cosmic rays; `groups` are keys of the pairs."""
    alone: Booleans = uniform(groups, 14) < _NO_SOURCE
    return alone


def lies_on_galaxy(groups: Keys) -> Booleans:
    """Return whether these artefacts lie on the bright core of a galaxy."""
    on_galaxy: Booleans = uniform(groups, 14) > 1.0 - _ON_A_GALAXY
    return on_galaxy


def star_distance(keys: Keys) -> Floats:
    """Return the distance from artefacts to their bright star [arcsec]; `keys` are the artefacts' own."""
    return 0.5 + 14.0 * uniform(keys, 16) ** 1.5


def star_angle(keys: Keys) -> Floats:
    """Return the position angle, north through east, at which objects have their nearest source [rad]."""
    return 2 * np.pi * uniform(keys, 11)


def beside_star(groups: Keys) -> Booleans:
    """Return whether a bright star makes these artefacts."""
    return ~(lacks_source(groups) | lies_on_galaxy(groups))
