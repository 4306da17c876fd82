"""What comes together on a night: the two places of a mover, the flashes of a satellite, artefacts of one star."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from huntui import shipped, truth
from huntui.features.registry import kinds
from huntui.hunt.hunt import load_hunt
from huntui.hunt.verdict import judge
from huntui.simulate.context import describe_places
from huntui.simulate.names import body_names, object_ids
from huntui.simulate.plan import Plan, plan_night
from huntui.simulate.populations import POPULATIONS, Near
from huntui.simulate.truths import describe_truth

NAMES = [population.name for population in POPULATIONS]
DAY = date(2024, 7, 7)
MOVERS = ("known asteroid", "comet", "unknown mover", "near-Earth object")


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the plan of a default night."""
    return plan_night(DAY, DAY.toordinal(), 24_948)


def _groups(plan: Plan, name: str) -> Iterator[np.ndarray]:
    """Yield the alerts of each body of a class that has more than one."""
    alerts = np.flatnonzero(plan.objects.population[plan.object] == NAMES.index(name))
    body = plan.objects.body[plan.object[alerts]]
    order = np.argsort(body, kind="stable")
    for group in np.split(alerts[order], np.flatnonzero(np.diff(body[order])) + 1):
        if len(group) > 1:
            yield group


def _jd(plan: Plan, alerts: np.ndarray) -> np.ndarray:
    return plan.cadence.jd[plan.objects.field[plan.object[alerts]], plan.slot[alerts]]


def _arcsec(plan: Plan, alerts: np.ndarray) -> np.ndarray:
    """Return places relative to the first [arcsec], a row (east, north) per alert."""
    ra, dec = (values[plan.object[alerts]] for values in (plan.objects.ra, plan.objects.dec))
    east = ((ra - ra[0] + 180.0) % 360.0 - 180.0) * np.cos(np.radians(dec))
    return np.stack([east, dec - dec[0]], axis=1) * 3600.0


@pytest.mark.parametrize("name", MOVERS)
def test_a_mover_is_elsewhere_at_the_next_visit_and_has_another_object_id(plan: Plan, name: str) -> None:
    """As far away as its speed says, to a few per cent of the projection; the name of a known body stays."""
    pairs = list(_groups(plan, name))
    assert len(pairs) >= 2
    for pair in pairs[:200]:
        one, two = pair
        rows = plan.object[pair]
        first, second = object_ids(DAY, plan.key, plan.serial[rows])
        assert bytes(first) != bytes(second)
        minutes = (_jd(plan, pair)[1] - _jd(plan, pair)[0]) * 1440.0
        assert abs(minutes) > 15
        moved = np.hypot(*_arcsec(plan, pair)[1])
        assert moved == pytest.approx(plan.objects.parameters.speed[rows[0]] * abs(minutes), rel=0.05)
        assert moved > 1.5, "within that it would be the same object"
        assert len(set(body_names(plan.objects, rows, np.zeros(2, np.bool_)))) == 1
        assert plan.slot[one] != plan.slot[two]


def test_movers_alert_once_at_each_place(plan: Plan) -> None:
    """No object of a body of the solar system has a second alert."""
    movers = np.isin(plan.objects.population[plan.object], [NAMES.index(name) for name in MOVERS])
    assert np.bincount(plan.object[movers]).max() == 1


def test_glints_lie_on_a_line_in_one_exposure(plan: Plan) -> None:
    """Flashes of a satellite share jd and pid, and stray from their line by less than two pixels."""
    found = list(_groups(plan, "satellite glint"))
    assert len(found) >= 10
    for group in found:
        assert len(set(_jd(plan, group).tolist())) == 1
        assert len(set((plan.candid[group] // 10**6).tolist())) == 1
        assert len(set(plan.serial[plan.object[group]].tolist())) == len(group)
        places = _arcsec(plan, group)
        spread = np.linalg.svd(places - places.mean(axis=0), compute_uv=False)
        assert spread[0] > 60.0
        assert spread[1] / np.sqrt(len(group)) < 2.0


def test_artefacts_lie_in_pairs_beside_a_bright_star(plan: Plan) -> None:
    """Both have the same star within 20 arcsec, brighter than 16.5; of those of one exposure one is negative."""
    beside, apart, signs = 0, [], []
    for pair in _groups(plan, "artefact"):
        rows = plan.object[pair]
        place = describe_places(plan.objects, rows)
        if len(set(rows.tolist())) < 2 or (place.near != Near.BRIGHT_STAR).any():
            continue
        beside += 1
        offset = np.stack([place.east, place.north], axis=1)
        assert (np.hypot(*offset.T) < 20.0).all()
        star = _arcsec(plan, pair) + offset
        apart.append(np.hypot(*(star[1] - star[0])))
        turned = np.radians(10.0) * np.tan(np.radians(np.abs(plan.objects.dec[rows]).max()))
        assert apart[-1] < 1.0 + 20.0 * turned, "off a field's centre, rows of pixels are turned against the sky"
        assert place.magnr_r[0] == place.magnr_r[1] < 16.5
        if (plan.objects.parameters.visit[rows] >= 0).all():
            signs.append(plan.objects.parameters.amplitude[rows].sum())
    assert beside > 300
    assert np.median(apart) < 1.0
    assert len(signs) > 100
    assert set(signs) == {0.0}


@pytest.mark.parametrize("text", ["20180704", "20210115", "20240707", "20241222", "20250320"])
def test_every_default_night_holds_each_treasure_of_the_default_hunt(text: str) -> None:
    """At every season, as often as its goal asks for: truth would confirm that many claims."""
    day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    night = plan_night(day, day.toordinal(), 24_948)
    known = describe_truth(night, {str(k): int(k) for k in np.unique(night.object)})
    hunt = load_hunt(shipped.find("hunts", "first-night"), kinds(), truth.kinds())
    pairs = [(name, treasure) for name in known for treasure in hunt.names]
    verdicts = judge(hunt, pairs, known)
    for treasure in hunt.treasures:
        found = sum(verdicts[name, treasure.name] == "confirmed" for name in known)
        assert found >= treasure.goal, treasure.name
