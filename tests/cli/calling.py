"""How tests call the command line."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """What a call of huntui left behind."""

    code: int
    out: str
    err: str


Huntui = Callable[..., Said]

SMALL = ("--date", "20240707", "--set", "simulate.count=300")
"""A night that is made in a moment."""
