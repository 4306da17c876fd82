"""The hunts that come with huntui."""

from itertools import combinations_with_replacement, product

import pytest

from huntui import shipped, truth
from huntui.features.registry import kinds
from huntui.hunt.claims import Claims
from huntui.hunt.hunt import load_hunt
from huntui.hunt.review import warnings
from huntui.hunt.score import hunt_state
from huntui.hunt.treasure import Hunt
from huntui.hunt.verdict import Truth, judge

FEWEST = {"first-night": 10, "ztf-summer-school-2024": 10, "solar-system": 8, "rare-finds": 25}
"""How many treasures each hunt has at the least."""

SINGLE = ("known asteroid", "comet", "unknown mover", "near-Earth object", "satellite glint", "artefact")
"""Classes that are neither old nor young."""


def load(name: str) -> Hunt:
    """Return a hunt that is shipped."""
    return load_hunt(shipped.find("hunts", name), kinds(), truth.kinds())


@pytest.fixture(scope="module", params=shipped.names("hunts"))
def hunt(request: pytest.FixtureRequest) -> Hunt:
    """Return each hunt that is shipped."""
    return load(request.param)


def every_truth() -> dict[str, Truth]:
    """Return an object of each class, very young and old, bright and faint."""
    explosions = {
        f"{name} {age} {mag}": {"class": name, "age": age, "peak_mag": mag}
        for name, age, mag in product(truth.CLASSES, (1.0, 100.0), (16.0, 20.0))
        if name not in SINGLE
    }
    return {**explosions, **{name: {"class": name} for name in SINGLE}}


def test_these_hunts_are_shipped() -> None:
    """Each under its own name, and the first night is the default."""
    assert set(shipped.names("hunts")) == set(FEWEST)
    assert all(load(name).name == name for name in FEWEST)


def test_it_has_enough_treasures_with_names_and_titles_of_their_own_and_hints(hunt: Hunt) -> None:
    """A beginner can begin with any of them: each has a starter, and hints from gentle to plain."""
    assert len(hunt.treasures) >= FEWEST[hunt.name]
    assert len(set(hunt.names)) == len({treasure.title for treasure in hunt.treasures}) == len(hunt.treasures)
    for treasure in hunt.treasures:
        assert treasure.starter is not None, treasure.name
        assert treasure.starter.stages, treasure.name
        assert len(treasure.hints) >= 2, treasure.name


def test_there_is_nothing_in_it_that_is_hardly_meant(hunt: Hunt) -> None:
    """Classes that there are, and links that lead to the object."""
    assert warnings(hunt) == []


def test_the_supernova_comes_first_where_it_is_hunted(hunt: Hunt) -> None:
    """It is what the screen's own cuts begin with."""
    assert "supernova" not in hunt.names or hunt.names[0] == "supernova"


def test_a_treasure_of_several_hunts_is_the_same_in_all_of_them() -> None:
    """A file cannot refer to another; what is changed in one of them is to be changed in all."""
    first = {}
    for name in FEWEST:
        for treasure in load(name).treasures:
            before = first.setdefault(treasure.name, treasure)
            assert treasure.looks_like.text == before.looks_like.text, (name, treasure.name)
            assert treasure == before, (name, treasure.name)


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
