"""A period as somebody types it."""

import re
from math import isfinite

from huntui.errors import CallError
from huntui.render.curve_look import LONGEST_PERIOD, SHORTEST_PERIOD

_DAYS = {"": 1.0, "d": 1.0, "h": 1.0 / 24.0, "min": 1.0 / 1440.0}
_PERIOD = re.compile(r"([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+\.) *(d|h|min|)")
_EXAMPLES = "Type days such as 0.35, hours such as 8.4 h, or minutes such as 42 min."


def period_in(text: str) -> float | None:
    """Return the period that was typed in days, None for an empty line; raises `CallError` for what is none."""
    if not text.strip():
        return None
    found = _PERIOD.fullmatch(text.strip())
    if found is None:
        raise CallError(f"{text.strip()[:20]!r} is no period. {_EXAMPLES}")
    period = float(found[1]) * _DAYS[found[2]]
    if not (isfinite(period) and SHORTEST_PERIOD <= period <= LONGEST_PERIOD):
        raise CallError(f"A period is from {SHORTEST_PERIOD * 1440:.3g} min to {LONGEST_PERIOD:,.0f} d. {_EXAMPLES}")
    return period
