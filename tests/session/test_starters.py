"""Beginning with a starter and coming back from it, as commands of a session."""

from hypothesis import given
from hypothesis import strategies as st
from test_session import CUTS, HUNT

from huntui.funnel.cuts import Cuts
from huntui.session.commands import ReplaceCuts, SwitchStage, TurnKnob, Undo
from huntui.session.history import MAX_UNDO
from huntui.session.session import Session
from huntui.session.starters import starting

STARTERS = {name: Cuts(f"{name}-starter", "", CUTS.stages[k:]) for k, name in enumerate(("nova", "quasar"))}
NAMES = {cuts.name for cuts in STARTERS.values()}


def press(session: Session, treasure: str) -> None:
    """Do what the key on a treasure does."""
    session.apply(starting(treasure, STARTERS[treasure], NAMES, session.timeline))


def test_the_way_back_is_one_step_and_can_be_undone() -> None:
    """From a starter that was turned, over another one, to the cuts of before."""
    s = Session(CUTS.turn("real", "drb_min", 1), HUNT)
    own = s.cuts
    press(s, "nova")
    assert s.cuts == STARTERS["nova"]
    press(s, "quasar")
    s.apply(TurnKnob("young", "age_max", 3))
    turned = s.cuts
    press(s, "quasar")
    assert s.cuts == own
    s.apply(Undo())
    assert s.cuts == turned


@given(st.lists(st.sampled_from(["nova", "quasar", "turn", "undo"]), max_size=30))
def test_the_players_own_cuts_are_never_out_of_reach(keys: list[str]) -> None:
    """Whatever was pressed: at most two presses of one key lead to the newest cuts that are no starter's."""
    s = Session(CUTS, HUNT)
    for key in keys:
        if key == "turn":
            s.apply(TurnKnob("young", "age_max", 1))
        elif key == "undo":
            if s.can_undo:
                s.apply(Undo())
        else:
            press(s, key)
    past = [state.cuts for state in s.timeline.states[: s.timeline.place + 1]]
    own = next(cuts for cuts in reversed(past) if cuts.name not in NAMES)
    presses = 1 if s.cuts.name == STARTERS["nova"].name else 2
    for _ in range(presses):
        press(s, "nova")
    assert s.cuts == own


def test_where_the_way_back_is_forgotten_the_oldest_that_is_known_is_come_back_to() -> None:
    """After more changes than can be undone."""
    s = Session(CUTS, HUNT)
    press(s, "nova")
    for _ in range(MAX_UNDO + 5):
        s.apply(SwitchStage("young"))
    s.apply(TurnKnob("young", "age_max", 9))
    oldest = s.timeline.states[0].cuts
    press(s, "nova")
    assert s.cuts == oldest


def test_a_starter_in_force_from_the_beginning_is_loaded_anew() -> None:
    """There is nothing to come back to."""
    assert starting("Nova", STARTERS["nova"], NAMES, Session(STARTERS["nova"], HUNT).timeline) == ReplaceCuts(
        STARTERS["nova"], "starter of Nova"
    )
