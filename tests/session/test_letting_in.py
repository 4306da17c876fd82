"""Several knobs turned at once, so that an alert comes in."""

import pytest

from huntui.errors import CutsError
from huntui.features.registry import kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.explain import Turn
from huntui.funnel.stage import Knob, build_stage
from huntui.hunt.treasure import Hunt
from huntui.render.explanation import turned
from huntui.session.commands import ReplaceCuts, SetKnob, Undo
from huntui.session.letting_in import letting_in
from huntui.session.session import Session

CUTS = Cuts(
    "two",
    "",
    (
        build_stage("real", "drb >= least", kinds(), knobs={"least": Knob(0.65, 0.0, 1.0, 0.05)}),
        build_stage("seen", "n_det >= least", kinds(), knobs={"least": Knob(3.0, 0.0, 9.0, 1.0)}),
    ),
)
TURNS = (("real", Turn("least", -1, 0.6)), ("seen", Turn("least", -2, 1.0)))


def test_one_undo_takes_all_turns_back() -> None:
    """However many knobs they are of."""
    session = Session(CUTS, Hunt("none", "", ()))
    command, words = letting_in(CUTS, TURNS)
    assert isinstance(command, ReplaceCuts)
    assert words == "least 0.65 → 0.60, least 3 → 1" == session.apply(command)
    assert [stage.knob("least").value for stage in session.cuts.stages] == [0.6, 1.0]
    assert session.apply(Undo()) == f"undone: {words}"
    assert session.cuts == CUTS


def test_one_turn_is_a_knob_that_is_set() -> None:
    """So that turning it on by hand is the same step."""
    assert letting_in(CUTS, TURNS[:1]) == (SetKnob("real", "least", 0.6), "least 0.65 → 0.60")


def test_a_stage_that_is_gone_is_a_sentence() -> None:
    """The file of the cuts was written by somebody else meanwhile."""
    with pytest.raises(CutsError, match="There is no stage 'seen'"):
        letting_in(CUTS.remove("seen"), TURNS)


def test_turns_are_written_with_their_stage_where_the_knob_alone_could_be_two() -> None:
    """A knob of its own name stands alone."""
    assert turned(TURNS) == "real.least 0.6 and seen.least 1"
    assert turned(TURNS[:1]) == "least 0.6"
    assert turned([("a", Turn("b", 1, 2460474.5)), *TURNS]) == "b 2460474.5, real.least 0.6 and seen.least 1"
