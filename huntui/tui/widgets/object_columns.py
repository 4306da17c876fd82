"""Columns of the table of objects: where a value comes from and how it is written."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from huntui.columns import BANDS, LIGHT_CURVE
from huntui.engine.snapshot import Rows, Value
from huntui.render.sparkline import sparkline
from huntui.scores import scores
from huntui.tui.text import cell
from huntui.tui.widgets.panel import Piece

_NO_MATCH = -999
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of the table."""

    name: str
    """Column of the alert, in which -999 is the survey's own "no match"."""
    title: str
    width: int
    write: Callable[[Value], str]


def _number(places: int, sign: str = "") -> Callable[[Value], str]:
    def write(value: Value) -> str:
        return (
            f"{round(value, places) + 0.0:{sign}.{places}f}"
            if isinstance(value, int | float) and value == value and value != _NO_MATCH
            else "–"
        )

    return write


def _anything(value: Value) -> str:
    if not isinstance(value, float):
        return "–" if value is None or value == _NO_MATCH else str(value)
    return "–" if value != value or value == _NO_MATCH else f"{value:.{_DIGITS}g}"


def _band(value: Value) -> str:
    return BANDS.get(value, "?") if isinstance(value, int) else "?"


def _days(value: Value) -> str:
    if not isinstance(value, int | float) or value != value:
        return "–"
    return f"{value:.1f}" if value < 1000 else f"{value / 365.25:.1f}y"


_KNOWN = {
    column.name: column
    for column in (
        TableColumn("fid", "", 1, _band),
        TableColumn("magpsf", "mag", 5, _number(2)),
        TableColumn(LIGHT_CURVE, "curve", 9, _anything),
        TableColumn("rate", "rate", 6, _number(2, "+")),
        TableColumn("age", "age", 6, _days),
        TableColumn("n_det", "det", 4, _number(0)),
        TableColumn("drb", "drb", 4, _number(2)),
        TableColumn("rb", "rb", 4, _number(2)),
        TableColumn("sgscore1", "star", 4, _number(2)),
        TableColumn("distpsnr1", "dist", 5, _number(1)),
        TableColumn("amplitude", "ampl", 5, _number(2)),
        TableColumn("ra", "ra", 8, _number(4)),
        TableColumn("dec", "dec", 8, _number(4, "+")),
    )
}
_NAMED_BY_TITLE = {column.title: name for name, column in _KNOWN.items() if column.title.isidentifier()}
_WORDS = re.compile(r"""'[^']*'|"[^"]*"|#.*|\b[A-Za-z_]\w*""")
"""Words of a condition, and what is none of them: a text in quotes, or a comment."""
USUAL = ("fid", "magpsf", "rate", LIGHT_CURVE, "age", "n_det", "drb", "amplitude", "sgscore1", "distpsnr1", "ra", "dec")
"""Columns of the table where nothing else is said, the most important first: the last go where it is narrow."""
_COMMON, _AMPLE = 6, 9
"""Behind so many columns others stand only where what an object looks like has ample room."""
_ESSENTIAL = 3
"""How many of the first columns leave no room for what an object looks like, where there is none for both."""

NAME_WIDTH = 12
MARKS_WIDTH = 2
_SUGGESTION_WIDTH = 9
_OTHER_WIDTH = 9


def named_by(title: str) -> str | None:
    """Return the column that stands in the table below a title; None where it is called otherwise, or there is none."""
    name = _NAMED_BY_TITLE.get(title)
    return name if name not in (title, LIGHT_CURVE) else None


def by_name(condition: str) -> str:
    """Return a condition with the names of columns for their titles in the table: `magpsf < 18` for `mag < 18`."""
    return _WORDS.sub(lambda word: named_by(word[0]) or word[0], condition)


def table_columns(names: Sequence[str]) -> tuple[TableColumn, ...]:
    """Return the columns of these names, or the usual ones where there is none."""
    return tuple(_KNOWN.get(name) or _other(name) for name in names or USUAL)


def _other(name: str) -> TableColumn:
    return TableColumn(name, name, _OTHER_WIDTH, _number(3) if name in scores() else _anything)


@lru_cache(64)
def fitting(columns: tuple[TableColumn, ...], width: int) -> tuple[tuple[TableColumn, ...], int]:
    """Return the columns that fit into `width` cells and how many cells are left for the suggestion."""
    room = width - 2 - NAME_WIDTH - MARKS_WIDTH
    kept: list[TableColumn] = []
    for column in columns:
        reserve = _SUGGESTION_WIDTH + (_AMPLE if len(kept) >= _COMMON else 0) if len(kept) >= _ESSENTIAL else 0
        if room - reserve < column.width + 1:
            break
        kept.append(column)
        room -= column.width + 1
    return tuple(kept), max(0, room - 1)


def cells_of(rows: Rows, row: int, columns: Sequence[TableColumn]) -> list[Piece]:
    """Return name and values of an object, which stay what they are as long as its newest alert does."""
    pieces = [(cell(rows.object_id(row), NAME_WIDTH), "value")]
    for column in columns:
        if column.name == LIGHT_CURVE:
            pieces += [(" ", "plain"), *sparkline(*rows.photometry(row), column.width)]
            continue
        text = column.write(rows.value(column.name, row))
        style = f"band-{text}" if column.name == "fid" and text in "gri" else ""
        pieces.append((" " + cell(text, column.width, right=True), style))
    return pieces
