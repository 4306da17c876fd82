"""Columns of the table of objects: where a value comes from and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from huntui.columns import BANDS
from huntui.engine.snapshot import Value


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of the table."""

    name: str
    """Column of the alert."""
    title: str
    width: int
    write: Callable[[Value], str]
    rank: int
    """Columns of a low rank stay when the table is narrow."""


def _number(places: int, sign: str = "") -> Callable[[Value], str]:
    def write(value: Value) -> str:
        return (
            f"{round(value, places) + 0.0:{sign}.{places}f}"
            if isinstance(value, int | float) and value == value
            else "–"
        )

    return write


def _band(value: Value) -> str:
    return BANDS.get(value, "?") if isinstance(value, int) else "?"


def _days(value: Value) -> str:
    if not isinstance(value, int | float) or value != value:
        return "–"
    return f"{value:.1f}" if value < 1000 else f"{value / 365.25:.1f}y"


COLUMNS = (
    TableColumn("fid", "", 1, _band, 0),
    TableColumn("magpsf", "mag", 5, _number(2), 1),
    TableColumn("rate", "mag/d", 6, _number(2, "+"), 2),
    TableColumn("age", "age d", 6, _days, 3),
    TableColumn("drb", "drb", 4, _number(2), 5),
    TableColumn("n_det", "det", 4, _number(0), 4),
)
"""Columns after the name of the object, in the order of the table."""

NAME_WIDTH = 12
MARKS_WIDTH = 2
_SUGGESTION_WIDTH = 9


@lru_cache(64)
def fitting(width: int) -> tuple[tuple[TableColumn, ...], int]:
    """Return the columns that fit into `width` cells and how many cells are left for the suggestion."""
    room = width - 2 - NAME_WIDTH - MARKS_WIDTH
    kept = []
    for column in sorted(COLUMNS, key=lambda column: column.rank):
        reserve = _SUGGESTION_WIDTH if column.rank > 2 else 0
        if room - reserve < column.width + 1:
            break
        kept.append(column)
        room -= column.width + 1
    return tuple(column for column in COLUMNS if column in kept), max(0, room - 1)
