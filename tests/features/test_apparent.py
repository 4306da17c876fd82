"""Apparent magnitudes of packets that were made for one question each."""

import io
import math
from typing import Any

import fastavro
import numpy as np
import pytest
from oracles import plain_apparent

from huntui.alerts.batch import AlertBatch
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.features import registry
from huntui.features.apparent import magnitudes
from huntui.packets.batch import join
from huntui.packets.odd import house_schema

DETECTION = {"fid": 1, "magpsf": 19.0, "sigmapsf": 0.1, "isdiffpos": "t"}
REFERENCE = {"distnr": 0.3, "magnr": 18.0, "sigmagnr": 0.02}


def made(alert: dict[str, Any], *history: dict[str, Any]) -> AlertBatch:
    """Return an alert at jd 30 with a history, all detections like `DETECTION` but for what is given."""
    candidate = {"jd": 30.0, "candid": 1, **DETECTION, **REFERENCE, **alert}
    entries = [{**DETECTION, **REFERENCE, **entry} for entry in history]
    packet = io.BytesIO()
    record = {"objectId": "ZTF24aaaaaaa", "candidate": candidate, "prv_candidates": entries}
    fastavro.writer(packet, fastavro.parse_schema(house_schema()), [record])
    batch, bad = AlertDecoder(TextPool()).decode(join([packet.getvalue()], np.zeros((1, 2), np.int64)))
    assert not bad
    return batch


def found(alert: dict[str, Any], *history: dict[str, Any]) -> dict[str, float]:
    """Return what is made of the apparent magnitudes of such an alert."""
    batch = made(alert, *history)
    return {name: values[0].item() for name, values in magnitudes.FAMILY.compute(batch).items()}


@pytest.mark.parametrize(
    ("magpsf", "sign", "apparent"),
    [
        (18.0, "t", 18.0 - 2.5 * math.log10(2.0)),
        (15.5, "t", 18.0 - 2.5 * math.log10(11.0)),
        (20.5, "f", 18.0 - 2.5 * math.log10(0.9)),
        (20.5, "0", 18.0 - 2.5 * math.log10(0.9)),
    ],
)
def test_fluxes_are_added_or_subtracted(magpsf: float, sign: str, apparent: float) -> None:
    """Worked by hand: as bright as the reference, ten times as bright, and a tenth of it gone."""
    assert found({"magpsf": magpsf, "isdiffpos": sign})["apparent_mag"] == pytest.approx(apparent, rel=1e-6)


def test_its_uncertainty_is_that_of_both_fluxes() -> None:
    """Of two equal fluxes, each with 0.1 mag, the sum has 0.1 / sqrt(2)."""
    values = found({"magpsf": 18.0, "sigmagnr": 0.1})
    assert values["apparent_err"] == pytest.approx(0.1 / math.sqrt(2.0), rel=1e-6)


@pytest.mark.parametrize(
    "alert",
    [
        {"isdiffpos": "f", "magpsf": 18.0},
        {"isdiffpos": "f", "magpsf": 17.0},
        {"distnr": 1.5},
        {"distnr": -999.0},
        {"distnr": None},
        {"magnr": -999.0},
        {"magnr": None},
    ],
    ids=str,
)
def test_there_is_none_without_a_reference_or_when_nothing_is_left(alert: dict[str, Any]) -> None:
    """What the survey writes for "no match" is no distance and no magnitude; the alert is no point then, either."""
    values = found(alert)
    assert math.isnan(values["apparent_mag"])
    assert math.isnan(values["apparent_peak"])
    assert values["apparent_points"] == 0


def test_what_comes_with_the_alert_or_later_does_not_count() -> None:
    """Nothing later leaks in, nor does an upper limit or the other band."""
    others = [{"jd": 30.0, "magpsf": 15.0}, {"jd": 31.0, "magpsf": 15.0}, {"jd": 20.0, "magpsf": None}]
    values = found({}, *others, {"jd": 20.0, "fid": 2, "magpsf": 15.0}, {"jd": 21.0, "magpsf": 18.0})
    assert values["apparent_points"] == 2
    assert values["apparent_peak"] == pytest.approx(18.0 - 2.5 * math.log10(2.0), rel=1e-6)


