"""Knobs and stages: clean decimals, ranges that hold, names that can be typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_table import KINDS

from huntui.errors import CutsError, ExpressionError
from huntui.funnel.cuts import MAX_STAGES, NO_CUTS, Cuts
from huntui.funnel.stage import Knob, Stage, build_stage

DRB = Knob(0.65, 0.0, 1.0, 0.05)


def real(name: str = "real") -> Stage:
    """Return a stage with one knob."""
    return build_stage(name, "drb >= drb_min", KINDS, knobs={"drb_min": DRB})


def cuts() -> Cuts:
    """Return cuts of two stages."""
    return Cuts("test", "", (real(), build_stage("red", "fid == 2", KINDS)))


def test_a_turned_knob_lands_on_clean_decimals():
    """0.65 and a step of 0.05 give 0.7, not 0.7000000000000001."""
    assert DRB.turn(1).value == 0.7
    assert DRB.turn(-13).value == 0.0


@given(st.integers(-13, 7))
def test_a_knob_turned_there_and_back_is_where_it_was(steps):
    """As long as it does not meet the end of its range."""
    assert DRB.turn(steps).turn(-steps) == DRB


@given(st.integers())
def test_a_knob_stays_within_its_range(steps):
    """However far it is turned."""
    assert 0.0 <= DRB.turn(steps).value <= 1.0


@pytest.mark.parametrize(
    ("numbers", "word"),
    [
        ((2.0, 0.0, 1.0, 0.1), "within 0 to 1"),
        ((0.5, 1.0, 0.0, 0.1), "min must be below max"),
        ((0.5, 0.0, 1.0, 0.0), "step must be above 0"),
        ((float("nan"), 0.0, 1.0, 0.1), "finite"),
        ((0.5, 0.0, float("inf"), 0.1), "finite"),
    ],
)
def test_a_knob_that_makes_no_sense_is_refused(numbers, word):
    """Value, min, max and step have to fit together."""
    with pytest.raises(CutsError, match=word):
        Knob(*numbers)


@pytest.mark.parametrize("name", ["", "3d", "a b", "a.b", "and", "é", "not-a-star"])
def test_a_stage_or_knob_is_named_by_one_word(name):
    """Both are typed in a shell and in expressions."""
    with pytest.raises(CutsError, match="cannot be the name of a stage"):
        build_stage(name, "known", KINDS)
    with pytest.raises(CutsError, match="cannot be the name of a knob"):
        build_stage("real", "known", KINDS, knobs={name: DRB})


@pytest.mark.parametrize(("name", "word"), [("drb", "column"), ("abs", "function"), ("idle", "does nothing")])
def test_a_knob_shadows_nothing_and_does_something(name, word):
    """A knob with the name of a column or function would change what a condition means."""
    with pytest.raises(CutsError, match=word):
        build_stage("real", "known", KINDS, knobs={name: DRB})


def test_a_stage_has_a_condition_that_can_be_read():
    """The error of the language comes through."""
    with pytest.raises(ExpressionError, match="'dbr'"):
        build_stage("real", "dbr > 1", KINDS)


def test_changed_cuts_are_new_cuts():
    """Every earlier state stays as it was, so that it can be gone back to."""
    before = cuts()
    turned = before.turn("real", "drb_min", 1)
    assert turned.stage("real").values() == {"drb_min": 0.7}
    assert turned.set_knob("real", "drb_min", 0.65) == before == cuts()
    assert not before.switch("red").stage("red").enabled
    assert before.switch("red").switch("red") == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda c: c.turn("rael", "drb_min", 1), "There is no stage 'rael'. Did you mean 'real'?"),
        (lambda c: c.switch("x"), "There is no stage 'x'. There are real, red."),
        (lambda c: c.turn("real", "drb_mn", 1), "Stage 'real' has no knob 'drb_mn'. Did you mean 'drb_min'?"),
        (lambda c: c.turn("red", "x", 1), "Stage 'red' has no knob 'x'. It has none."),
        (lambda c: c.set_knob("real", "drb_min", 2), "real.drb_min: value must be within 0 to 1, not 2."),
    ],
)
def test_a_wrong_name_or_value_is_explained(change, sentence):
    """What there is, or what is most like it, is part of the sentence."""
    with pytest.raises(CutsError) as caught:
        change(cuts())
    assert str(caught.value) == sentence


def test_cuts_without_stages_say_so():
    """There is nothing to switch when every alert is kept."""
    with pytest.raises(CutsError, match=r"There is no stage 'x'\. There are none\."):
        NO_CUTS.switch("x")


def test_no_two_stages_share_a_name_and_there_is_an_end_to_them():
    """A name has to lead to one stage."""
    with pytest.raises(CutsError, match="Two stages have the name 'real'"):
        Cuts("test", "", (real(), real()))
    with pytest.raises(CutsError, match="at most 100"):
        Cuts("test", "", tuple(real(f"s{k}") for k in range(MAX_STAGES + 1)))
