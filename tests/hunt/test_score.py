"""Claims, verdicts and the score: right brings points, wrong costs them, spraying does not pay."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_hunts import hunt, treasure

from huntui.errors import CallError
from huntui.hunt.claims import Claims
from huntui.hunt.score import hunt_state
from huntui.hunt.state import HuntState
from huntui.hunt.treasure import Hunt
from huntui.hunt.verdict import judge

HUNT = hunt(
    treasure("supernova", "class in ('supernova Ia', 'supernova II')", points=5, goal=2),
    treasure("young-supernova", "class in ('supernova Ia', 'supernova II') and age < 5", points=25),
    treasure("quasar", points=2),
    treasure("kilonova", "class == 'kilonova-like'", points=50),
)
TRUTHS = {
    "old": {"class": "supernova Ia", "age": 30.0},
    "new": {"class": "supernova II", "age": 2.0},
    "ageless": {"class": "supernova II", "age": None},
    "quasar": {"class": "AGN", "age": None},
    "quasar2": {"class": "AGN"},
    "rock": {"class": "known asteroid"},
}


def claim(*pairs: tuple[str, str], of: Hunt = HUNT) -> Claims:
    """Return claims of these pairs."""
    claims = Claims(of.names)
    for pair in pairs:
        claims = claims.claim(*pair)
    return claims


def state(claims: Claims, truths: dict[str, dict[str, object]] = TRUTHS, of: Hunt = HUNT) -> HuntState:
    """Return the hunt with these claims judged."""
    return hunt_state(of, claims, judge(of, claims.tried, truths))


def outcomes(hunt_state: HuntState) -> list[tuple[str, int]]:
    """Return verdict and points of each claim."""
    return [(claim.verdict, claim.points) for claim in hunt_state.claims]


def test_truth_confirms_and_refutes_claims() -> None:
    """A confirmed claim brings its points, a refuted one costs them."""
    after = state(claim(("old", "supernova"), ("quasar", "supernova"), ("quasar", "quasar")))
    assert outcomes(after) == [("confirmed", 5), ("refuted", -5), ("confirmed", 2)]
    assert after.score == 2


def test_a_claim_without_truth_is_open_and_counts_for_nothing() -> None:
    """On a real night nothing settles a claim at once."""
    after = state(claim(("old", "supernova"), ("stranger", "quasar")), {})
    assert outcomes(after) == [("open", 0), ("open", 0)]
    assert after.score == 0


def test_truth_that_cannot_say_refutes() -> None:
    """A null in the truth means that the quantity has no meaning for the class, so that it confirms nothing."""
    assert outcomes(state(claim(("ageless", "young-supernova")))) == [("refuted", -25)]


def test_one_object_may_be_claimed_as_several_treasures() -> None:
    """Each of its claims is judged by itself."""
    after = state(claim(("new", "supernova"), ("new", "young-supernova"), ("new", "kilonova")))
    assert outcomes(after) == [("confirmed", 5), ("confirmed", 25), ("refuted", -50)]


def test_only_the_first_objects_up_to_the_goal_score() -> None:
    """More of the same are right, but bring nothing."""
    after = state(claim(("old", "supernova"), ("new", "supernova"), ("ageless", "supernova")))
    assert outcomes(after) == [("confirmed", 5), ("confirmed", 5), ("confirmed", 0)]
    line = after.treasures[0]
    assert (line.claimed, line.confirmed, line.refuted, line.done) == (3, 3, 0, True)


def test_a_refuted_claim_that_is_taken_back_still_costs() -> None:
    """Otherwise trying everything would be free, since truth answers at once."""
    claims = claim(("rock", "quasar"), ("quasar", "quasar"))
    assert state(claims.unclaim("rock", "quasar")).score == state(claims).score == 0
    undone = claims.with_standing_of(Claims(HUNT.names))
    assert outcomes(state(undone)) == [("refuted", -2)]


def test_a_confirmed_or_open_claim_that_is_taken_back_is_gone() -> None:
    """It can be claimed again, and counts once."""
    claims = claim(("quasar", "quasar")).unclaim("quasar", "quasar")
    assert state(claims).claims == ()
    again = claims.claim("quasar", "quasar")
    assert outcomes(state(again)) == [("confirmed", 2)]
    assert again.tried == (("quasar", "quasar"),)


def test_the_checklist_shows_how_many_objects_look_like_each_treasure() -> None:
    """The counts come in the order of the hunt."""
    after = hunt_state(HUNT, Claims(HUNT.names), {}, (7, 0, 3, 1))
    assert [line.suggested for line in after.treasures] == [7, 0, 3, 1]
    assert not any(line.done for line in after.treasures)


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (("old", "supernva"), "There is no treasure 'supernva' in this hunt; .* Did you mean 'supernova'"),
        (("old", "supernova"), "old is claimed as supernova already."),
    ],
)
def test_a_claim_that_cannot_be_made_says_why(pair: tuple[str, str], sentence: str) -> None:
    """The claims before are untouched, since claims never change."""
    claims = claim(("old", "supernova"))
    with pytest.raises(CallError, match=sentence):
        claims.claim(*pair)
    assert claims.standing == (("old", "supernova"),)


def test_what_is_not_claimed_cannot_be_taken_back() -> None:
    """Neither an unknown treasure nor a claim that was never made."""
    with pytest.raises(CallError, match="rock is not claimed as quasar"):
        claim().unclaim("rock", "quasar")
    with pytest.raises(CallError, match="Did you mean 'quasar'"):
        claim().unclaim("rock", "quasr")


@given(st.lists(st.sampled_from(sorted(TRUTHS)), min_size=1, max_size=30))
def test_claiming_every_object_as_every_treasure_scores_below_zero(classes: Sequence[str]) -> None:
    """Whatever the night is made of, even if it holds nothing but treasures."""
    truths = {f"ZTF{k}": dict(TRUTHS[name]) for k, name in enumerate(classes)}
    sprayed = claim(*((object_id, name) for object_id in truths for name in HUNT.names))
    assert state(sprayed, truths).score < 0


@given(st.integers(0, 40), st.integers(0, 40))
def test_claiming_every_object_as_one_treasure_pays_only_where_nearly_all_are(right: int, wrong: int) -> None:
    """The gain ends at the goal, the cost does not."""
    truths: dict[str, dict[str, object]] = {f"s{k}": {"class": "supernova Ia", "age": 30.0} for k in range(right)}
    truths |= {f"x{k}": {"class": "artefact"} for k in range(wrong)}
    score = state(claim(*((object_id, "supernova") for object_id in truths)), truths).score
    assert score == 5 * (min(right, 2) - wrong)
