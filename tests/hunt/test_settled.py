"""What is settled by hand: it scores exactly as if truth had answered, and never overrules truth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_hunts import hunt, treasure

from huntui.errors import CallError
from huntui.hunt.claims import Claims, Pair
from huntui.hunt.score import hunt_state
from huntui.hunt.settled import NOTHING_SETTLED, Settled
from huntui.hunt.state import Verdict

HUNT = hunt(treasure("supernova", points=5, goal=2), treasure("quasar", points=2))
PAIRS: list[Pair] = [(object_id, name) for object_id in "abcd" for name in HUNT.names]
VERDICTS = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(["confirmed", "refuted"]))


def claimed(pairs: list[Pair], taken_back: int = 0) -> Claims:
    """Return claims of these pairs, of which the first ones were taken back."""
    claims = Claims(HUNT.names)
    for pair in pairs:
        claims = claims.claim(*pair)
    for pair in pairs[:taken_back]:
        claims = claims.unclaim(*pair)
    return claims


def by_hand(claims: Claims, verdicts: dict[Pair, Verdict]) -> Settled:
    """Return these verdicts settled one after the other, as far as there are claims."""
    settled = NOTHING_SETTLED
    for (object_id, name), verdict in verdicts.items():
        if (object_id, name) in claims.tried:
            settled = settled.settle(claims, object_id, name, verdict)
    return settled


@given(st.lists(st.sampled_from(PAIRS), unique=True), st.integers(0, 4), VERDICTS)
def test_a_verdict_by_hand_scores_as_one_of_truth(
    pairs: list[Pair], taken_back: int, verdicts: dict[Pair, Verdict]
) -> None:
    """Taken back or not, up to the goal and beyond."""
    claims = claimed(pairs, taken_back)
    settled = by_hand(claims, verdicts).beside(dict.fromkeys(claims.tried, "open"))
    assert hunt_state(HUNT, claims, settled) == hunt_state(HUNT, claims, verdicts)


@given(VERDICTS, VERDICTS)
def test_truth_is_never_overruled(truth: dict[Pair, Verdict], hand: dict[Pair, Verdict]) -> None:
    """What it leaves open is the player's."""
    both = by_hand(claimed(PAIRS), hand).beside(truth)
    assert both == {**hand, **truth}


@given(VERDICTS)
def test_opening_everything_again_leaves_nothing_settled(verdicts: dict[Pair, Verdict]) -> None:
    """And settling anew takes the place of what was settled before."""
    claims = claimed(PAIRS)
    settled = by_hand(claims, verdicts)
    assert dict(settled.verdicts) == verdicts
    for object_id, name in verdicts:
        settled = settled.settle(claims, object_id, name, "refuted")
    assert dict(settled.verdicts) == dict.fromkeys(verdicts, "refuted")
    for object_id, name in verdicts:
        settled = settled.settle(claims, object_id, name, "open")
    assert settled == NOTHING_SETTLED


def test_what_was_never_claimed_cannot_be_settled() -> None:
    """One that was claimed and taken back can: it may go on costing."""
    claims = claimed([("a", "quasar")], taken_back=1)
    with pytest.raises(CallError, match=r"^b is not claimed as quasar, so that there is nothing to settle\.$"):
        NOTHING_SETTLED.settle(claims, "b", "quasar", "refuted")
    settled = NOTHING_SETTLED.settle(claims, "a", "quasar", "refuted")
    state = hunt_state(HUNT, claims, settled.beside({}))
    assert (state.score, [claim.stands for claim in state.claims]) == (-2, [False])