def test_magnitudes_that_never_change_have_no_shape() -> None:
    """Neither a skewness nor a line: 0 divided by 0 is not 0."""
    values = found({}, *({"jd": 20.0 + day} for day in range(6)))
    assert values["apparent_amplitude"] == 0.0
    shape = ("apparent_skew", "apparent_von_neumann", "apparent_r2")
    assert all(math.isnan(values[name]) for name in shape)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_a_history_does_not_matter(seed: int) -> None:
    """Packets come with the newest entry first or last; what is measured over time is measured in order of time."""
    random = np.random.default_rng(seed)
    history = [{"jd": 2.0 * day + 0.1 * fid, "fid": fid} for day in range(10) for fid in (1, 2)]
    for entry in history:
        entry.update(magpsf=float(random.uniform(18.5, 20.0)), isdiffpos=str(random.choice(["t", "f"])))
    in_order = found({}, *history)
    random.shuffle(history)
    shuffled = found({}, *history)
    assert not any(math.isnan(value) for value in in_order.values())
    assert shuffled == pytest.approx(in_order, rel=1e-6)


def test_a_smooth_rise_and_single_dips_look_like_what_they_are() -> None:
    """A line explains the rise; dips make the skewness positive, and bursts negative."""
    rise = found({"magpsf": 16.0}, *({"jd": 20.0 + day, "magpsf": 21.0 - day / 2} for day in range(10)))
    assert rise["apparent_r2"] > 0.8
    assert rise["apparent_von_neumann"] < 0.5
    dips = found({}, *({"jd": 20.0 + day, "magpsf": 19.0 if day == 4 else 23.0, "isdiffpos": "f"} for day in range(10)))
    bursts = found({"magpsf": 23.0}, *({"jd": 20.0 + day, "magpsf": 17.0 if day == 4 else 23.0} for day in range(10)))
    assert dips["apparent_skew"] > 1.0
    assert bursts["apparent_skew"] < -1.0


def test_the_oracle_knows_the_same_nulls() -> None:
    """So that agreement over the real packets means something where they have few of a kind."""
    gone = {"magpsf": 17.0, "sigmapsf": 0.1, "isdiffpos": "f", "distnr": 0.3, "magnr": 18.0, "sigmagnr": 0.1}
    assert plain_apparent.measured(gone) is None
    assert plain_apparent.measured({**gone, "isdiffpos": "t", "distnr": -999.0}) is None
    assert plain_apparent.measured({**gone, "isdiffpos": "t"}) is not None


@pytest.mark.parametrize(
    ("alert", "entry"),
    [
        ({"sigmapsf": 0.0, "sigmagnr": 0.0}, {"sigmapsf": 0.0, "sigmagnr": 0.0}),
        ({"sigmapsf": 1e-30, "sigmagnr": 0.0}, {"sigmapsf": 1e-40, "sigmagnr": 0.0}),
        ({"magpsf": -1e38}, {"magpsf": -3e38}),
        ({"magnr": 3e38}, {"magnr": 1e-45}),
        ({"magpsf": math.inf}, {"magpsf": -math.inf}),
        ({"sigmapsf": math.inf}, {"sigmapsf": -1.0}),
        ({"jd": math.nan}, {}),
        ({}, {"distnr": math.nan, "magnr": math.inf}),
    ],
    ids=str,
)
def test_no_number_in_a_packet_stops_the_features(alert: dict[str, Any], entry: dict[str, Any]) -> None:
    """Uncertainties of 0, magnitudes beyond all stars: nothing is raised and no column missing, whatever is in them."""
    history = [{"jd": 10.0 + day, "fid": 1 + day % 2, "magpsf": 19.0 + day / 7, **entry} for day in range(12)]
    values = registry.compute(made(alert, *history))
    assert {name: len(column) for name, column in values.items()} == dict.fromkeys(registry.features(), 1)
    assert not math.isinf(values["apparent_mag"][0])
