"""How a detection measures up: shape, scores and statistics that the pipeline gives each candidate.

The spreads were set by eye to real alerts (per kind of look); the score of an artefact is low in three of five, high
in one of seven, so that a cut on it alone is never enough.
"""

from typing import NamedTuple

import numpy as np

from huntui.simulate.arrays import Integers
from huntui.simulate.draws import Floats, Keys, logistic, normal, uniform

_MAG_PER_RELATIVE_ERROR = 2.5 / np.log(10.0)


class _Traits(NamedTuple):
    """What tells the looks apart, in the order of `Look`: point, trail, coma, artefact."""

    magdiff: tuple[float, ...] = (0.03, -0.45, -0.35, 0.05)
    magdiff_spread: tuple[float, ...] = (0.19, 0.15, 0.12, 0.45)
    width: tuple[float, ...] = (0.0, 0.8, 0.45, 0.2)
    width_spread: tuple[float, ...] = (0.27, 0.2, 0.15, 0.55)
    roundness: tuple[float, ...] = (0.13, 0.25, 0.14, 0.35)
    least_elongation: tuple[float, ...] = (0.02, 0.7, 0.04, 0.03)
    classtar: tuple[float, ...] = (3.8, 0.5, 1.0, 2.0)
    drb: tuple[float, ...] = (8.2, 2.0, 4.0, -0.65)
    drb_spread: tuple[float, ...] = (2.6, 2.0, 2.0, 2.17)
    rb: tuple[float, ...] = (1.4, 0.3, 0.8, -0.3)
    negative: tuple[float, ...] = (2.6, 3.5, 2.5, 6.5)
    sum_ratio: tuple[float, ...] = (4.5, 4.0, 5.0, 1.2)
    bad_pixels: tuple[float, ...] = (0.003, 0.01, 0.003, 0.06)


_TRAITS = _Traits()


def describe_detections(
    keys: Keys, look: Integers, mag: Floats, signal_to_noise: Floats, limit: Floats, seeing: Floats
) -> dict[str, Floats | Integers]:
    """Return the columns that describe detections of these magnitudes and signal-to-noise; one value per row."""
    trait = {name: np.array(values)[look] for name, values in _TRAITS._asdict().items()}
    faint = 5.0 / signal_to_noise
    magdiff = trait["magdiff"] + trait["magdiff_spread"] * np.sqrt(faint + 0.05) * normal(keys, 400)
    magap, sigmagap = mag + magdiff, 1.15 * _MAG_PER_RELATIVE_ERROR / signal_to_noise
    scorr = np.clip(1.05 * signal_to_noise * np.exp(0.12 * normal(keys, 401)), 5.0, None)
    ssnrms = 2.2 * signal_to_noise * np.exp(0.15 * normal(keys, 402))
    dsnrms = ssnrms * 0.5 * np.exp(0.15 * normal(keys, 403))
    columns: dict[str, Floats | Integers] = {
        # A bright source shows every flaw of the PSF model.
        "chipsf": np.exp(0.35 * np.abs(normal(keys, 404))) * (1.0 + np.power(10.0, 0.48 * (18.0 - mag))),
        "magap": magap,
        "sigmagap": sigmagap,
        "magdiff": magdiff,
        "magapbig": magap - 0.03 + 0.05 * np.sqrt(faint) * normal(keys, 405),
        "sigmagapbig": 1.3 * sigmagap,
        "magfromlim": limit - magap,
        "sky": 1.2 * normal(keys, 406),
        "scorr": scorr,
        "ssnrms": ssnrms,
        "dsnrms": dsnrms,
        "dsdiff": dsnrms - ssnrms,
        **_shape(keys, trait, seeing),
        **_scores(keys, trait, faint),
    }
    return columns


def _shape(keys: Keys, trait: dict[str, Floats], seeing: Floats) -> dict[str, Floats | Integers]:
    fwhm = np.clip(seeing * np.exp(trait["width"] + trait["width_spread"] * normal(keys, 410)), 1.0, 60.0)
    elong = 1.0 + trait["least_elongation"] + trait["roundness"] * np.abs(normal(keys, 411))
    aimage = 0.36 * np.power(fwhm, 0.8) * np.sqrt(elong) * np.exp(0.12 * normal(keys, 412))
    bimage = aimage / elong
    return {
        "fwhm": fwhm,
        "elong": elong,
        "aimage": aimage,
        "bimage": bimage,
        "aimagerat": aimage / fwhm,
        "bimagerat": bimage / fwhm,
        "seeratio": np.clip(np.exp(0.1 + 0.35 * normal(keys, 413)), 0.3, 2.0),
        "classtar": logistic(trait["classtar"] + 1.2 * normal(keys, 414)),
        "nneg": np.floor(np.clip(trait["negative"] + 2.2 * normal(keys, 415), 0.0, 20.0)).astype(np.int64),
        "nbad": (uniform(keys, 416) < trait["bad_pixels"]).astype(np.int64),
    }


def _scores(keys: Keys, trait: dict[str, Floats], faint: Floats) -> dict[str, Floats | Integers]:
    rb = logistic(trait["rb"] - 0.9 * faint + 0.5 + 0.9 * normal(keys, 420))
    return {
        "drb": logistic(trait["drb"] - 1.5 * faint + trait["drb_spread"] * normal(keys, 421)),
        "rb": np.round(rb * 350.0) / 350.0,
        "sumrat": np.minimum(logistic(trait["sum_ratio"] + 1.3 * normal(keys, 422)) * 1.02, 1.0),
    }
