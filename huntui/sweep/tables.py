"""A night as Arrow tables: every alert in short, survivors in full, and the histories of their objects."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from huntui.alerts.light_curve import FORCED_DRAWN, HISTORY_DRAWN
from huntui.alerts.texts import is_plain
from huntui.columns import NULL_I4, NULL_I8, NULL_TEXT, Column
from huntui.hunt.suggestions import Suggestions
from huntui.night.view import Entries, NightView
from huntui.packets.batch import Int32s, Int64s

if TYPE_CHECKING:
    import pyarrow as pa

ALERT = ("objectId", "candid", "jd", "fid", "magpsf", "sigmapsf", "isdiffpos", "ra", "dec", "programid")
"""What is kept of every alert: a detection."""

SURVIVES, PACKET, RECORD, TREASURES = "#survives", "#packet", "#record", "#treasures"
"""Columns that no alert has: whether it survives, the member with its packet, its number in it, what it looks like."""

_MOST_TEXT = 2**31 - 1
"""Bytes of text that Arrow can number."""


def alerts_table(view: NightView, survives: Any, known: dict[str, Column]) -> "pa.Table":
    """Return every alert of a night in short."""
    rows = np.arange(len(view))
    return _table(view, rows, [known[name] for name in ALERT]).append_column(SURVIVES, [np.asarray(survives)])


def survivors_table(
    view: NightView, rows: Int64s, columns: Iterable[Column], looks: Suggestions, members: list[str | None]
) -> "pa.Table":
    """Return some alerts of a night in full; `members` names the packet of each where it is kept."""
    import pyarrow as pa

    table = _table(view, rows, list(columns))
    table = table.append_column(PACKET, pa.array(members, pa.string()))
    table = table.append_column(RECORD, pa.array(view.record[rows]))
    return table.append_column(TREASURES, pa.array([looks.of(int(row)) for row in rows], pa.list_(pa.string())))


def history_table(view: NightView, rows: Int64s) -> "pa.Table":
    """Return what the packets of some alerts bring of the past of their objects."""
    return _entries(view, view.history, rows, HISTORY_DRAWN)


def forced_table(view: NightView, rows: Int64s) -> "pa.Table":
    """Return the forced photometry in the packets of some alerts."""
    return _entries(view, view.forced, rows, FORCED_DRAWN)


def _table(view: NightView, rows: Int64s, columns: list[Column]) -> "pa.Table":
    import pyarrow as pa

    if not len(view):
        return pa.table({column.name: pa.array([], _kind(column)) for column in columns})
    return pa.table({column.name: _array(view, rows, column) for column in columns})


def _array(view: NightView, rows: Int64s, column: Column) -> Any:
    """Return a column as it would be read value by value, all at once."""
    import pyarrow as pa

    stored = view.column(column.name)[rows]
    if column.kind == "text":
        return _texts(view, stored)
    if column.kind in ("f4", "f8"):
        return pa.array(stored, _kind(column), from_pandas=True)
    missing = stored.astype(np.int64) == (NULL_I4 if stored.dtype.itemsize == 4 else NULL_I8)
    return pa.array(stored, _kind(column), mask=missing)


def _texts(view: NightView, codes: Int32s) -> Any:
    import pyarrow as pa

    data, ends = view.texts.dump()
    if is_plain(data) and len(data) <= _MOST_TEXT:
        places = np.concatenate([[0], ends]).astype(np.int32)
        whole = pa.StringArray.from_buffers(len(ends), pa.py_buffer(places), pa.py_buffer(data))
        return whole.take(pa.array(codes, mask=codes == NULL_TEXT))
    distinct, where = np.unique(codes, return_inverse=True)
    return pa.array(view.texts.texts(distinct), pa.string()).take(pa.array(where))


def _entries(view: NightView, entries: Entries, rows: Int64s, names: tuple[str, ...]) -> "pa.Table":
    import pyarrow as pa

    columns = entries.of(rows)
    if not columns or not len(rows):
        return pa.table({"objectId": pa.array([], pa.string())})
    sizes = entries.end[rows] - entries.begin[rows]
    theirs = _texts(view, np.repeat(view.column("objectId")[rows], sizes))
    # A NaN stays one: what is merged here is merged as in the night itself.
    return pa.table({"objectId": theirs, **{name: pa.array(columns[name]) for name in names}})


def _kind(column: Column) -> Any:
    import pyarrow as pa

    types: dict[str, Any] = {"f4": pa.float32(), "f8": pa.float64(), "i4": pa.int32(), "i8": pa.int64()}
    return types.get(column.kind, pa.string())
