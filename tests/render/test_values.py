"""Values in words."""

import math

import pytest

from huntui.columns import PACKET, Column
from huntui.render.values import in_other_words, is_missing, written

AGE = Column("age", "f4", True, "day", "days since the first detection")


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("fid", 1, "1 (g)"),
        ("fid", 7, "7"),
        ("candid", 2730312340815015000, "2730312340815015000"),
        ("jd", 2460498.812345678, "2460498.81235"),
        ("ra", 217.123456789, "217.123457"),
        ("drb", 0.98765432, "0.987654"),
        ("drb", None, "not known"),
        ("drb", math.nan, "not known"),
        ("sgscore1", -999.0, "no match"),
        ("objectidps1", -999, "no match"),
        ("ssnamenr", "null", "no match"),
        ("ssnamenr", "Ceres", "Ceres"),
        ("objectId", "null", "null"),
        ("magpsf", math.inf, "inf"),
    ],
)
def test_a_value_is_written_with_the_digits_that_it_deserves(name: str, value: int | float | str, text: str) -> None:
    """What there is not is said in words."""
    assert written(PACKET[name], value) == text
    assert is_missing(text) == (text in ("not known", "no match"))


def test_a_julian_date_is_said_as_a_time_and_a_span_is_not() -> None:
    """2460499.5 is midnight; 30 days are 30 days, and a date beyond all calendars is none."""
    assert in_other_words(PACKET["jd"], 2460499.5) == "2024-07-08 00:00:00 UT"
    assert in_other_words(AGE, 30.0) == ""
    assert in_other_words(PACKET["jd"], 3_999_999.0).endswith("UT")
    assert written(AGE, 30.25) == "30.25"
