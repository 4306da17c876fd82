"""The lines of a light curve are those behind the columns that cuts read."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.light_curve import LightCurve
from huntui.alerts.texts import TextPool
from huntui.columns import BANDS
from huntui.features.registry import compute
from huntui.features.slopes import slopes
from huntui.night.store import Night
from huntui.packets.batch import join


def curve(days: list[float], mag: list[float], fid: list[int], sigma: float = 0.1) -> LightCurve:
    """Return detections brighter than the reference."""
    n, no = len(days), np.zeros(len(days), bool)
    return LightCurve(2460000.0 + np.array(days), np.array(fid, np.int8), np.array(mag), np.full(n, sigma), no, ~no, no)


def test_for_the_band_of_every_real_alert_the_line_is_that_of_its_rate(packet_files: list[Path]) -> None:
    """From an alert's own packet come `rate_w`, `rate_err` and `rate_points`, whatever the other bands have."""
    night = Night(TextPool())
    batch, _ = AlertDecoder(night.texts).decode(
        join([path.read_bytes() for path in packet_files], np.zeros((len(packet_files), 2), np.int64))
    )
    night.append(batch, compute(batch))
    view, compared = night.view(), 0
    for row in range(len(view)):
        band = BANDS[int(view.column("fid")[row])]
        lines = slopes(view.told_by(row), float(view.column("jd")[row]))
        found = next((slope for slope in lines if slope.band == band), None)
        rate, error = view.value("rate_w", row), view.value("rate_err", row)
        assert (found is None) == (view.value("rate", row) is None)
        if found is not None:
            assert found.points == view.value("rate_points", row)
        if found is not None and rate is not None:
            assert found.rate == pytest.approx(rate, rel=1e-5, abs=1e-7)
            assert found.error == pytest.approx(error, rel=1e-5)
            compared += 1
    assert compared > len(view) / 10


def test_each_band_has_a_line_of_its_own_through_its_points() -> None:
    """Two magnitudes brighter in g within ten days, constant in r; i has one point and none."""
    (g, r) = slopes(curve([-10, -9, -5, -4, 0, 0.1], [20, 18, 19, 18, 18, 17], [1, 2, 1, 2, 1, 3]), 2460001.0)
    assert (g.band, r.band) == ("g", "r")
    assert g.rate == pytest.approx(-0.2)
    assert r.rate == pytest.approx(0.0, abs=1e-12)
    assert [g.at(2460000.0 + day) for day in (-10, 0)] == pytest.approx([20, 18])
    assert (g.first, g.last, g.points) == (2459990.0, 2460000.0, 3)


def test_points_of_long_ago_and_of_the_same_visit_are_not_in_the_line() -> None:
    """14 days are the longest lever and 0.015 the shortest."""
    (only,) = slopes(curve([-20, -14, -7, -0.01, 0], [25, 19, 18.5, 30, 18], [1] * 5), 2460001.0)
    assert only.points == 3
    assert only.first == 2459986.0
    assert slopes(curve([-0.01, 0], [19, 18], [1, 1]), 2460001.0) == ()


def test_where_an_uncertainty_is_lacking_the_line_is_plain_and_has_none() -> None:
    """It is `rate` then."""
    whole = curve([-10, -5, 0], [20, 19.2, 18], [1, 1, 1])
    (plain,) = slopes(replace(whole, sigma=np.array([0.1, np.nan, 0.1])), 2460001.0)
    assert plain.rate == pytest.approx(np.polyfit([-10, -5, 0], [20, 19.2, 18], 1)[0])
    assert np.isnan(plain.error)


def test_limits_and_forced_photometry_are_in_no_line() -> None:
    """Neither is a detection of an alert."""
    whole = curve([-10, -5, 0], [20, 19, 18], [1, 1, 1])
    flags = np.array([True, False, False])
    for lessened in (replace(whole, is_limit=flags), replace(whole, is_forced=flags)):
        (slope,) = slopes(lessened, 2460001.0)
        assert slope.points == 2


def test_what_came_after_the_alert_is_in_no_line() -> None:
    """A history can reach beyond its alert."""
    (slope,) = slopes(curve([-10, -5, 0, 5], [20, 19, 18, 10], [1] * 4), 2460000.0)
    assert (slope.points, slope.last) == (3, 2460000.0)
    assert slope.rate == pytest.approx(-0.2)
