"""What other alerts of a night tell of one: what moves, and what lies on a line."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from oracles import plain_motion

from huntui.alerts.batch import Columns
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.columns import NULL_I4, NULL_TEXT
from huntui.features import registry
from huntui.features.motion import over_night
from huntui.features.motion.kernels import MOST_NEIGHBOURS
from huntui.night.store import Night
from huntui.night.view import NightView
from huntui.simulate.night import SimulatedNight

NAMES = ("jd", "ra", "dec", "ndethist", "ssnamenr", "ssdistnr")
MINUTE = 1.0 / 1440.0


def columns(alerts: Sequence[dict[str, Any]]) -> Columns:
    """Return alerts as columns; what one does not say is a newcomer at the origin, far from any known body."""
    names = sorted({alert["ssnamenr"] for alert in alerts if "ssnamenr" in alert})
    blank = {"jd": 0.0, "ra": 10.0, "dec": 0.0, "ndethist": 1, "ssnamenr": None, "ssdistnr": -999.0}
    rows = [{**blank, **alert} for alert in alerts]
    found: dict[str, Any] = {name: np.array([row[name] for row in rows if name != "ssnamenr"]) for name in NAMES}
    found["ssnamenr"] = np.array(
        [NULL_TEXT if row["ssnamenr"] is None else names.index(row["ssnamenr"]) for row in rows], np.int32
    )
    found["ndethist"] = found["ndethist"].astype(np.int32)
    return found


def told(*alerts: dict[str, Any]) -> dict[str, list[float]]:
    """Return what the alerts tell of each other."""
    return {name: values.tolist() for name, values in over_night.over_night(columns(alerts)).items()}


def read(count: int) -> Night:
    """Return a simulated night as it was read, not looked over yet."""
    pool = TextPool()
    decoder, night = AlertDecoder(pool), Night(pool)
    for chunk in SimulatedNight("20240707", count=count).chunks():
        batch = decoder.decode(chunk)[0]
        night.append(batch, registry.compute(batch))
    return night


def plain(view: NightView) -> list[dict[str, Any]]:
    """Return the alerts of a night as plain values."""
    return [{name: view.value(name, row) for name in NAMES} for row in range(len(view))]


@pytest.mark.slow
def test_every_alert_of_a_night_is_told_what_comparing_all_with_all_tells() -> None:
    """An oracle with unit vectors agrees on each value and on each null, and there are enough of all."""
    night = read(3000)
    before = night.view()
    assert all(before.value(column.name, 0) is None for column in over_night.COLUMNS)
    assert set(night.look_over()) == {column.name for column in over_night.COLUMNS}
    view = night.view()
    seen = dict.fromkeys((column.name for column in over_night.COLUMNS), 0)
    for row, expected in enumerate(plain_motion.motion(plain(view))):
        for name, value in expected.items():
            found = view.value(name, row)
            if value is None:
                assert found is None, (row, name, found)
            else:
                assert found == pytest.approx(value, rel=1e-4, abs=2e-3), (row, name)
                seen[name] += 1
    assert min(seen.values()) > 100
    assert np.count_nonzero(view.column("line_alerts") >= 4) >= 5


@pytest.mark.slow
def test_a_view_keeps_what_it_has_while_the_night_is_looked_over() -> None:
    """A picture of a moment never changes; looking a second time finds nothing to do."""
    night = read(200)
    before = night.view()
    assert night.look_over()
    assert not night.look_over()
    assert np.all(before.column("line_alerts") == NULL_I4)
    assert np.any(night.view().column("line_alerts") >= 1)


def test_a_named_body_moves_from_its_first_alert_to_its_last() -> None:
    """Worked by hand: 20 arcsec in half an hour, and one alert too far from where the body is expected."""
    step = 20.0 / 3600.0
    values = told(
        {"jd": 1.0, "ssnamenr": "1234", "ssdistnr": 0.5},
        {"jd": 1.0 + 30 * MINUTE, "dec": step, "ssnamenr": "1234", "ssdistnr": 1.5},
        {"jd": 1.0 + 30 * MINUTE, "dec": 0.1, "ssnamenr": "1234", "ssdistnr": 9.0},
        {"jd": 1.0, "ssnamenr": "1235", "ssdistnr": 0.5},
    )
    assert values["mover_alerts"] == [2, 2, NULL_I4, 1]
    assert values["mover_rate"][:2] == pytest.approx([40.0, 40.0], rel=1e-5)
    assert all(math.isnan(rate) for rate in values["mover_rate"][2:])


def test_a_partner_is_a_newcomer_of_another_exposure_across_the_meridian_too() -> None:
    """After 360 degrees comes 0; an alert of the same exposure, or of an old thing, is no partner."""
    values = told(
        {"jd": 1.0, "ra": 359.999, "dec": 60.0},
        {"jd": 1.0 + 40 * MINUTE, "ra": 0.001, "dec": 60.0},
        {"jd": 1.0, "ra": 359.9991, "dec": 60.0},
        {"jd": 1.0 + 40 * MINUTE, "ra": 359.9991, "dec": 60.0, "ndethist": 3},
    )
    assert values["partner_arcsec"][:2] == pytest.approx([3.6, 3.42], rel=1e-3)
    assert values["partner_minutes"][:2] == pytest.approx([40.0, 40.0])
    assert math.isnan(values["partner_arcsec"][3])


def test_flashes_of_one_exposure_lie_on_a_line_far_from_the_equator_too() -> None:
    """Four points of a great circle at declination 80, one beside it, and one on it in another exposure."""
    angles = [math.radians(part) for part in (0.0, 0.05, 0.1, 0.2)]
    middle = math.radians(80.0)
    flashes = [
        {
            "ra": 200.0 + math.degrees(math.atan2(math.sin(along), math.cos(along) * math.cos(middle))),
            "dec": math.degrees(math.asin(math.cos(along) * math.sin(middle))),
        }
        for along in angles
    ]
    beside = {**flashes[1], "dec": flashes[1]["dec"] + 60.0 / 3600.0}
    values = told(*flashes, beside, {**flashes[2], "jd": 0.5})
    assert values["line_alerts"] == [4, 4, 4, 4, 2, 1]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300, 0.0])
def test_nothing_that_a_packet_can_say_is_too_much(value: float) -> None:
    """Places and times that mean nothing, and a crowd at one place, are gone through."""
    crowd = [{"jd": 1.0 + k % 2 * 30 * MINUTE, "ra": value, "dec": value} for k in range(4 * MOST_NEIGHBOURS)]
    late = [{"jd": value} for _ in range(3)]
    with np.errstate(all="ignore"):
        values = told(*crowd, *late)
    assert {len(found) for found in values.values()} == {len(crowd) + 3}
    assert all(1 <= number <= MOST_NEIGHBOURS + 1 for number in values["line_alerts"])


def test_a_night_without_alerts_tells_nothing() -> None:
    """Nothing in, nothing out."""
    assert told() == {column.name: [] for column in over_night.COLUMNS}
