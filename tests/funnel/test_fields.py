"""A stage as it is typed, field by field."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huntui.errors import CutsError, ExpressionError
from huntui.features.registry import columns, kinds
from huntui.funnel.counts import KnobState
from huntui.funnel.draft import Draft
from huntui.funnel.fields import (
    KnobFields,
    StageFields,
    check_free_name,
    fields_of,
    free_name,
    number_in,
    unknown_word,
    with_knob,
    written,
)

DRAFT = Draft("real", "drb >= drb_min", "Real", (KnobState("drb_min", 0.65, 0.0, 1.0, 0.05),), "keep", False)


def test_the_fields_of_a_stage_make_it_again() -> None:
    """Unchanged, under any name."""
    assert fields_of(DRAFT).draft(kinds(), "real") == DRAFT
    assert fields_of(DRAFT).draft(kinds(), "other") == replace(DRAFT, name="other")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_it_was_written(number: float) -> None:
    """Briefly where that is possible."""
    assert number_in(written(number)) == number


@pytest.mark.parametrize(("text", "number"), [("0.65", 0.65), (" 1e-3 ", 0.001), ("12", 12.0), ("-.5", -0.5)])
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    """With or without a power of ten."""
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["", "nan", "inf", "1e999", "1_0", "0,65", "x", "\x00"])
def test_what_is_no_number_is_none(text: str) -> None:
    """Nor is what a computer alone calls a number."""
    assert number_in(text) is None


def test_a_knob_that_the_condition_does_not_use_is_left_out_whatever_is_in_it() -> None:
    """It does no harm while it waits."""
    fields = StageFields("a", "", "drb > 0.5", (KnobFields("drb_min", "", "x", "", ""),))
    assert fields.draft(kinds(), "a").knobs == ()
    with pytest.raises(CutsError, match="its value must be a number such as"):
        replace(fields, keep="drb > drb_min").draft(kinds(), "a")


@pytest.mark.parametrize(
    ("keep", "word"),
    [
        ("drb >= least", "least"),
        ("least <= drb", "least"),
        ("drb >= 0.5 and magpsf < a1", "a1"),
        ("drb >=", None),
        ("drb >= 1 2 least", None),
        ("wrong(drb) > 1", None),
        ("drb", None),
        ("drb >= grün", None),
        ("drb + 't' > 1", None),
    ],
)
def test_only_a_word_that_nobody_knows_may_become_a_knob(keep: str, word: str | None) -> None:
    """No column, no function, no part of what cannot be read."""
    with pytest.raises(ExpressionError) as raised:
        StageFields("a", "", keep).draft(kinds(), "a")
    assert unknown_word(raised.value, kinds()) == word


@pytest.mark.parametrize(
    ("keep", "maximum"),
    [
        ("magpsf < k", "25"),
        ("k < abs(rate)", "2"),
        ("age <= k", "365"),
        ("0 <= distpsnr1 < k", "30"),
        ("n_det >= k", "100"),
        ("drb > k", "1"),
        ("drb > k and nonsense > 1", "1"),
        ("magpsf < k and magpsf < nonsense", "1"),
    ],
)
def test_a_new_knob_begins_where_its_quantity_lies(keep: str, maximum: str) -> None:
    """As far as one can tell from a unit; where the rest is wrong, anywhere."""
    (knob,) = with_knob(StageFields("a", "", keep), "k", columns(), kinds()).knobs
    assert knob.name == "k"
    assert knob.maximum == maximum
    knob.state()


def test_a_knob_that_was_renamed_in_the_condition_keeps_its_numbers() -> None:
    """And its place among the others."""
    fields = replace(fields_of(DRAFT), keep="drb >= least")
    assert with_knob(fields, "least", columns(), kinds()).knobs == (KnobFields("least", "0.65", "0", "1", "0.05"),)


def test_a_name_is_free_or_that_is_said() -> None:
    """And there is always one to begin with."""
    check_free_name("real", ("clean",))
    with pytest.raises(CutsError, match="another stage has the name 'real'"):
        check_free_name("real", ("real",))
    assert free_name(()) == "new"
    assert free_name(("new", "new_2")) == "new_3"
