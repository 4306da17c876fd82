"""The dates for which a night can be simulated."""

from datetime import date

from huntui.errors import CallError

_FIRST_DAY, _LAST_DAY = date(2017, 1, 1), date(2042, 3, 31)


def parse_date(text: str) -> date:
    """Return the calendar day of a date written YYYYMMDD.

    Raises `CallError` for what is no date, and for days whose alerts could have no candid: it counts nights from
    1 January 2017 and must fit into 64 bits.
    """
    try:
        if len(text) != 8 or not (text.isascii() and text.isdigit()):
            raise ValueError
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise CallError(f"{text!r} is not a date: write it as YYYYMMDD, for example 20240707.") from None
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise CallError(
            f"No night can be simulated for {text}: choose a date from {_FIRST_DAY:%Y%m%d} to {_LAST_DAY:%Y%m%d}."
        )
    return day
