"""Julian dates as universal time, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huntui.ut import typed_ut, ut_clock, ut_date

FIRST, LAST = 2460498.6291667, 2460498.9958333
"""The 7th of July 2024, from 03:06 to 11:54 UT."""


def test_a_julian_date_is_written_as_people_do() -> None:
    """The day begins at midnight, half a day after that of Julian dates."""
    assert (ut_date(2460498.5), ut_clock(2460498.5)) == ("2024-07-07", "00:00:00")
    assert (ut_date(FIRST), ut_clock(FIRST)) == ("2024-07-07", "03:06:00")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("6:12", "2024-07-07 06:12:00"),
        (" 06:12:40 ut ", "2024-07-07 06:12:40"),
        ("2024-07-07 06:12", "2024-07-07 06:12:00"),
        ("20240707T06:12:40Z", "2024-07-07 06:12:40"),
        ("2019-01-31 23:59:59", "2019-01-31 23:59:59"),
        ("02:00", "2024-07-07 02:00:00"),
        ("23:30", "2024-07-06 23:30:00"),
        ("13:00", "2024-07-07 13:00:00"),
    ],
)
def test_a_typed_time_is_one_of_the_night_or_near_it(text: str, written: str) -> None:
    """Without a date it is the nearest of its kind."""
    jd = typed_ut(text, FIRST, LAST)
    assert jd is not None
    assert f"{ut_date(jd)} {ut_clock(jd)}" == written


@pytest.mark.parametrize(
    "text", ["", "now", "25:00", "6:60", "612", "2024-13-01 06:00", "0000-01-01 06:00", "٦:١٢", "6:12 PM"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    """Also where every letter of it is a digit somewhere."""
    assert typed_ut(text, FIRST, LAST) is None


@given(st.text(max_size=25))
def test_no_text_breaks_it(text: str) -> None:
    """Whatever is typed is a time or none."""
    jd = typed_ut(text, FIRST, LAST)
    assert jd is None or 1_721_425.5 <= jd < 5_373_484.5
