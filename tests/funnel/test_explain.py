"""Why an alert was kept or rejected, and what would let it in: held against the masks of the funnel."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_stage_questions import NUMBERS, Columns, stage

from huntui.features.registry import kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.explain import explain, rescue
from huntui.funnel.funnel import Funnel
from huntui.funnel.language.tree import Comparison
from huntui.funnel.stage import Knob, Stage, build_stage
from huntui.funnel.unit import unit

CONDITIONS = (
    "a >= x",
    "not (0 <= b < x)",
    "a > x and b < y",
    "a > x or b < y",
    "abs(a - x) < 1 and isnull(b)",
    "where(a > x, b, y) > 1",
    "max(a, x) < coalesce(b, y)",
    "a in (1, 2)",
    "name == 'q' or a < x",
)


def made(keep: str, x: float, y: float) -> Stage:
    """Return a stage with those of the knobs that its condition uses."""
    return stage(keep, **{name: value for name, value in (("x", x), ("y", y)) if name in keep.replace("max", "")})


STAGES = st.builds(made, st.sampled_from(CONDITIONS), st.integers(-3, 3), st.integers(-3, 3))


@settings(deadline=None)
@given(STAGES, NUMBERS, NUMBERS)
def test_what_is_said_of_an_alert_is_what_the_funnel_does_with_it(one: Stage, a: float, b: float) -> None:
    """Failed and unknown, for every stage."""
    table = Columns([a], [b])
    funnel = Funnel(Cuts("one", "", (one,)))
    funnel.extend(table)
    (said,) = explain(funnel.cuts, table, 0)
    (counts,) = funnel.counts()
    assert (said.failed, said.unknown) == (counts.rejected == 1, counts.unknown == 1)
    assert set(said.missing) == {name for name, value in (("a", a), ("b", b)) if np.isnan(value) and name in _used(one)}


def _used(one: Stage) -> set[str]:
    return set(one.expression.kinds)


@settings(deadline=None)
@given(STAGES, NUMBERS, NUMBERS)
def test_the_turn_that_lets_an_alert_in_is_the_smallest_there_is(one: Stage, a: float, b: float) -> None:
    """Of one knob if that is enough; found by trying every setting, one after the other."""
    table = Columns([a], [b])
    (said,) = explain(Cuts("one", "", (one,)), table, 0)
    smallest = _smallest(one, table)
    if not said.failed:
        assert said.rescue == ()
    elif smallest is None:
        assert said.rescue is None
    else:
        assert said.rescue is not None
        assert (len(said.rescue), sum(abs(turn.steps) for turn in said.rescue)) == smallest
        for turn in said.rescue:
            one = one.with_knob(turn.knob, one.knob(turn.knob).set(turn.value))
        assert not one.judge(table, 0, 1).failed[0]


def _smallest(one: Stage, table: Columns) -> tuple[int, int] | None:
    """Return how many knobs, and steps in all, the smallest turn takes that passes."""
    found = []
    for steps in product(range(-13, 14), repeat=len(one.knobs)):
        turned = one
        for name, k in zip(one.knobs, steps, strict=True):
            turned = turned.with_knob(name, one.knob(name).turn(k))
        if not turned.judge(table, 0, 1).failed[0]:
            found.append((sum(k != 0 for k in steps), sum(map(abs, steps))))
    return min(found, default=None)


@pytest.mark.parametrize(
    ("keep", "a", "said"),
    [
        ("a >= x", 2.5, [("a >= x", True, 2.5, 2.0)]),
        ("not (0 <= a < x)", -999.0, [("0 <= a", False, -999.0, 0.0), ("a < x", True, -999.0, 2.0)]),
        ("a < x or isnull(a)", np.nan, [("a < x", None, None, 2.0), ("isnull(a)", True, None, None)]),
        ("name == 'q' or  x  > a", 1.0, [("name == 'q'", False, None, None), ("x > a", True, 1.0, 2.0)]),
    ],
)
def test_every_comparison_is_told_with_its_value_and_its_threshold(keep: str, a: float, said: list[object]) -> None:
    """In the order of the text; a chain is told link by link."""
    (one,) = explain(Cuts("one", "", (stage(keep, x=2.0),)), Columns([a], [0.0]), 0)
    assert [(held.text, held.answer, held.value, held.threshold) for held in one.held] == said


@pytest.mark.parametrize(
    ("keep", "a", "said"),
    [
        ("a >= x", 1.5, ["a 1.5, needs ≥ 2: short by 0.5"]),
        ("x >= a", 2.5, ["a 2.5, needs ≤ 2: over by 0.5"]),
        ("a > x", 2.0, ["a 2, needs > 2: exactly there"]),
        ("a == x", 5.0, ["a 5, needs = 2: over by 3"]),
        ("a != x", 2.0, [""]),
        ("abs(a) > 1 and -a >= x", -1.25, ["", "-a 1.25, needs ≥ 2: short by 0.75"]),
        ("not (1 <= a < x)", 1.25, ["a 1.25, needs < 1: over by 0.25", "a 1.25, needs ≥ 2: short by 0.75"]),
        ("not not (a > x)", 1.0, ["a 1, needs > 2: short by 1"]),
        ("a > x", -999.0, [""]),
        ("a > x", np.nan, [""]),
        ("name == 'q' or a > x", 1.0, ["", "a 1, needs > 2: short by 1"]),
    ],
)
def test_a_failed_comparison_says_by_how_much(keep: str, a: float, said: list[str]) -> None:
    """Read from the side of the value, turned round below a `not`; nothing where there is no value to say it of."""
    (one,) = explain(Cuts("one", "", (stage(keep, x=2.0) if "x" in keep else stage(keep),)), Columns([a], [0.0]), 0)
    assert [held.shortfall for held in one.held] == said


@pytest.mark.parametrize(("others", "said"), [([], None), ([-999.0], None), ([-0.5], 0.5)])
def test_a_distance_is_not_said_to_be_short_of_less_than_nothing(others: list[float], said: float | None) -> None:
    """A 0 in the text that no measured value of the night is below only tells a match from none."""
    table = Columns([0.5, *others], [0.0, *[0.0 for _ in others]])
    (one,) = explain(Cuts("one", "", (stage("not (0 <= a < x)", x=2.0),)), table, 0)
    assert [held.margin for held in one.held] == [said, 1.5]


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        ("age > 1", "day"),
        ("-magpsf < x", "mag"),
        ("abs(magpsf - magnr) < x + 2", "mag"),
        ("min(distnr, 3) > 1", "pixel"),
        ("where(age > 1, distpsnr1, 5) > x", "arcsec"),
        ("magpsf + age > 1", ""),
        ("magpsf * 2 > 1", ""),
        ("rb > 1", ""),
        ("x < 3", ""),
    ],
)
def test_a_number_has_the_unit_of_what_it_is_made_of(keep: str, said: str) -> None:
    """Where that is one unit and stays one."""
    knobs = {"x": Knob(1.0, -10.0, 10.0, 1.0)} if "x" in keep.replace("max", "") else {}
    one = build_stage("one", keep, kinds(), knobs=knobs)
    assert isinstance(one.expression.tree, Comparison)
    assert unit(one, one.expression.tree.operands[0]) == said


def test_no_turn_is_looked_for_among_too_many() -> None:
    """Three knobs of a hundred thousand steps each are no question for a moment."""
    keep = "a > x + y + z and a < -1000"
    fine = stage(keep, x=0.0, y=0.0, z=0.0)
    for name in ("x", "y", "z"):
        knob = fine.knob(name)
        fine = fine.with_knob(name, type(knob)(0.0, -10.0, 10.0, 0.0001))
    assert rescue(fine, Columns([5.0], [0.0]), 0) is None
