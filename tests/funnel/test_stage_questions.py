"""What a stage cuts on, how that is distributed, and what its knob would change: held against a plain recount."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huntui.funnel.cuts import Cuts
from huntui.funnel.distribution import distribution
from huntui.funnel.funnel import Funnel
from huntui.funnel.language.table import Kind
from huntui.funnel.quantity import quantity
from huntui.funnel.stage import Knob, Stage, build_stage
from huntui.funnel.what_if import what_if

KINDS: Mapping[str, Kind] = {"a": "number", "b": "number", "name": "text"}


class Columns:
    """Two columns of numbers, and one of texts."""

    def __init__(self, a: list[float], b: list[float]) -> None:
        self._columns: dict[str, npt.NDArray[Any]] = {
            "a": np.array(a, np.float64),
            "b": np.array(b, np.float64),
            "name": np.zeros(len(a), np.int32),
        }

    def __len__(self) -> int:
        return len(self._columns["a"])

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a column."""
        return self._columns[name]

    def text_code(self, text: str) -> int:
        """Return a code that is in no row."""
        del text
        return -2


def stage(keep: str, name: str = "one", *, enabled: bool = True, **knobs: float) -> Stage:
    """Return a stage whose knobs go from -10 to 10 in steps of 1."""
    made = {knob: Knob(value, -10.0, 10.0, 1.0) for knob, value in knobs.items()}
    return build_stage(name, keep, KINDS, knobs=made, enabled=enabled)


@pytest.mark.parametrize(
    ("keep", "knob", "text", "threshold"),
    [
        ("a >= x", "x", "a", 2.0),
        ("x <= a", "x", "a", 2.0),
        ("not (0 <= abs(a)  < x)", "x", "abs(a)", 2.0),
        ("b > 1 and a < 2 * x + 1", "x", "a", 5.0),
        ("b > 1 and a < x", None, "b", 1.0),
        ("isnull(b) or (name == 'q' and a + b < -x)", "x", "a + b", -2.0),
    ],
)
def test_a_stage_cuts_on_what_it_holds_against_its_knob(
    keep: str, knob: str | None, text: str, threshold: float
) -> None:
    """Or against a number, where no knob is asked for; whatever side it stands on, and under any not, and, or."""
    found = quantity(stage(keep, x=2.0), knob)
    assert found is not None
    assert (found.text, found.threshold()) == (text, threshold)


@pytest.mark.parametrize("keep", ["name == 'q'", "a < b", "isnull(a)", "a in (1, 2)", "True"])
def test_a_stage_may_cut_on_no_number(keep: str) -> None:
    """Then there is nothing to draw."""
    assert quantity(stage(keep), None) is None


NUMBERS = st.sampled_from([-999.0, -3.0, -1.0, 0.0, 1.0, 2.0, 2.5, 7.0, 100.0, np.nan])
ROWS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=0, max_size=30)


def cut(rows: list[tuple[float, float]], switched: tuple[bool, bool, bool]) -> tuple[Columns, Funnel]:
    """Return a table and a funnel of three stages over it."""
    table = Columns([a for a, _ in rows], [b for _, b in rows])
    stages = (
        stage("a >= x", "first", enabled=switched[0], x=0.0),
        stage("not (0 <= b < y)", "second", enabled=switched[1], y=2.0),
        stage("a + b < z", "third", enabled=switched[2], z=5.0),
    )
    funnel = Funnel(Cuts("three", "", stages))
    funnel.extend(table)
    return table, funnel


SWITCHED = st.tuples(st.booleans(), st.booleans(), st.booleans())


@given(ROWS, SWITCHED)
def test_the_fates_of_the_alerts_are_the_counts_of_the_stages(
    rows: list[tuple[float, float]], switched: tuple[bool, bool, bool]
) -> None:
    """Who reaches a stage, whom it alone rejects, who survives."""
    _, funnel = cut(rows, switched)
    fates = funnel.fates()
    for place, counts in enumerate(funnel.counts()):
        assert int(fates.reach(place).sum()) == counts.entered
        assert int(fates.fail_only(place).sum()) == counts.rejected_only_here
    assert np.array_equal(fates.failures == 0, funnel.survivors)


@given(ROWS, SWITCHED, st.integers(-3, 3), st.sampled_from([("first", "x"), ("second", "y"), ("third", "z")]))
def test_what_a_knob_would_change_is_what_it_changes(
    rows: list[tuple[float, float]], switched: tuple[bool, bool, bool], steps: int, turned: tuple[str, str]
) -> None:
    """Alerts and objects more or less, found by turning it."""
    table, funnel = cut(rows, switched)
    object_of = np.arange(len(rows)) // 3
    before = funnel.survivors
    told = what_if(funnel.cuts, *turned, steps, funnel.fates(), table, object_of)
    funnel.recut(funnel.cuts.turn(*turned, steps), table)
    after = funnel.survivors
    changes = (int(after.sum()) - int(before.sum()), len(set(object_of[after])) - len(set(object_of[before])))
    if told is None:
        assert steps == 0 or not funnel.cuts.stage(turned[0]).enabled
        assert changes == (0, 0)
    else:
        assert (told.alerts, told.objects) == changes
        assert told.value == funnel.cuts.stage(turned[0]).knob(turned[1]).value


@given(ROWS, SWITCHED, st.integers(1, 40))
def test_every_alert_that_reaches_a_stage_has_its_place_in_the_distribution(
    rows: list[tuple[float, float]], switched: tuple[bool, bool, bool], bins: int
) -> None:
    """In a bin, outside of them, without a match, or without a value; and the threshold lies among the bins."""
    table, funnel = cut(rows, switched)
    fates = funnel.fates()
    for place, made in enumerate(funnel.cuts.stages):
        cut_on = quantity(made, next(iter(made.knobs)))
        assert cut_on is not None
        shown = distribution(cut_on, next(iter(made.knobs.values())), place, fates, table, bins)
        everybody = shown.reach.sum() + shown.below + shown.above + shown.no_match + shown.unknown
        assert everybody == fates.reach(place).sum()
        assert len(shown.reach) == len(shown.alone) <= bins
        assert shown.low <= shown.threshold <= shown.high
        assert (shown.alone <= shown.reach).all()
