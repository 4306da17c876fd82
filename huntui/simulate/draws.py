"""Random numbers that are looked up, not drawn in turn: the same key and stream always give the same number.

An object's measurement at an exposure must be the same in the alert of that exposure and in the history of every
later alert, whoever is made first. So each number is a hash (SplitMix64: Steele, Lea & Flood 2014, OOPSLA) of what it
belongs to. Keys are uint64 arrays of any shape; the results have the same shape.
"""

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_TWO_TO_53 = float(2**53)


def mix(keys: Keys) -> Keys:
    """Scramble keys so that neighbouring ones have nothing in common."""
    z = keys + _STEP
    z = (z ^ (z >> np.uint64(30))) * _MIX_1
    z = (z ^ (z >> np.uint64(27))) * _MIX_2
    mixed: Keys = z ^ (z >> np.uint64(31))
    return mixed


def combine(keys: Keys, others: npt.NDArray[np.int64]) -> Keys:
    """Return a key for each pair of a key and an integer; the two broadcast against each other."""
    # The product tells the first of a pair from the second: with XOR alone (a, b) and (b, a) would share a key.
    return mix(keys * _MIX_1 + mix(np.asarray(others).astype(np.uint64)))


def uniform(keys: Keys, stream: int) -> Floats:
    """Return numbers evenly spread over 0 to 1, both excluded; `stream` tells apart the uses of one key."""
    bits = mix(keys + np.uint64(stream * 0x632BE59BD9B4E019 % 2**64)) >> np.uint64(11)
    numbers: Floats = (bits.astype(np.float64) + 0.5) / _TWO_TO_53
    return numbers


def normal(keys: Keys, stream: int) -> Floats:
    """Return standard normal numbers (Box & Muller 1958), made of the two halves of one hash."""
    bits = mix(keys + np.uint64(stream * 0x632BE59BD9B4E019 % 2**64))
    radius = ((bits >> np.uint64(32)).astype(np.float64) + 0.5) * 2.0**-32
    angle = (bits & np.uint64(0xFFFFFFFF)).astype(np.float64) * (2.0 * np.pi * 2.0**-32)
    numbers: Floats = np.sqrt(-2.0 * np.log(radius)) * np.cos(angle)
    return numbers


def logistic(values: Floats) -> Floats:
    """Return 1 / (1 + e^-x): maps a normal number to a score between 0 and 1 that crowds at its ends."""
    scores: Floats = 1.0 / (1.0 + np.exp(-values))
    return scores
