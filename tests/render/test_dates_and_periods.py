"""Dates below a time axis, and periods that are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huntui.errors import CallError
from huntui.render.dates import date_ticks, with_rest, written_date
from huntui.render.period import period_in

MIDNIGHT = 2460498.5
"""2024-07-07 00:00 UT."""


def test_a_julian_date_is_written_in_ut() -> None:
    """To the second; Julian days begin at noon."""
    assert written_date(MIDNIGHT) == "2024-07-07 00:00:00"
    assert written_date(2451545.0) == "2000-01-01 12:00:00"


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (-0.2, 0.2, ["20:00", "22:00", "7 Jul", "02:00", "04:00"]),
        (-3.0, 0.5, ["4 Jul", "5 Jul", "6 Jul", "7 Jul"]),
        (-29.0, 0.5, ["11 Jun", "16 Jun", "21 Jun", "26 Jun", "1 Jul", "6 Jul"]),
        (-100.0, 0.5, ["Apr 2024", "May 2024", "Jun 2024", "Jul 2024"]),
        (-9000.0, 0.5, ["2000", "2005", "2010", "2015", "2020"]),
    ],
)
def test_dates_are_round_and_as_far_apart_as_there_is_room(first: float, last: float, labels: list[str]) -> None:
    """Hours, days, months or years."""
    ticks = date_ticks(MIDNIGHT + first, MIDNIGHT + last, 6)
    assert [label for _, label in ticks] == labels
    assert all(MIDNIGHT + first <= jd <= MIDNIGHT + last for jd, _ in ticks)


def test_the_first_label_says_what_the_others_leave_out() -> None:
    """The year of a day, the day of an hour."""
    assert with_rest(MIDNIGHT, "7 Jul") == "7 Jul 2024"
    assert with_rest(MIDNIGHT + 0.25, "06:00") == "06:00 7 Jul 2024"
    assert with_rest(MIDNIGHT, "Jul 2024") == "Jul 2024"


@given(st.floats(-1.1e7, 1.1e7), st.floats(1e-4, 2e7), st.integers(1, 40))
def test_no_stretch_of_time_has_more_dates_than_there_is_room_for(first: float, length: float, at_most: int) -> None:
    """Whatever the calendar makes of it."""
    ticks = date_ticks(first, first + length, at_most)
    assert len(ticks) <= at_most + 2
    assert all(len(with_rest(*tick)) <= 20 for tick in ticks)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("0.35", 0.35),
        (" 8.4 h", 0.35),
        ("8.4h", 0.35),
        ("42 min", 42 / 1440),
        ("3e2", 300.0),
        ("2.", 2.0),
        ("  ", None),
    ],
)
def test_a_period_is_days_unless_it_has_another_unit(typed: str, days: float | None) -> None:
    """An empty line is none."""
    assert period_in(typed) == (None if days is None else pytest.approx(days))


@pytest.mark.parametrize("typed", ["0", "-1", "nan", "inf", "1e9", "1e999", "0.1 min", "five", "1_0", "1 y", "١"])
def test_what_is_no_period_is_refused_with_examples(typed: str) -> None:
    """In one sentence and how to write one."""
    with pytest.raises(CallError, match="Type days such as"):
        period_in(typed)
