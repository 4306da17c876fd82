"""Light curves do what their class is known for."""

import numpy as np
import pytest

from huntui.simulate.curves import (
    BURST_INDEX,
    BURSTS,
    SHAPE_INDEX,
    SHAPES,
    Family,
    Parameters,
    difference_flux,
    flux_of,
    mag_of,
)
from huntui.simulate.families import supernova_ia

T0 = 2460000.5


def _curve(jd: np.ndarray, is_g: bool, **fields: float) -> np.ndarray:
    values = {"shape": 0, "t0": T0, "mag": 18.0, "color": 0.0, "scale": 1.0, "amplitude": 1.0, "offset": 0.0}
    values |= {"host": 99.0, "redshift": np.nan, "speed": np.nan, "visit": -1, **fields}
    count = len(jd)
    objects = Parameters._make(
        np.full(count, values[name], np.int64 if name in ("family", "shape", "visit") else np.float64)
        for name in Parameters._fields
    )
    keys = np.full(count, 17, np.uint64)
    visits = np.full(count, -1)
    return difference_flux(objects, keys, jd, np.full(count, is_g), visits, np.arange(count).astype(np.uint64))


@pytest.mark.parametrize("name", sorted(BURSTS))
def test_a_burst_peaks_at_its_magnitude_and_is_nothing_before_it_begins(name: str) -> None:
    """The r band peaks at t0; before the first knot there is no light."""
    family, shape, begin = Family.BURST, BURST_INDEX[name], BURSTS[name].phase[0]
    jd = T0 + np.sort(np.concatenate([np.linspace(begin - 5.0, 300.0, 500), BURSTS[name].phase]))
    mag = mag_of(_curve(jd, False, family=family, shape=shape))
    assert mag.min() == pytest.approx(18.0)
    assert mag[0] > 40.0
    assert len(BURSTS[name].phase) == len(BURSTS[name].fainter) == len(BURSTS[name].color)
    assert list(BURSTS[name].phase) == sorted(BURSTS[name].phase)


def test_a_supernova_ia_fades_a_tenth_of_a_magnitude_a_day_in_g() -> None:
    """Between ten and twenty days after the peak: 0.08 to 0.12 mag/d in g, slower in r, so that it reddens."""
    jd = T0 + np.array([10.0, 20.0])
    g, r = (
        np.diff(mag_of(_curve(jd, is_g, family=Family.BURST, shape=BURST_INDEX["supernova Ia"])))[0] / 10
        for is_g in (True, False)
    )
    assert 0.06 < g < 0.12
    assert r < g


def test_a_kilonova_reddens_by_more_than_a_magnitude_in_three_days() -> None:
    """Faster in g than in r."""
    jd = T0 + np.array([0.0, 3.0])
    g, r = (
        np.diff(mag_of(_curve(jd, is_g, family=Family.BURST, shape=BURST_INDEX["kilonova-like"])))[0]
        for is_g in (True, False)
    )
    assert g - r > 1.0


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_periodic_star_repeats_and_swings_by_its_amplitude(name: str) -> None:
    """One period on, the flux is the same; peak to peak in g is the amplitude."""
    jd = T0 + np.linspace(0.0, 1.0, 4001)
    fields = {"family": Family.PERIODIC, "shape": SHAPE_INDEX[name], "scale": 0.7}
    flux = _curve(jd, True, **fields)
    np.testing.assert_allclose(_curve(jd + 70.0, True, **fields), flux, atol=1e-3 * np.abs(flux).max())
    apparent = mag_of(flux + flux_of(np.array(18.0)))
    assert np.ptp(apparent) == pytest.approx(1.0, abs=0.01)


def test_a_lens_is_symmetric_and_without_colour() -> None:
    """The same before and after; the magnification does not depend on the band."""
    jd = T0 + np.array([-10.0, 10.0])
    g, r = (_curve(jd, is_g, family=Family.LENS, scale=30.0, amplitude=0.2) for is_g in (True, False))
    assert g[0] == pytest.approx(g[1])
    assert g[0] == pytest.approx(r[0])


def test_fainter_supernovae_are_farther_and_more_numerous() -> None:
    """Redshift grows with magnitude, and the faintest half magnitude holds the most."""
    drawn = supernova_ia(np.random.default_rng(1), 4000, T0)
    order = np.argsort(drawn.mag)
    assert drawn.redshift[order[:400]].mean() < drawn.redshift[order[-400:]].mean()
    assert np.histogram(drawn.mag, bins=[17.7, 18.2, 18.7, 19.2, 19.7, 20.2, 20.7])[0].argmax() == 5
