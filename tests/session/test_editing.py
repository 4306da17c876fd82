"""Stages are added, edited, moved and removed, every one of which can be taken back, and any past state gone to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_session import CUTS, HUNT, UP

from huntui.errors import CallError, CutsError, ExpressionError
from huntui.funnel.counts import KnobState
from huntui.funnel.cuts import Cuts
from huntui.funnel.draft import Draft, draft_of
from huntui.session.commands import (
    AddStage,
    Change,
    Claim,
    EditStage,
    Jump,
    MoveStage,
    Redo,
    RemoveStage,
    ReplaceCuts,
    SwitchStage,
    Undo,
)
from huntui.session.history import MAX_UNDO
from huntui.session.session import Session

BRIGHT = Draft("bright", "magpsf < mag_max", "Bright", (KnobState("mag_max", 19.0, 15.0, 21.0, 0.1),))
REAL = draft_of(CUTS.stage("real"))


def session() -> Session:
    """Return a new session."""
    return Session(CUTS, HUNT)


def names(of: Session) -> list[str]:
    """Return the stages in their order."""
    return [stage.name for stage in of.cuts.stages]


def test_a_draft_is_what_its_stage_was_made_of() -> None:
    """So that a stage can be taken for editing and put back unchanged."""
    of = session()
    assert of.apply(EditStage("real", REAL)) == "real edited, as it was"
    assert of.cuts == CUTS
    assert not of.can_undo


def test_a_stage_is_put_where_it_is_wanted() -> None:
    """Behind another one, or before all."""
    of = session()
    assert of.apply(AddStage(BRIGHT, after="real")) == "stage bright added"
    assert names(of) == ["real", "bright", "young"]
    of.apply(AddStage(replace(BRIGHT, name="first")))
    assert names(of) == ["first", "real", "bright", "young"]
    assert of.cuts.stage("bright").knob("mag_max").step == 0.1


@pytest.mark.parametrize(("places", "order"), [(1, "bca"), (2, "bca"), (0, "abc"), (-1, "abc"), (99, "bca")])
def test_a_stage_moves_as_far_as_there_are_places(places: int, order: str) -> None:
    """And no further."""
    of = session()
    of.apply(RemoveStage("young"))
    for name in "cba":
        of.apply(AddStage(replace(BRIGHT, name=name)))
    of.apply(RemoveStage("real"))
    message = of.apply(MoveStage("a", places if places != 1 else 2))
    assert "".join(names(of)) == order
    assert message.startswith(f"a moved to place {order.index('a') + 1} of 3")


def test_a_stage_is_written_anew_in_its_place() -> None:
    """Its condition, its name, or what it does with what is missing; the status line says which."""
    of = session()
    assert of.apply(EditStage("real", replace(REAL, keep="drb > drb_min"))) == "real: drb > drb_min"
    assert of.apply(EditStage("real", replace(REAL, name="true", keep="drb > drb_min"))) == "real renamed to true"
    assert of.apply(EditStage("true", replace(REAL, name="true", keep="drb > drb_min", missing="keep"))) == (
        "true edited"
    )
    assert names(of) == ["true", "young"]
    of.apply(Jump(0))
    assert of.cuts == CUTS


def test_what_was_written_letter_by_letter_is_one_step() -> None:
    """One undo takes the whole stage away, and one redo brings it back as it was at the end."""
    of = session()
    of.apply(AddStage(replace(BRIGHT, keep="magpsf < mag_max + 1")))
    of.apply(EditStage("bright", replace(BRIGHT, keep="magpsf < mag_max + 12"), goes_on=True))
    of.apply(EditStage("bright", replace(BRIGHT, name="dim"), goes_on=True))
    assert names(of) == ["dim", "real", "young"]
    of.apply(Undo())
    assert of.cuts == CUTS
    assert not of.can_undo
    of.apply(Redo())
    assert of.cuts.stage("dim").keep == "magpsf < mag_max"


def test_what_goes_on_with_another_change_is_a_step_of_its_own() -> None:
    """An edit belongs only to the edit of the same stage just before it."""
    of = session()
    of.apply(EditStage("real", replace(REAL, keep="drb > drb_min")))
    of.apply(UP)
    of.apply(EditStage("real", replace(REAL, keep="drb < drb_min"), goes_on=True))
    of.apply(Undo())
    assert of.cuts.stage("real").keep == "drb > drb_min"
    assert of.cuts.stage("real").knob("drb_min").value == 0.7


def test_an_edit_that_ends_where_it_began_leaves_nothing_to_undo() -> None:
    """As when it is given up."""
    of = session()
    of.apply(EditStage("real", replace(REAL, keep="drb > drb_min")))
    of.apply(EditStage("real", REAL, goes_on=True))
    assert not of.can_undo


@pytest.mark.parametrize(
    ("command", "error", "words"),
    [
        (AddStage(replace(BRIGHT, name="real")), CutsError, "Two stages have the name 'real'"),
        (AddStage(replace(BRIGHT, name="no name")), CutsError, "'no name' cannot be the name of a stage"),
        (AddStage(BRIGHT, after="rael"), CutsError, "Did you mean 'real'?"),
        (AddStage(replace(BRIGHT, keep="magpsff < mag_max")), ExpressionError, "magpsf"),
        (AddStage(replace(BRIGHT, knobs=BRIGHT.knobs * 2)), CutsError, "two knobs"),
        (AddStage(replace(BRIGHT, knobs=(KnobState("mag_max", 30, 1, 2, 1),))), CutsError, "'mag_max': value must be"),
        (EditStage("young", REAL), CutsError, "Two stages have the name 'real'"),
        (RemoveStage("rael"), CutsError, "Did you mean 'real'?"),
        (MoveStage("rael", 1), CutsError, "Did you mean 'real'?"),
        (Jump(1), CallError, "no state 1"),
        (Jump(-1), CallError, "no state -1"),
    ],
)
def test_what_cannot_be_done_changes_nothing(command: Change | Jump, error: type[CallError], words: str) -> None:
    """And says why."""
    of = session()
    with pytest.raises(error, match=words):
        of.apply(command)
    assert of.cuts is CUTS
    assert not of.can_undo
    assert of.journal() == ()


def test_every_past_state_is_listed_and_can_be_gone_to() -> None:
    """Those that were undone as well; each with the change that led to it and the cuts of that time."""
    of = session()
    of.apply(SwitchStage("real"))
    of.apply(Claim("ZTF24a", "nova"))
    of.apply(ReplaceCuts(Cuts("other", "", CUTS.stages[:1]), "cuts of other.yaml"))
    of.apply(Undo())
    timeline = of.timeline
    assert [past.what for past in timeline.states] == [
        "as it began", "real off", "ZTF24a claimed as nova", "cuts of other.yaml",
    ]  # fmt: skip
    assert timeline.place == 2
    assert [len(past.cuts.stages) for past in timeline.states] == [2, 2, 2, 1]
    assert of.apply(Jump(3)) == "back to: cuts of other.yaml"
    assert of.cuts.name == "other"
    of.apply(Jump(0))
    assert of.cuts == CUTS
    assert of.claims.standing == ()
    assert of.timeline.states == timeline.states


@given(st.lists(st.integers(0, 6), max_size=20))
def test_a_jump_is_as_many_undos_or_redos(places: list[int]) -> None:
    """Wherever one jumps to and from, the state is that of the list."""
    of, by_steps = session(), session()
    for each in (of, by_steps):
        for command in (UP, SwitchStage("young"), MoveStage("young", -1), AddStage(BRIGHT), UP, RemoveStage("young")):
            each.apply(command)
    for place in places:
        of.apply(Jump(place))
        while by_steps.timeline.place != place:
            by_steps.apply(Undo() if by_steps.timeline.place > place else Redo())
        assert of.cuts == by_steps.cuts == of.timeline.states[place].cuts
        assert of.timeline == by_steps.timeline


def test_where_the_beginning_is_forgotten_the_list_does_not_claim_to_have_it() -> None:
    """The oldest state that is kept is called by the change that led to it."""
    of = session()
    for k in range(MAX_UNDO + 2):
        of.apply(SwitchStage("real" if k % 2 else "young"))
    timeline = of.timeline
    assert len(timeline.states) == MAX_UNDO + 1
    assert timeline.place == MAX_UNDO
    assert [past.what for past in timeline.states[:2]] == ["real off", "young on"]
    of.apply(Jump(0))
    assert [stage.enabled for stage in of.cuts.stages] == [False, False]


def test_other_cuts_in_the_place_of_unsaved_ones_can_be_taken_back_and_say_so() -> None:
    """Cuts that were saved are in their file."""
    of = session()
    other, another = (Cuts(name, "", CUTS.stages[:1]) for name in ("other", "another"))
    assert of.apply(ReplaceCuts(other, "cuts of other.yaml")) == "cuts of other.yaml"
    assert of.apply(ReplaceCuts(another, "and another")) == "and another; undo brings yours back"
    of.saved_cuts(another)
    of.apply(Claim("ZTF24a", "nova"))
    assert (of.unsaved_cuts, of.unsaved_claims) == (False, True)
    assert of.apply(ReplaceCuts(other, "cuts of other.yaml")) == "cuts of other.yaml"
