"""Near misses: held against a plain count by the rules of the documentation, alert by alert."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import plain_misses

from huntui.funnel.cuts import Cuts
from huntui.funnel.funnel import Funnel
from huntui.funnel.language.table import Kind
from huntui.funnel.misses import NearMisses, near_misses
from huntui.funnel.misses import margins as margins_of_all
from huntui.funnel.stage import Knob, Missing, Stage, build_stage

KINDS: Mapping[str, Kind] = {"a": "number", "b": "number", "field": "number", "name": "text", "known": "logical"}
NULL_FIELD = np.iinfo(np.int32).min


class Night:
    """Columns from rows that are dicts, as the oracle reads them."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rows = rows
        self._texts = sorted({row["name"] for row in rows if row["name"] is not None})
        self._columns: dict[str, npt.NDArray[Any]] = {
            "a": np.array([np.nan if row["a"] is None else row["a"] for row in rows], np.float64),
            "b": np.array([np.nan if row["b"] is None else row["b"] for row in rows], np.float32),
            "field": np.array([row["field"] for row in rows], np.int32),
            "name": np.array([-1 if row["name"] is None else self._texts.index(row["name"]) for row in rows], np.int32),
            "known": np.array([row["known"] for row in rows], np.bool_),
        }

    def __len__(self) -> int:
        return len(self._rows)

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a column."""
        return self._columns[name]

    def text_code(self, text: str) -> int:
        """Return the code of a text."""
        return self._texts.index(text) if text in self._texts else -2


def row(a: float | None = None, b: float | None = None, **others: Any) -> dict[str, Any]:
    """Return a row with what is not said left ordinary."""
    return {"a": a, "b": b, "field": 1, "name": "q", "known": True, "candid": 0, "object": 0, **others}


def stage(keep: str, name: str = "one", *, enabled: bool = True, missing: Missing = "reject", **knobs: float) -> Stage:
    """Return a stage whose knobs go from -10 to 10 in steps of 1."""
    made = {knob: Knob(value, -10.0, 10.0, 1.0) for knob, value in knobs.items()}
    return build_stage(name, keep, KINDS, knobs=made, enabled=enabled, missing=missing)


def found(stages: Sequence[Stage], rows: Sequence[Mapping[str, Any]], most: int = 1000) -> NearMisses:
    """Return the near misses of rows that are numbered one after the other, each of its own object, unless they say."""
    night, cuts = Night(rows), Cuts("some", "", tuple(stages))
    funnel = Funnel(cuts)
    funnel.extend(night)
    candid = np.array([one["candid"] or k for k, one in enumerate(rows)], np.int64)
    object_of = np.array([one["object"] or -k for k, one in enumerate(rows)], np.int32)
    return near_misses(cuts, funnel.fates(), night, candid, object_of, most)


def margins(stages: Sequence[Stage], rows: Sequence[Mapping[str, Any]]) -> dict[int, float]:
    """Return the margin of each row that has one."""
    return {one.row: one.margin for one in found(stages, rows).nearest}


CONDITIONS = (
    "a >= x",
    "x < b",
    "a > b + x",
    "not (0 <= a < x)",
    "0 <= b <= x",
    "a > x and b < y",
    "a > x or b < y",
    "not (a > x or b < y and a < 2)",
    "not (a > x and not b < y)",
    "abs(a - x) < 1 and isnull(b)",
    "where(a > x, b, y) > 1",
    "a in (1, 2) or b > x",
    "a == x",
    "a != x",
    "name == 'q' and a < x",
    "name != 'q' or a < x",
    "known or a < x",
    "field == 2 or b / a > x",
    "x < y",
    "True",
    "a < x < b < y",
)
NUMBERS = st.none() | st.sampled_from([-999.0, -3.0, -1.0, -0.5, 0.0, 1.0, 2.0, 2.5, 7.0, 100.0, float("inf")])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "a": NUMBERS,
            "b": NUMBERS,
            "field": st.integers(1, 3),
            "name": st.sampled_from(["q", "r", None]),
            "known": st.booleans(),
            "object": st.integers(1, 6),
        }
    ),
    max_size=25,
).map(lambda rows: [{**one, "candid": 7919 * (k + 1) % 101} for k, one in enumerate(rows)])
PLAIN_STAGES = st.lists(
    st.fixed_dictionaries(
        {
            "keep": st.sampled_from(CONDITIONS),
            "x": st.integers(-3, 3),
            "y": st.integers(-3, 3),
            "missing": st.sampled_from(["reject", "keep"]),
            "enabled": st.sampled_from([True, True, True, False]),
        }
    ),
    max_size=3,
)


def with_knobs(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stage for the oracle, with those knobs that its condition uses."""
    words = plain["keep"].replace("(", " ").replace(")", " ").replace(",", " ").split()
    knobs = {name: float(plain[name]) for name in ("x", "y") if name in words}
    return {"keep": plain["keep"], "knobs": knobs, "missing": plain["missing"], "enabled": plain["enabled"]}


