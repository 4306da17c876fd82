"""Julian dates as universal time, as people write it and type it."""

import re
from datetime import UTC, datetime, timedelta

_UNIX_JD = 2_440_587.5
_NEARLY_A_SECOND = 990_000
"""Microseconds: what was taken within a second that is typed is meant as well."""
_BLUR_DAYS = 1e-8
"""A Julian date of today is exact to 40 microseconds; a millisecond more does not make it the second before."""
_TYPED = re.compile(r"(?:(\d{4})-?(\d\d)-?(\d\d)[ T]+)?(\d{1,2}):(\d\d)(?::(\d\d))?(?: *(?:UT|UTC|Z))?", re.IGNORECASE)


def ut_clock(jd: float) -> str:
    """Return the time of day of a Julian date, `06:12:40`."""
    return f"{_moment(jd):%H:%M:%S}"


def ut_date(jd: float) -> str:
    """Return the day of a Julian date, `2024-07-07`."""
    return f"{_moment(jd):%Y-%m-%d}"


def jd_of_unix(seconds: float) -> float:
    """Return the Julian date of some seconds since 1970."""
    return seconds / 86400.0 + _UNIX_JD


def typed_ut(text: str, first: float, last: float) -> float | None:
    """Return the Julian date of a typed time: `6:12`, `06:12:40` or `2024-07-07 06:12`; None for what is none.

    It is the end of that second. A time without a date is meant between `first` and `last`, or as near as it can be.
    """
    if not text.isascii() or (found := _TYPED.fullmatch(text.strip())) is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        if found.group(1):
            return _jd(datetime(year, month, day, hour, minute, second, _NEARLY_A_SECOND, UTC))
        begin = _moment(first).replace(
            hour=hour, minute=minute, second=second, microsecond=_NEARLY_A_SECOND
        ) - timedelta(days=1)
        days = [_jd(begin + timedelta(days=days)) for days in range(3)]
    except (ValueError, OverflowError):
        return None
    return min(days, key=lambda jd: max(first - jd, jd - last, 0.0))


def _moment(jd: float) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(days=jd - _UNIX_JD + _BLUR_DAYS)


def _jd(moment: datetime) -> float:
    return jd_of_unix(moment.timestamp())
