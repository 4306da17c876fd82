"""What one alert's own packet tells of its light curve, and which programme took what."""

import math
from pathlib import Path

import numpy as np
import pytest
from oracles import fastavro_alerts

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.features.registry import compute
from huntui.night.store import Night
from huntui.night.view import NightView
from huntui.packets.batch import join


@pytest.fixture(scope="module")
def files(packets_dir: Path) -> list[Path]:
    """Return some real packets, of every version, and those of one supernova."""
    return sorted(packets_dir.glob("*.avro"))[::9]


@pytest.fixture(scope="module")
def view(files: list[Path]) -> NightView:
    """Return a night of them."""
    night = Night(TextPool())
    packets = join([path.read_bytes() for path in files], np.zeros((len(files), 2), np.int64))
    batch, _ = AlertDecoder(night.texts).decode(packets)
    night.append(batch, compute(batch))
    return night.view()


def test_a_packets_photometry_is_its_history_and_then_the_alert(view: NightView, files: list[Path]) -> None:
    """As a slow reader finds them, a limit without a magnitude."""
    entries = 0
    for row, path in enumerate(files):
        (record,) = fastavro_alerts.records(path)
        told = [*(record["prv_candidates"] or []), record["candidate"]]
        jd, mag, fid = view.photometry(row)
        assert jd == [entry["jd"] for entry in told]
        assert fid == [entry["fid"] for entry in told]
        for found, entry in zip(mag, told, strict=True):
            assert found == pytest.approx(entry["magpsf"]) if entry["magpsf"] is not None else not found < 99
        entries += len(told)
    assert entries > 500


def test_its_light_curve_has_the_same_with_limits_uncertainties_and_signs(view: NightView, files: list[Path]) -> None:
    """In order of time, and no exposure is left out because another packet told it."""
    limits = 0
    for row, path in enumerate(files):
        (record,) = fastavro_alerts.records(path)
        told = [*(record["prv_candidates"] or []), record["candidate"]]
        expected = sorted(
            (
                (e["jd"], e["magpsf"] is None, e["diffmaglim"] if e["magpsf"] is None else e["magpsf"], e["isdiffpos"])
                for e in told
                if (e["magpsf"] or e["diffmaglim"]) is not None
            ),
            key=lambda entry: entry[0],
        )
        curve = view.told_by(row)
        assert curve.jd.tolist() == [entry[0] for entry in expected]
        assert curve.is_limit.tolist() == [entry[1] for entry in expected]
        assert curve.mag.tolist() == pytest.approx([entry[2] for entry in expected])
        assert curve.is_positive.tolist() == [entry[3] in ("t", "1") for entry in expected]
        assert all(math.isnan(sigma) == limit for sigma, limit in zip(curve.sigma, curve.is_limit, strict=True))
        limits += int(curve.is_limit.sum())
    assert limits > 100


def test_the_programme_of_an_alert_is_known_and_that_of_its_history_is_not(view: NightView, files: list[Path]) -> None:
    """It stays with its exposure when the light curves of packets are merged."""
    for row in range(0, len(files), 5):
        curve = view.light_curve(np.array([row]))
        assert curve.programid is not None
        own = (curve.jd == view.column("jd")[row]) & ~curve.is_forced
        assert set(curve.programid[own]) == {view.value("programid", row)}
        assert set(curve.programid[~own]) <= {-1}