@settings(max_examples=400, deadline=None)
@given(PLAIN_STAGES, ROWS)
def test_near_misses_are_those_of_the_slow_count(plain: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """Every kind of condition, with nulls, -999 and infinities, whatever becomes of the unknown, stages off."""
    described = [with_knobs(one) for one in plain]
    stages = [
        stage(one["keep"], f"stage_{k}", enabled=one["enabled"], missing=one["missing"], **one["knobs"])
        for k, one in enumerate(described)
    ]
    wanted = plain_misses.nearest(described, rows)
    told = found(stages, rows)
    assert [one.margin for one in told.nearest] == pytest.approx([margin for margin, _, _ in wanted], rel=1e-6)
    assert {one.row for one in told.nearest} == {number for _, _, number in wanted} or _tied(wanted, rows)
    for one in told.nearest:
        expected = [s.name for s, d in zip(stages, described, strict=True) if _rejects(d, rows[one.row])]
        assert [missed.explained.stage.name for missed in one.stages] == expected
        assert sum(missed.margin for missed in one.stages) == pytest.approx(one.margin)
    rejected = sum(any(_rejects(one, each) for one in described) for each in rows)
    assert told.by_degree + told.otherwise == rejected


def _rejects(described: dict[str, Any], each: Mapping[str, Any]) -> bool:
    return described["enabled"] and plain_misses.fails(described, each)


def _tied(wanted: list[tuple[float, int, int]], rows: list[dict[str, Any]]) -> bool:
    """Return whether sums in another order may have put another alert of an object first."""
    return len({rows[number]["object"] for _, _, number in wanted}) == len(wanted)


def test_a_margin_is_counted_in_what_lies_between_the_quartiles() -> None:
    """Of the whole night, kept and rejected, whatever a few wild values are."""
    rows = [row(a) for a in (0.0, 1.0, 2.0, 3.0, 4.0)]
    assert margins([stage("a >= x", x=3.0)], rows) == {2: 0.5, 1: 1.0, 0: 1.5}
    rows[-1] = row(1e9)
    assert margins([stage("a >= x", x=3.0)], rows) == {2: 0.5, 1: 1.0, 0: 1.5}


def test_where_the_night_shares_a_value_the_wider_half_is_taken() -> None:
    """From the 5th to the 95th of a hundred, from first to last, and the unit itself where nothing is apart."""
    most = [row(0.0) for _ in range(89)]
    assert margins([stage("a > x", x=0.0)], [*most, *[row(4.0) for _ in range(12)]])[0] == 0
    assert margins([stage("a > x", x=1.0)], [*most, *[row(4.0) for _ in range(12)]])[0] == 0.25
    assert margins([stage("a > x", x=1.0)], [*most, row(8.0)])[0] == 0.125
    assert margins([stage("a > x", x=3.0)], most)[0] == 3


def test_turning_a_threshold_that_all_share_changes_no_scale() -> None:
    """Each step of the knob adds the same to every margin."""
    rows = [row(a / 4) for a in range(-20, 21)]
    before, after = (margins([stage("a >= x", x=x)], rows) for x in (6.0, 7.0))
    steps = {after[k] - before[k] for k in before}
    assert len(before) == len(rows)
    assert max(steps) == pytest.approx(min(steps))


def test_equally_near_alerts_come_by_their_candid() -> None:
    """And the same way each time; of an object the first of them is told."""
    rows = [row(a, candid=candid) for a, candid in ((1, 9), (1, 3), (1, 5), (7, 1), (0, 2))]
    told = found([stage("a >= x", x=2.0)], rows).nearest
    assert [one.row for one in told] == [1, 2, 0, 4]
    assert [one.row for one in found([stage("a >= x", x=2.0)], rows, most=2).nearest] == [1, 2]
    same = [row(a, candid=candid, object=8) for a, candid in ((0, 1), (1, 9), (1, 3), (7, 4))]
    assert [one.row for one in found([stage("a >= x", x=2.0)], same).nearest] == [2]


@pytest.mark.parametrize(
    ("keep", "near"),
    [
        ("name == 'q'", False),
        ("a in (1, 2)", False),
        ("a != 5", False),
        ("field == 2", False),
        ("isnull(a)", False),
        ("known", False),
        ("not (0 <= a < 9)", True),
        ("0 <= a and a < 0", False),
        ("b > 1", False),
        ("a == 6", True),
    ],
)
def test_what_no_number_can_be_nearly_has_no_margin(keep: str, near: bool) -> None:
    """A text, a label, a list, a missing value: such an alert is counted apart."""
    rows = [row(5.0, -999.0, name="r", known=False), row(3.0, name="r", known=False), row(5.0, name="r", known=False)]
    told = found([stage(keep)], rows[:1])
    assert (told.by_degree, told.otherwise) == ((1, 0) if near else (0, 1))
    assert len(told.nearest) == told.by_degree


def test_a_stage_that_keeps_what_is_missing_is_content_with_it() -> None:
    """A null half of an `and` needs nothing there; a stage that rejects it has no margin."""
    rows = [row(1.0, None), row(5.0, 3.0), row(3.0, 3.0)]
    assert margins([stage("a > x and b > 2", x=2.0, missing="keep")], rows) == {0: 0.5}
    assert margins([stage("a > x and b > 2", x=2.0)], rows) == {}


def test_of_an_empty_night_and_without_stages_there_is_nothing() -> None:
    """Nor where all stages are off, or nothing is asked for."""
    rows = [row(1.0)]
    assert found([stage("a > x", x=2.0)], []).nearest == ()
    assert found([], rows) == found([stage("a > x", x=2.0, enabled=False)], rows) == NearMisses((), 0, 0)
    assert found([stage("a > x", x=2.0)], rows, most=0) == NearMisses((), 1, 0)


def test_a_survivor_has_no_margin_to_make_up_and_what_is_missing_an_infinite_one() -> None:
    """Of all rows, those of the near misses among them."""
    stages = [stage("a >= x", x=2), stage("b < 5", "two"), stage("a > 100", "three", enabled=False)]
    rows = [row(1.0, 1.0), row(2.0, 4.0), row(None, 1.0), row(0.0, 9.0), row(3.0, 5.0)]
    night, cuts = Night(rows), Cuts("some", "", tuple(stages))
    funnel = Funnel(cuts)
    funnel.extend(night)
    near = margins(stages, rows)
    assert set(near) == {0, 3, 4}
    assert margins_of_all(cuts, funnel.fates(), night).tolist() == [near[0], 0.0, np.inf, near[3], near[4]]
