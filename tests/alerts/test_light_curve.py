"""A light curve tells each exposure once, and what forced photometry means."""

import numpy as np
import pytest

from huntui.alerts.light_curve import LightCurve, forced_magnitude, merge

NOTHING = np.empty(0)


def alerts(*points: tuple[float, int, float]) -> dict[str, np.ndarray]:
    """Return alerts given as jd, fid and magnitude."""
    jd, fid, mag = (np.array(values) for values in zip(*points, strict=True))
    return {"jd": jd, "fid": fid, "magpsf": mag, "sigmapsf": np.full(len(jd), 0.1)}


def history(*points: tuple[float, int, float | None, float]) -> dict[str, np.ndarray]:
    """Return history entries given as jd, fid, magnitude or None, and limit."""
    jd, fid, mag, limit = zip(*points, strict=True)
    mag = np.array([np.nan if value is None else value for value in mag])
    return {
        "jd": np.array(jd),
        "fid": np.array(fid, np.int8),
        "magpsf": mag,
        "sigmapsf": np.where(np.isnan(mag), np.nan, 0.1),
        "diffmaglim": np.array(limit),
        "isdiffpos": np.where(np.isnan(mag), -1, 1).astype(np.int8),
    }


def forced(flux: float, noise: float, zero_point: float = 26.0) -> dict[str, np.ndarray]:
    """Return one entry of forced photometry."""
    names = ("jd", "fid", "forcediffimflux", "forcediffimfluxunc", "magzpsci", "diffmaglim")
    return {name: np.array([value]) for name, value in zip(names, (5.0, 1, flux, noise, zero_point, 20.5), strict=True)}


def test_a_detection_takes_the_place_of_the_same_exposure_told_again() -> None:
    """Two packets share most of their history; a limit never hides a detection."""
    curve = merge(
        alerts((10.0, 1, 18.0), (12.0, 1, 18.5)),
        np.array([True, False]),
        history((8.0, 2, None, 20.0), (10.0, 1, 18.0, 20.5), (8.0, 2, None, 20.0), (10.0, 1, None, 20.5)),
        {},
    )
    assert curve.jd.tolist() == [8.0, 10.0, 12.0]
    assert curve.is_limit.tolist() == [True, False, False]
    assert curve.mag.tolist() == [20.0, 18.0, 18.5]
    assert np.isnan(curve.sigma[0])
    assert curve.is_positive.tolist() == [False, True, False]


def test_an_object_without_history_is_its_alerts() -> None:
    """No history, no forced photometry: the curve is one point."""
    curve = merge(alerts((10.0, 2, 18.0)), np.array([True]), {}, {})
    assert isinstance(curve, LightCurve)
    assert len(curve) == 1


def test_points_without_a_magnitude_are_left_out() -> None:
    """A history entry with neither magnitude nor limit has nothing to draw."""
    curve = merge(alerts((10.0, 2, 18.0)), np.array([True]), history((9.0, 1, None, np.nan)), {})
    assert len(curve) == 1


@pytest.mark.parametrize(
    ("flux", "noise", "mag", "sigma"),
    [
        (1000.0, 10.0, 26.0 - 7.5, 2.5 / np.log(10) * 0.01),
        (30.0, 10.0, 26.0 - 2.5 * np.log10(30.0), 2.5 / np.log(10) / 3),
        (29.9, 10.0, 20.5, np.nan),
        (-1000.0, 10.0, 20.5, np.nan),
        (np.nan, 10.0, 20.5, np.nan),
        (1000.0, 0.0, 20.5, np.nan),
    ],
)
def test_forced_photometry_is_a_magnitude_from_three_sigma_on(
    flux: float, noise: float, mag: float, sigma: float
) -> None:
    """Below that, and for a negative flux, which is a fading, it is an upper limit."""
    found_mag, found_sigma = forced_magnitude(forced(flux, noise))
    assert found_mag[0] == pytest.approx(mag)
    assert found_sigma[0] == pytest.approx(sigma, nan_ok=True)
