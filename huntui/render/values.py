"""Values of an alert in words: as somebody reads them who wants to know what a number means."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from huntui.columns import BANDS, Column
from huntui.funnel.distribution import NO_MATCH

Value = int | float | str | None

UNKNOWN, NOTHING_THERE = "not known", "no match"
_J2000 = 2451545.0
_JULIAN_DATES = (2e6, 4e6)
"""Numbers of days that are dates: 764 BC to 6239; others are spans."""


def written(column: Column, value: Value) -> str:
    """Write a value with the digits that it deserves; a null and a -999 say what they mean."""
    if value is None or value != value:
        return UNKNOWN
    if isinstance(value, str):
        return NOTHING_THERE if (column.name, value) == ("ssnamenr", "null") else value
    if value == NO_MATCH:
        return NOTHING_THERE
    if isinstance(value, int):
        return f"{value} ({BANDS[value]})" if column.name == "fid" and value in BANDS else str(value)
    return _float(column)(value)


def is_missing(text: str) -> bool:
    """Return whether such a text stands for a value that there is not."""
    return text in (UNKNOWN, NOTHING_THERE)


def in_other_words(column: Column, value: Value) -> str:
    """Return what else there is to say about a value: the time that a Julian date is, or why there is no number."""
    if value is None or value != value:
        return "null: the packet does not say, or it cannot be computed"
    if value == NO_MATCH:
        return "-999: nothing was found within the search radius"
    if column.unit == "day" and isinstance(value, float) and _JULIAN_DATES[0] < value < _JULIAN_DATES[1]:
        return _ut(value)
    return ""


def _ut(jd: float) -> str:
    try:
        return f"{datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=jd - _J2000):%Y-%m-%d %H:%M:%S} UT"
    except OverflowError:
        return ""


def _float(column: Column) -> Callable[[float], str]:
    if column.unit == "deg":
        return "{:.6f}".format
    if column.unit == "day" and column.kind == "f8":
        return lambda value: f"{value:.5f}" if abs(value) > _JULIAN_DATES[0] else f"{value:.6g}"
    return "{:.6g}".format
