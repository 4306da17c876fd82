"""What the survey measures of an object at an exposure: the flux of the difference image, with its noise."""

from typing import NamedTuple

import numpy as np

from huntui.simulate.arrays import Booleans, Integers
from huntui.simulate.cadence import SLOTS, Cadence
from huntui.simulate.curves import Parameters, difference_flux, flux_of
from huntui.simulate.draws import Floats, Keys, combine, normal

_FLOOR = 0.02
"""Relative error that no exposure gets below."""
_THRESHOLD = 5.0
"""Signal-to-noise at which the survey calls something a detection (Masci et al. 2019, PASP 131, 018003)."""


class Measured(NamedTuple):
    """Measurements, one per row."""

    flux: Floats
    """Flux above the reference, with noise [microjansky]."""
    error: Floats
    """1-sigma uncertainty of it."""
    detected: Booleans
    """Whether it stands out enough, with either sign, to be a detection."""
    keys: Keys
    """A key of the object at this exposure."""


def measure_flux(
    cadence: Cadence,
    field: Integers,
    slot: Integers,
    objects: Parameters,
    object_keys: Keys,
) -> Measured:
    """Measure each row's object at its exposure (a field and a slot of the cadence)."""
    keys = combine(object_keys, field * SLOTS + slot)
    visit = np.maximum(slot - (SLOTS - 2), -1)
    jd, is_g = cadence.jd[field, slot], cadence.is_g[field, slot]
    true = difference_flux(objects, object_keys, jd, is_g, visit, keys)
    error = np.hypot(flux_of(cadence.limit[field, slot]) / _THRESHOLD, _FLOOR * true)
    flux = true + error * normal(keys, 200)
    return Measured(flux, error, np.abs(flux) >= _THRESHOLD * error, keys)
