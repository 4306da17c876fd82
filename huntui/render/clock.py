"""Spans of time as a clock shows them."""


def clock(seconds: float) -> str:
    """Return seconds as `0:07`, `4:05` or `1:04:05`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
