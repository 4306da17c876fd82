"""Dates in UT below a time axis, and Julian dates as a person writes them."""

import math

import numpy as np

from huntui.ut import ut_clock, ut_date

_UNIX_JD = 2440587.5
"""Julian date of 1970-01-01 00:00 UT."""
_DAY = 86400
_BEFORE_1970 = 1970 * 12
"""Months from the year 0 to where computers count from."""
_STEPS = (60, 120, 300, 600, 1200, 1800, 3600, 7200, 10800, 21600, 43200)
_STEPS_IN_DAYS = (1, 2, 5, 10)
_STEPS_IN_MONTHS = (1, 2, 3, 6)
_STEPS_IN_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written_date(jd: float) -> str:
    """Return a Julian date of the years 1 to 9999 as `2024-07-05 08:13:22`, to the nearest second."""
    nearest = jd + 0.5 / _DAY
    return f"{ut_date(nearest)} {ut_clock(nearest)}"


def date_ticks(first: float, last: float, at_most: int) -> list[tuple[float, str]]:
    """Return up to about `at_most` round dates between two Julian dates, each with what to write: `5 Jul`, `08:30`."""
    seconds = (last - first) * _DAY / max(1, at_most)
    begin, end = _moment(first), _moment(last)
    for step in (*_STEPS, *(_DAY * days for days in _STEPS_IN_DAYS)):
        if step >= seconds:
            return _regular(begin, end, step)
    for months in (*_STEPS_IN_MONTHS, *(12 * years for years in _STEPS_IN_YEARS)):
        if months * 29 * _DAY >= seconds:
            return _monthly(begin, end, months)
    return []


def with_rest(jd: float, label: str) -> str:
    """Return the label of a tick with what it leaves out: the year, and of an hour the day."""
    year = str(_moment(jd).astype("datetime64[Y]"))
    if ":" in label:
        return f"{label} {_day(_moment(jd))} {year}"
    return f"{label} {year}" if label[-3:] in _MONTHS else label


def _moment(jd: float) -> np.datetime64:
    return np.datetime64(round((jd - _UNIX_JD) * _DAY), "s")


def _jd(moment: np.datetime64) -> float:
    return float(moment.astype("datetime64[s]").astype(np.int64)) / _DAY + _UNIX_JD


def _regular(begin: np.datetime64, end: np.datetime64, step: int) -> list[tuple[float, str]]:
    low, high = (int(moment.astype(np.int64)) for moment in (begin, end))
    moments = [np.datetime64(k * step, "s") for k in range(math.ceil(low / step), high // step + 1)]
    return [(_jd(moment), _day_or_hour(moment)) for moment in moments]


def _monthly(begin: np.datetime64, end: np.datetime64, step: int) -> list[tuple[float, str]]:
    low, high = (int(moment.astype("datetime64[M]").astype(np.int64)) for moment in (begin, end))
    low, high = low + _BEFORE_1970, high + _BEFORE_1970  # so that decades begin where they do in the calendar
    months = [np.datetime64(k * step - _BEFORE_1970, "M") for k in range(-(-low // step), high // step + 1)]
    return [(_jd(month), _month(month) if step < 12 else str(month)[:-3]) for month in months if month >= begin]


def _month(month: np.datetime64) -> str:
    year, number = str(month).rsplit("-", 1)
    return f"{_MONTHS[int(number) - 1]} {year}"


def _day_or_hour(moment: np.datetime64) -> str:
    """Return the hour, and at midnight the day that begins."""
    hour = str(moment)[-8:-3]
    return _day(moment) if hour == "00:00" else hour


def _day(moment: np.datetime64) -> str:
    _, month, day = str(moment.astype("datetime64[D]")).rsplit("-", 2)
    return f"{int(day)} {_MONTHS[int(month) - 1]}"
