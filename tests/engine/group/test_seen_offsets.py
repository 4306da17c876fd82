"""Offsets that were seen are runs, and answer as a set of all of them would."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from huntui.engine.group.seen import Seen

MOST = 60
OFFSETS = st.lists(st.integers(0, MOST - 1), max_size=20)


@given(st.lists(OFFSETS, max_size=8), st.integers(0, MOST), st.integers(0, MOST))
def test_runs_answer_as_a_set_does(parts: list[list[int]], begin: int, end: int) -> None:
    """In whatever order and however often offsets come."""
    seen, known = Seen(), set[int]()
    for part in parts:
        seen.add(np.array(part, np.int64))
        known |= set(part)
        assert seen.known(np.arange(MOST)).tolist() == [offset in known for offset in range(MOST)]
    missing = [offset for first, last in seen.missing(begin, end) for offset in range(first, last + 1)]
    assert missing == [offset for offset in range(begin, end) if offset not in known]


def test_offsets_in_turn_are_one_run_however_many_there_are() -> None:
    """Memory does not grow with what is read."""
    seen = Seen()
    for first in range(0, 10_000, 100):
        seen.add(np.arange(first, first + 100))
    assert seen.missing(0, 10_001) == [(10_000, 10_000)]
    assert len(seen._begins) == 1
