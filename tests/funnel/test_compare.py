"""Two sets of cuts over the same alerts, held against a plain recount that goes through them one by one."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huntui.funnel.compare import Difference, Outcome, Split, compare, outcome
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.language.table import Kind
from huntui.funnel.stage import build_stage
from huntui.funnel.tally import tally

Rows = list[list[bool]]
"""For each alert whether it fails each of six conditions."""

KINDS: dict[str, Kind] = {f"fails_{k}": "number" for k in range(6)}


class Failing:
    """A table in which every condition of every alert is chosen."""

    def __init__(self, rows: Rows) -> None:
        self._fails = np.array(rows, np.float64).reshape(len(rows), 6)

    def __len__(self) -> int:
        return len(self._fails)

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return 1 where the condition fails."""
        return self._fails[:, int(name[-1])]

    def text_code(self, text: str) -> int:
        """Return a code that is in no row."""
        del text
        return -2


def cuts(*places: int, off: Sequence[int] = ()) -> Cuts:
    """Return cuts of the conditions at some places, some of them switched off."""
    stages = (build_stage(f"stage_{k}", f"fails_{k} < 1", KINDS, enabled=k not in off) for k in places)
    return Cuts("some", "", tuple(stages))


def plain(rows: Rows, objects: list[int], side: Cuts) -> tuple[list[tuple[int, int]], set[int], set[int]]:
    """Return what a person with a pencil would: counts of each stage, surviving alerts, surviving objects."""
    alive = set(range(len(rows)))
    counts = []
    for stage in side.stages:
        entered = len(alive)
        if stage.enabled:
            alive = {row for row in alive if not rows[row][int(stage.name[-1])]}
        counts.append((entered, len(alive)))
    return counts, alive, {objects[row] for row in alive}


places = st.lists(st.integers(0, 5), unique=True)
sides = st.builds(lambda those, off: cuts(*those, off=off), places, places)
nights = st.lists(st.tuples(st.lists(st.booleans(), min_size=6, max_size=6), st.integers(0, 7)), max_size=40)


def compared(rows: Rows, objects: list[int], a: Cuts, b: Cuts) -> Difference:
    """Compare two sets of cuts."""
    table = Failing(rows)
    return compare(outcome(a, table), outcome(b, table), np.array(objects, np.int32), 8)


def members(split: Split) -> tuple[set[int], set[int], set[int]]:
    """Return the places that are gained, lost and common."""
    gained, lost, common = (set(np.flatnonzero(mask).tolist()) for mask in (split.gained, split.lost, split.common))
    return gained, lost, common


@given(nights, sides, sides)
def test_what_is_gained_lost_and_common_is_what_a_plain_recount_finds(
    night: list[tuple[list[bool], int]], a: Cuts, b: Cuts
) -> None:
    """Alerts, objects with at least one of them, and the counts of every stage on both sides."""
    rows, objects = [fails for fails, _ in night], [number for _, number in night]
    found = compared(rows, objects, a, b)
    ours, theirs = plain(rows, objects, a), plain(rows, objects, b)
    for outcome_, (counts, alive, _) in ((found.a, ours), (found.b, theirs)):
        assert [(stage.entered, stage.passed) for stage in outcome_.stages] == counts
        assert set(np.flatnonzero(outcome_.survives).tolist()) == alive
    assert members(found.alerts) == (theirs[1] - ours[1], ours[1] - theirs[1], ours[1] & theirs[1])
    assert members(found.objects) == (theirs[2] - ours[2], ours[2] - theirs[2], ours[2] & theirs[2])


@given(nights, sides, sides)
def test_b_against_a_is_a_against_b_in_the_mirror(night: list[tuple[list[bool], int]], a: Cuts, b: Cuts) -> None:
    """Gained and lost change places, and what is common stays; common and lost together are all of A's."""
    rows, objects = [fails for fails, _ in night], [number for _, number in night]
    there, back = compared(rows, objects, a, b), compared(rows, objects, b, a)
    for one, other in ((there.alerts, back.alerts), (there.objects, back.objects)):
        assert members(one) == (members(other)[1], members(other)[0], members(other)[2])
    gained, lost, common = members(there.objects)
    kept_by_a = {objects[row] for row in np.flatnonzero(there.a.survives)}
    assert len(common) + len(lost) == len(kept_by_a)
    assert not gained & kept_by_a


@given(nights, sides)
def test_cuts_against_themselves_gain_and_lose_nothing(night: list[tuple[list[bool], int]], a: Cuts) -> None:
    """Everything is common."""
    rows, objects = [fails for fails, _ in night], [number for _, number in night]
    found = compared(rows, objects, a, a)
    assert members(found.objects) == (set(), set(), {objects[row] for row in np.flatnonzero(found.a.survives)})
    assert not found.alerts.gained.any()
    assert not found.alerts.lost.any()


@given(nights.filter(bool), sides, st.randoms())
def test_some_alerts_are_tallied_as_a_plain_recount_does(
    night: list[tuple[list[bool], int]], side: Cuts, random: Any
) -> None:
    """How many are kept, which stage is the first to reject how many others, and which rejects the newest."""
    rows = [fails for fails, _ in night]
    chosen = random.sample(range(len(rows)), random.randint(1, len(rows)))
    enabled = [stage.name for stage in side.stages if stage.enabled]
    first = [next((name for name in enabled if rows[row][int(name[-1])]), "") for row in chosen]
    found = tally(side, Failing(rows), np.array(chosen, np.int64))
    assert (found.alerts, found.kept) == (len(chosen), first.count(""))
    assert found.losses == tuple((name, first.count(name)) for name in enabled if name in first)
    assert (found.newest.stage.name if found.newest else "") == first[-1]


def test_without_cuts_everything_is_kept_and_of_no_night_nothing_is() -> None:
    """The two ends."""
    table = Failing([[True] * 6] * 3)
    found = compare(outcome(cuts(0), table), outcome(NO_CUTS, table), np.array([0, 1, 1]), 2)
    assert members(found.objects) == ({0, 1}, set(), set())
    nothing = outcome(cuts(0, 1), None)
    assert [stage.entered for stage in nothing.stages] == [0, 0]
    assert tally(cuts(0), table, np.empty(0, np.int64)).newest is None


def test_outcomes_of_different_nights_are_not_compared() -> None:
    """A mistake of the caller is told at once."""

    def of(alerts: int) -> Outcome:
        return outcome(NO_CUTS, Failing([[False] * 6] * alerts))

    with pytest.raises(ValueError, match="2 and 3 alerts"):
        compare(of(2), of(3), np.zeros(3, np.int32), 1)
