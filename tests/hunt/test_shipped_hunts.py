"""The hunts that come with huntui."""

from itertools import combinations_with_replacement

import pytest

from huntui import shipped, truth
from huntui.features.registry import kinds
from huntui.hunt.claims import Claims
from huntui.hunt.hunt import load_hunt
from huntui.hunt.score import hunt_state
from huntui.hunt.treasure import Hunt
from huntui.hunt.verdict import Truth, judge

AGES = (1.0, 100.0)


@pytest.fixture(scope="module", params=shipped.names("hunts"))
def hunt(request: pytest.FixtureRequest) -> Hunt:
    """Return each hunt that is shipped."""
    return load_hunt(shipped.find("hunts", request.param), kinds(), truth.kinds())


def every_truth() -> dict[str, Truth]:
    """Return an object of each class, young and old."""
    return {f"{name} {age}": {"class": name, "age": age} for name in truth.CLASSES for age in AGES}


def test_it_has_ten_treasures_or_more_with_the_supernova_first_and_a_starter_for_each(hunt: Hunt) -> None:
    """A student can begin with any of them."""
    assert len(hunt.treasures) >= 10
    assert hunt.names[0] == "supernova"
    assert all(treasure.starter is not None and treasure.starter.stages for treasure in hunt.treasures)


def test_each_treasure_can_be_confirmed_on_a_simulated_night(hunt: Hunt) -> None:
    """A mistyped class would confirm nothing, ever."""
    truths = every_truth()
    verdicts = judge(hunt, [(name, treasure) for name in truths for treasure in hunt.names], truths)
    confirmed = {treasure for (_, treasure), verdict in verdicts.items() if verdict == "confirmed"}
    assert confirmed == set(hunt.names)


def test_claiming_everything_scores_below_zero_on_the_friendliest_nights(hunt: Hunt) -> None:
    """Nights of one or two objects of any classes, and a night of just what the goals ask for."""
    truths = every_truth()
    verdicts = judge(hunt, [(name, treasure) for name in truths for treasure in hunt.names], truths)
    for night in combinations_with_replacement(truths, 2):
        assert sprayed(hunt, dict.fromkeys(night, ""), verdicts) < 0
    wanted = {
        f"{treasure.name} {k}": truths[next(name for name in truths if verdicts[name, treasure.name] == "confirmed")]
        for treasure in hunt.treasures
        for k in range(treasure.goal)
    }
    everything = [(name, treasure) for name in wanted for treasure in hunt.names]
    assert sprayed(hunt, wanted, judge(hunt, everything, wanted)) < 0


def sprayed(hunt: Hunt, objects: dict[str, object], verdicts: dict[tuple[str, str], object]) -> int:
    """Return the score of claiming every object as every treasure."""
    pairs = tuple((name, treasure) for name in objects for treasure in hunt.names)
    return hunt_state(hunt, Claims(hunt.names, pairs, pairs), verdicts).score  # type: ignore[arg-type]
