"""A night in the order of time: its first alerts are a night of their own, whatever packets say of the time."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_store import night_of

from huntui.night.in_order import InOrder, exposures
from huntui.night.view import NightView

TIMES = st.sampled_from([np.nan, np.inf, -np.inf, 0.0, -999.0, 1e300]) | st.integers(0, 6).map(
    lambda k: 2460498.7 + k / 9
)
COUNT = 12


@pytest.fixture(scope="module")
def view(packet_files: list[Path]) -> NightView:
    """Return a night of some packets, several of them of one object."""
    own = [path for path in packet_files if path.read_bytes().find(b"ZTF21abiuvdk") > 0]
    return night_of(own[:4] + [path for path in packet_files if path not in own][: COUNT - len(own[:4])]).view()


@settings(max_examples=60, deadline=None)
@given(jd=st.lists(TIMES, min_size=COUNT, max_size=COUNT), rows=st.integers(0, COUNT))
def test_the_first_alerts_are_the_earliest_with_all_that_is_theirs(view: NightView, jd: list[float], rows: int) -> None:
    """Values, objects, addresses and entries of history go with their alert; of times that are none nothing breaks."""
    timed = replace(view, columns={**view.columns, "jd": np.array(jd)})
    night = InOrder(timed)
    order = np.lexsort((timed.column("candid"), timed.column("jd")))[:rows]
    first = night.first(rows)
    assert len(first) == rows
    for name in first.columns:
        np.testing.assert_array_equal(first.column(name), timed.column(name)[order])
    assert first.objects == len(np.unique(timed.object_of[order]))
    np.testing.assert_array_equal(first.object_of[:, None] == first.object_of, _same(timed.object_of[order]))
    np.testing.assert_array_equal(first.addresses, timed.addresses[order])
    for row, old in enumerate(order.tolist()):
        here, there = np.array([row]), np.array([old])
        for one, other in ((first.history, timed.history), (first.forced, timed.forced)):
            for name, values in one.of(here).items():
                np.testing.assert_array_equal(values, other.of(there)[name])
    chosen = np.arange(rows) % 2 == 0
    newest = first.newest_per_object(chosen)
    mask = np.isin(np.arange(COUNT), order[chosen])
    np.testing.assert_array_equal(order[newest], timed.newest_per_object(mask))


@settings(max_examples=60, deadline=None)
@given(jd=st.lists(TIMES, min_size=COUNT, max_size=COUNT))
def test_at_the_last_exposure_everything_is_there(view: NightView, jd: list[float]) -> None:
    """Until then only what was taken, and what says no time with the last or the first."""
    timed = replace(view, columns={**view.columns, "jd": np.array(jd)})
    night, times = InOrder(timed), exposures(timed)
    assert set(times.tolist()) == {time for time in jd if 2.4e6 < time < 2.5e6}
    for time in times[:-1].tolist():
        assert night.until(time) == sum(one <= time for one in jd) < COUNT
    assert night.until(times[-1] if len(times) else 0.0) == COUNT


def _same(objects: np.ndarray) -> np.ndarray:
    return objects[:, None] == objects
