"""A distribution drawn with characters: every line fills its width, whatever is to be drawn."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from huntui.funnel.distribution import Distribution
from huntui.render.histogram import ALONE, THRESHOLD, draw

HILL = Distribution(
    "drb", 0.5, 0.0, 1.0, np.array([0, 1, 100, 10_000]), np.array([0, 1, 0, 3]), below=0, above=0, no_match=0, unknown=0
)


def lines(shown: Distribution, width: int, height: int) -> list[str]:
    """Return the drawing without its styles."""
    return ["".join(text for text, _ in line) for line in draw(shown, width, height)]


COUNTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=60)
VALUES = st.floats(allow_nan=True, allow_infinity=True)


@given(COUNTS, VALUES, st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(0, 70), st.integers(0, 20))
def test_every_line_fills_its_width(
    counts: list[int], threshold: float, low: float, span: float, width: int, height: int
) -> None:
    """Also where there is no room, and where the threshold lies beyond the ends or is no number."""
    reach = np.array(counts)
    shown = Distribution("x", threshold, low, low + span, reach, reach // 3, 0, 0, 0, 0)
    if len(counts) > max(1, width):
        return
    drawn = lines(shown, width, height)
    assert len(drawn) == (height if width else 0)
    assert {cell_len(line) for line in drawn} <= {width}


def test_a_bar_is_as_high_as_its_logarithm_and_a_single_alert_is_seen() -> None:
    """Of four bars with 0, 1, 100 and 10,000 alerts the second is seen, and the third is half as high as the last."""
    drawn = lines(HILL, 40, 14)[1:-1]
    heights = [sum(line[column] != " " for line in drawn) for column in (5, 15, 25, 35)]
    assert heights == [0, 1, 6, 12]


def test_those_that_only_this_stage_rejects_stand_in_front() -> None:
    """With a pattern of their own, so that colour is not needed."""
    bottom = lines(HILL, 40, 12)[-2]
    assert bottom[15] == bottom[35] == ALONE
    assert bottom[25] != ALONE


@pytest.mark.parametrize(("threshold", "column"), [(0.0, 0), (0.5, 19), (1.0, 39), (7.0, 39)])
def test_the_threshold_stands_where_it_is(threshold: float, column: int) -> None:
    """And at the end where it lies beyond it."""
    assert lines(replace(HILL, threshold=threshold), 40, 12)[0].index(THRESHOLD) == column
