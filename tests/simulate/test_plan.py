"""The plan of a night: who is in it, when, and under which numbers."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from huntui.simulate.cadence import SLOTS
from huntui.simulate.plan import Plan, plan_night
from huntui.simulate.populations import POPULATIONS, alerts_per_class
from huntui.truth import CLASSES

DAY = date(2024, 7, 7)


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the plan of a default night."""
    return plan_night(DAY, 1, 24_948)


def _jd(plan: Plan) -> np.ndarray:
    return plan.cadence.jd[plan.objects.field[plan.object], plan.slot]


@pytest.mark.parametrize("count", [1, 3, 64, 777, 4000])
def test_a_night_has_exactly_the_alerts_that_were_asked_for(count: int) -> None:
    """The count is exact, whatever it is."""
    assert len(plan_night(DAY, 5, count).candid) == count


def test_every_class_is_in_a_default_night_and_in_its_proportion(plan: Plan) -> None:
    """All classes are there, rare ones with at least eight alerts, and common ones as their shares say."""
    names = [POPULATIONS[k].name for k in plan.objects.population[plan.object]]
    alerts = Counter(names)
    assert set(alerts) == set(CLASSES)
    assert min(alerts.values()) >= 8
    shares = {name: count / len(names) for name, count in alerts.items()}
    assert shares["variable star"] > shares["artefact"] > shares["known asteroid"] > shares["RR Lyrae"] > 0.03
    assert 0.002 < shares["supernova Ia"] < 0.006


def test_a_night_of_two_thousand_alerts_holds_every_class() -> None:
    """Rare classes are raised in small nights as well."""
    assert (alerts_per_class(2000) > 0).all()


@pytest.mark.parametrize("count", [1, 10, 499, 500, 12_345])
def test_shares_add_up_to_the_count(count: int) -> None:
    """The alerts of all classes together are the alerts of the night."""
    assert alerts_per_class(count).sum() == count


def test_populations_are_the_classes_of_truth_in_their_order() -> None:
    """Each class that truth knows has one population, and no other."""
    assert [population.name for population in POPULATIONS] == list(CLASSES)


def test_alerts_come_in_order_of_time_between_3_and_12_hours(plan: Plan) -> None:
    """jd never falls, and every exposure is in the night of Palomar."""
    jd = _jd(plan)
    assert (np.diff(jd) >= 0).all()
    midnight = DAY.toordinal() + 1721424.5
    assert jd.min() > midnight + 3 / 24
    assert jd.max() < midnight + 12 / 24


def test_candids_are_unique_and_composed_as_ztf_does(plan: Plan) -> None:
    """A candid counts the nights since 2017, then the time of day, then the readout channel."""
    rcid = plan.objects.rcid[plan.object]
    assert len(np.unique(plan.candid)) == len(plan.candid)
    assert np.abs(plan.candid // 10**9 - (_jd(plan) - 2457754.5) * 1e6).max() < 15
    np.testing.assert_array_equal(plan.candid // 10**8 % 100, rcid)


def test_alerts_of_one_image_share_a_pid_and_exposures_a_jd(plan: Plan) -> None:
    """There are far fewer exposures than alerts, and each pid belongs to one jd."""
    jd, pid = _jd(plan), plan.candid // 10**6
    assert len(np.unique(jd)) < len(jd) / 30
    assert len(np.unique(np.stack([jd, pid]), axis=1).T) == len(np.unique(pid))


def test_objects_are_seen_about_as_often_as_in_a_real_night(plan: Plan) -> None:
    """A real night of June 2024 had 1.22 alerts per object."""
    assert 1.15 < len(plan.object) / len(np.unique(plan.object)) < 1.5


def test_g_comes_before_r_in_the_night(plan: Plan) -> None:
    """A field's first visit is in g, its second in r and later."""
    assert plan.cadence.is_g[:, SLOTS - 2].all()
    assert not plan.cadence.is_g[:, SLOTS - 1].any()
    assert (plan.cadence.jd[:, SLOTS - 1] > plan.cadence.jd[:, SLOTS - 2]).all()


def test_movers_are_as_far_apart_as_their_speed_says(plan: Plan) -> None:
    """The two places of an asteroid lie in one field, at the distance that it covers between the visits."""
    objects = plan.objects
    names = [population.name for population in POPULATIONS]
    rows = np.flatnonzero(objects.population == names.index("known asteroid"))
    pairs = [k for k in range(len(rows) - 1) if objects.body[rows[k]] == objects.body[rows[k + 1]]]
    assert len(pairs) > 100
    for k in pairs[:50]:
        one, two = rows[k], rows[k + 1]
        minutes = np.diff(plan.cadence.jd[objects.field[one], -2:])[0] * 1440
        arcsec = np.hypot(objects.x[two] - objects.x[one], objects.y[two] - objects.y[one]) * 1.01
        assert arcsec == pytest.approx(objects.parameters.speed[one] * minutes, rel=1e-6)
