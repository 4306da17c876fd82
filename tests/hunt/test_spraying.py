"""Claiming everything does not pay, on simulated nights and with the points of sets."""

import pytest

from huntui import shipped, truth
from huntui.features.registry import kinds
from huntui.hunt.claims import Claims
from huntui.hunt.hunt import load_hunt
from huntui.hunt.score import hunt_state
from huntui.hunt.state import HuntState
from huntui.hunt.treasure import Hunt
from huntui.hunt.verdict import Truth, judge
from huntui.simulate.night import SimulatedNight

DATES = ("20240707", "20250320")
COUNT = 2_000


@pytest.fixture(scope="module", params=DATES)
def truths(request: pytest.FixtureRequest) -> dict[str, Truth]:
    """Return the truth of every object of a simulated night."""
    night = SimulatedNight(request.param, count=COUNT)
    names = sorted(set(night.truths()["objectId"].tolist()))
    return dict(night.truth(names))


@pytest.fixture(scope="module", params=shipped.names("hunts"))
def hunt(request: pytest.FixtureRequest) -> Hunt:
    """Return each hunt that is shipped."""
    return load_hunt(shipped.find("hunts", request.param), kinds(), truth.kinds())


def sprayed(hunt: Hunt, truths: dict[str, Truth], treasures: tuple[str, ...]) -> HuntState:
    """Return the hunt after claiming every object as each of these treasures."""
    pairs = tuple((object_id, name) for name in treasures for object_id in truths)
    return hunt_state(hunt, Claims(hunt.names, pairs, pairs), judge(hunt, pairs, truths))


def test_every_object_as_every_treasure_scores_below_zero(hunt: Hunt, truths: dict[str, Truth]) -> None:
    """Though that completes a set on such a night, and its points are in the score."""
    after = sprayed(hunt, truths, hunt.names)
    assert any(one.complete for one in after.sets)
    assert after.score < 0


def test_every_object_as_one_treasure_scores_below_zero(hunt: Hunt, truths: dict[str, Truth]) -> None:
    """Whichever it is."""
    assert [name for name in hunt.names if sprayed(hunt, truths, (name,)).score >= 0] == []


def test_every_object_as_each_treasure_of_a_set_scores_below_zero(hunt: Hunt, truths: dict[str, Truth]) -> None:
    """A set does not pay for that."""
    assert hunt.sets
    assert [one.name for one in hunt.sets if sprayed(hunt, truths, one.treasures).score >= 0] == []
