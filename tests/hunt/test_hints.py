"""What hints cost: a tenth of what a treasure can bring, never more than half of it, paid once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_hunts import hunt, treasure

from huntui.hunt.claims import Claims
from huntui.hunt.hints import hint_costs, opened
from huntui.hunt.score import hunt_state
from huntui.hunt.treasure import Treasure


def hinted(points: int, goal: int, hints: int) -> Treasure:
    """Return a treasure with so many hints."""
    return hunt(treasure("nova", points=points, goal=goal, hints=[f"Hint {k}." for k in range(hints)])).treasures[0]


@pytest.mark.parametrize(
    ("points", "goal", "costs"),
    [(5, 5, (3, 3, 3)), (1, 5, (1, 1, 0)), (1, 1, (0, 0, 0)), (1, 3, (1, 0, 0)), (50, 1, (5, 5, 5)), (2, 3, (1, 1, 1))],
)
def test_a_hint_costs_a_tenth_until_half_is_gone(points: int, goal: int, costs: tuple[int, ...]) -> None:
    """In whole points."""
    assert hint_costs(hinted(points, goal, 3)) == costs


@given(st.integers(1, 1000), st.integers(1, 1000), st.integers(0, 10))
def test_all_hints_of_a_treasure_take_no_more_than_half_of_it(points: int, goal: int, hints: int) -> None:
    """However many there are; none brings points, and one behind another never costs more than it."""
    costs = hint_costs(hinted(points, goal, hints))
    assert len(costs) == hints
    assert 2 * sum(costs) <= points * goal
    assert all(0 <= later <= earlier for earlier, later in pairwise(costs))


def test_hints_that_were_opened_lower_the_score_whether_the_treasure_is_found_or_not() -> None:
    """More of them than there are is all of them, and those of no treasure of the hunt are none."""
    of = hunt(treasure("nova", points=5, goal=5, hints=["A.", "B.", "C."]), treasure("quasar", points=2))
    claims = Claims(of.names).claim("one", "nova")
    for taken, score, left in (
        ((), 5, 3),
        ((("nova", 1),), 2, 3),
        ((("nova", 3),), -4, None),
        ((("nova", 99), ("quasar", 2), ("unicorn", 1)), -4, None),
    ):
        state = hunt_state(of, claims, {("one", "nova"): "confirmed"}, hints=taken)
        assert (state.score, state.treasures[0].next_hint_costs) == (score, left)
        assert state.hints_paid == 5 - score
    assert hunt_state(of, Claims(of.names), {}, hints=(("nova", 2),)).score == -6


def test_what_was_opened_stays_open() -> None:
    """Also where a lower number is opened after it."""
    assert opened(opened((), "nova", 2), "quasar", 1) == (("nova", 2), ("quasar", 1))
    assert opened((("nova", 2),), "nova", 1) == (("nova", 2),)
