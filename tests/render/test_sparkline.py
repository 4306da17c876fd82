"""A light curve in some cells of a table's line."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huntui.render.sparkline import sparkline

NAN = math.nan


def text(jd: list[float], mag: list[float], fid: list[int], width: int = 10) -> str:
    """Return a sparkline without its styles."""
    return "".join(part for part, _ in sparkline(jd, mag, fid, width))


def test_bright_is_high_and_late_is_right() -> None:
    """Ten points that rise by equal steps."""
    assert text([float(day) for day in range(10)], [20 - 0.5 * k for k in range(10)], [1] * 10) == "▁▁▂▃▄▅▆▇██"


def test_only_the_band_of_the_newest_entry_is_drawn_in_its_style() -> None:
    """Whatever the others have."""
    pieces = sparkline([0.0, 0.5, 9.0, 10.0], [18.0, 12.0, 11.0, 20.0], [2, 1, 3, 2], 6)
    assert pieces == [("█", "band-r"), ("    ", "band-r-faint"), ("▁", "band-r")]


def test_a_limit_is_a_dot_and_where_nobody_looked_is_nothing() -> None:
    """NaN and 99 are limits alike."""
    assert text([0.0, 1.0, 2.0, 9.0], [NAN, 99.0, 19.0, 18.0], [1] * 4, 9) == "··▁     █"


def test_the_brightest_of_a_cell_counts() -> None:
    """A faint point beside it hides nothing."""
    assert text([0.0, 9.8, 9.9, 10.0], [20.0, 18.0, 19.9, 19.9], [1] * 4, 5) == "▁   █"


def test_noise_is_flat() -> None:
    """Less than half a magnitude is not drawn out to the whole height."""
    heights = set(text([0.0, 1.0, 2.0, 3.0], [19.0, 19.05, 18.98, 19.02], [1] * 4, 4))
    assert heights <= {"▄", "▅"}


def test_what_is_older_than_a_month_or_later_than_the_alert_is_left_out() -> None:
    """The newest entry ends the line."""
    assert text([-31.0, 5.0, 0.0], [10.0, 10.0, 19.0], [1] * 3, 4) == "   ▅"


def test_minutes_are_one_cell() -> None:
    """The cells share a day at least."""
    assert text([0.0, 0.01], [18.0, 20.0], [1, 1], 8) == "       ▅"


@pytest.mark.parametrize(("jd", "fid", "width"), [([], [], 8), ([0.0], [9], 8), ([0.0], [1], 0)])
def test_nothing_to_draw_is_blank(jd: list[float], fid: list[int], width: int) -> None:
    """An unknown band, no entry or no room."""
    assert text(jd, [18.0] * len(jd), fid, width) == " " * width


@given(
    st.lists(st.tuples(st.floats(), st.floats(), st.integers(-1, 9)), max_size=8),
    st.integers(0, 12),
)
def test_no_photometry_breaks_the_line(entries: list[tuple[float, float, int]], width: int) -> None:
    """NaN, infinities, anything: the width is kept."""
    jd, mag, fid = ([entry[k] for entry in entries] for k in range(3))
    pieces = sparkline(jd, mag, [int(number) for number in fid], width)
    assert sum(len(part) for part, _ in pieces) == width
