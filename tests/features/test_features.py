"""Every feature of every real packet is what a slow reading of the packet says, and says what it is."""

import math
from pathlib import Path

import numpy as np
import pytest
from oracles import fastavro_alerts, plain_features

from huntui.alerts.batch import AlertBatch
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.columns import NULL_I4
from huntui.features import position, registry
from huntui.features.motion import over_night
from huntui.packets.batch import join

OF_THE_NIGHT = {column.name for column in over_night.COLUMNS}
"""What no batch tells; see test_motion.py."""


def decoded(paths: list[Path]) -> AlertBatch:
    """Return the alerts of some files."""
    batch, bad = AlertDecoder(TextPool()).decode(
        join([path.read_bytes() for path in paths], np.zeros((len(paths), 2), np.int64))
    )
    assert not bad
    return batch


def test_every_feature_of_every_real_packet_equals_the_slow_one(packet_files: list[Path]) -> None:
    """Nulls stand where the oracle has too little to say; slopes agree with numpy.polyfit."""
    values = registry.compute(decoded(packet_files))
    compared = 0
    for k, path in enumerate(packet_files):
        expected = plain_features.features(fastavro_alerts.records(path)[0])
        assert set(expected) | {"gal_b", "ecl_b"} | OF_THE_NIGHT == set(values)
        for name, value in expected.items():
            found = values[name][k].item()
            if value is None:
                assert math.isnan(found), (path.name, name, found)
            else:
                assert found == pytest.approx(value, rel=1e-6, abs=1e-9), (path.name, name)
            compared += 1
    assert compared == len(packet_files) * (len(values) - len(OF_THE_NIGHT) - 2)


def test_a_batch_without_alerts_has_features_without_values(packet_files: list[Path]) -> None:
    """Nothing in, nothing out, and nothing raised."""
    nothing = decoded(packet_files[:1]).take(np.empty(0, np.int64))
    assert {name: len(values) for name, values in registry.compute(nothing).items()} == dict.fromkeys(
        registry.features(), 0
    )


def test_every_feature_states_its_unit_meaning_and_source() -> None:
    """A family computes exactly the columns that it names, each in one line of words."""
    for name, column in registry.features().items():
        assert column.meaning, name
        assert column.source, name
        assert "\n" not in column.meaning
        assert column.kind in ("f4", "f8", "i4")
    assert not set(registry.features()) & {"class", "truth"}


def test_features_are_stored_as_they_say(packet_files: list[Path]) -> None:
    """The kind of storage that a column states is the one it has; whole numbers are null only where they say so."""
    values = registry.compute(decoded(packet_files[:50]))
    for name, column in registry.features().items():
        assert values[name].dtype == np.dtype(column.kind), name
        if column.kind == "i4" and not column.nullable:
            assert (values[name] != NULL_I4).all()


@pytest.mark.parametrize(
    ("ra", "dec", "pole", "latitude"),
    [
        (266.40499, -28.93617, position.GALACTIC_POLE, 0.0),  # l = b = 0: Reid & Brunthaler 2004 via the 1958 system
        (192.85948, 27.12825, position.GALACTIC_POLE, 90.0),
        (10.6847, 41.2687, position.GALACTIC_POLE, -21.573),  # M31, NED
        (83.6331, 22.0145, position.GALACTIC_POLE, -5.784),  # the Crab nebula, NED
        (0.0, 0.0, position.ECLIPTIC_POLE, 0.0),
        (90.0, 23.4392911, position.ECLIPTIC_POLE, 0.0),  # the Sun at the June solstice
        (270.0, 66.5607089, position.ECLIPTIC_POLE, 90.0),
    ],
)
def test_latitudes_of_well_known_places(ra: float, dec: float, pole: tuple[float, float], latitude: float) -> None:
    """Poles, planes and famous objects lie where the catalogues say, to better than a hundredth of a degree."""
    found = position.latitude(np.array([ra]), np.array([dec]), pole)[0]
    assert found == pytest.approx(latitude, abs=0.005)
