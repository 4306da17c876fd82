"""Sets of treasures: complete when every goal is confirmed, and worth something more then."""

from typing import Any

import pytest
from small_hunts import KINDS, TRUTH_KINDS, treasure, written

from huntui.errors import HuntError
from huntui.hunt.claims import Claims, Pair
from huntui.hunt.hunt import hunt_from_mapping
from huntui.hunt.review import mistakes
from huntui.hunt.score import hunt_state
from huntui.hunt.state import HuntState
from huntui.hunt.verdict import judge

SET = {"name": "both", "title": "Both kinds", "treasures": ["quasar", "nova"], "points": 7}
TREASURES = (
    treasure("quasar", "class == 'AGN'", points=2, goal=2),
    treasure("nova", "class == 'nova'", points=50),
    treasure("comet", "class == 'comet'", points=10),
)
TRUTHS = {"q1": {"class": "AGN"}, "q2": {"class": "AGN"}, "n": {"class": "nova"}, "c": {"class": "comet"}}


def state(*pairs: Pair, truths: dict[str, dict[str, object]] = TRUTHS, back: tuple[Pair, ...] = ()) -> HuntState:
    """Return the hunt with these claims, of which some were taken back."""
    hunt = hunt_from_mapping(written(*TREASURES, sets=[SET]), "small.yaml", KINDS, TRUTH_KINDS)
    claims = Claims(hunt.names)
    for pair in pairs:
        claims = claims.claim(*pair)
    for pair in back:
        claims = claims.unclaim(*pair)
    return hunt_state(hunt, claims, judge(hunt, claims.tried, truths))


def test_a_set_adds_its_points_once_every_goal_is_confirmed() -> None:
    """One quasar of two is not enough; with the second one 2 + 2 + 50 become 61."""
    before = state(("q1", "quasar"), ("n", "nova"))
    assert (before.sets[0].found, before.sets[0].complete, before.score) == (1, False, 52)
    after = state(("q1", "quasar"), ("n", "nova"), ("q2", "quasar"))
    assert (after.sets[0].found, after.sets[0].complete, after.score) == (2, True, 61)


def test_a_mistake_costs_its_points_and_not_the_set() -> None:
    """Wrong claims of the treasures of a set do not open it again."""
    after = state(("q1", "quasar"), ("n", "nova"), ("q2", "quasar"), ("c", "nova"))
    assert (after.sets[0].complete, after.score) == (True, 61 - 50)


def test_a_set_is_complete_no_more_when_a_claim_that_it_needs_is_taken_back() -> None:
    """Its points go with it."""
    after = state(("q1", "quasar"), ("n", "nova"), ("q2", "quasar"), back=(("n", "nova"),))
    assert (after.sets[0].complete, after.score) == (False, 4)


def test_open_claims_complete_no_set() -> None:
    """On a real night it waits until they are settled, though the checklist has its treasures done."""
    after = state(("q1", "quasar"), ("n", "nova"), ("q2", "quasar"), truths={})
    assert [one.done for one in after.treasures] == [True, True, False]
    assert (after.sets[0].found, after.score) == (0, 0)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown treasure": (
        {"treasures": ["quasar", "nvoa"]},
        "sets[0].treasures[1]: there is no treasure 'nvoa' in this hunt; there are quasar, nova, comet. "
        "Did you mean 'nova'?",
    ),
    "a treasure twice": (
        {"treasures": ["quasar", "nova", "quasar"]},
        "sets[0].treasures[2]: 'quasar' is in this set already; name each treasure once.",
    ),
    "a single treasure": ({"treasures": ["quasar"]}, "sets[0].treasures must be names of at least 2 treasures"),
    "no points": ({"points": 0}, "sets[0].points must be a whole number from 1 to 1000"),
    "a strange name": ({"name": "Both!"}, "sets[0].name must be lower-case words joined by hyphens"),
    "a mistyped key": ({"tittle": "x"}, "there is no key sets[0].tittle;"),
}


@pytest.mark.parametrize(("change", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_in_a_set_is_told_by_reading_and_by_checking_the_file(change: dict[str, Any], sentence: str) -> None:
    """In the same words, with the place and the nearest name."""
    data = written(*TREASURES, sets=[{**SET, **change}])
    with pytest.raises(HuntError) as told:
        hunt_from_mapping(data, "h.yaml", KINDS, TRUTH_KINDS)
    assert str(told.value).startswith(f"h.yaml: {sentence}")
    assert mistakes(data, "h.yaml", KINDS, TRUTH_KINDS) == [str(told.value)]


def test_two_sets_of_one_name_are_a_mistake() -> None:
    """As two treasures are."""
    data = written(*TREASURES, sets=[SET, SET])
    with pytest.raises(HuntError, match=r"sets\[1\].name: there is a set 'both' before it"):
        hunt_from_mapping(data, "h.yaml", KINDS, TRUTH_KINDS)


@pytest.mark.parametrize("sets", [5, {}, [None], [[]], [{}], None])
def test_what_is_no_list_of_sets_is_told(sets: object) -> None:
    """Whatever stands there."""
    assert mistakes(written(*TREASURES, sets=sets), "h.yaml", KINDS, TRUTH_KINDS)


def test_a_set_may_name_a_treasure_of_which_something_else_is_wrong() -> None:
    """Only that is told."""
    treasures = [*TREASURES[:2], {**TREASURES[2], "points": 0}]
    data = written(*treasures, sets=[{**SET, "treasures": ["nova", "comet"]}])
    assert mistakes(data, "h.yaml", KINDS, TRUTH_KINDS) == [
        "h.yaml: treasures[2].points must be a whole number from 1 to 1000, not 0."
    ]
