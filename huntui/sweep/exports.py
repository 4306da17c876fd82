"""What a sweep found as tables to be exported: survivors with any column, and light curves joined over all nights."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from huntui import __version__
from huntui.alerts.light_curve import FORCED_DRAWN, HISTORY_DRAWN, LightCurve, merge
from huntui.columns import NULL_I4
from huntui.engine.curves_export import COLUMNS, exposures_of
from huntui.errors import ExportError
from huntui.exports.table import About, ExportTable, Value
from huntui.features.registry import columns as known_columns
from huntui.sources.sweep_file import SweepFile
from huntui.sweep.merge import Nights, in_time, newest_first
from huntui.sweep.tables import ALERT, PACKET, RECORD

if TYPE_CHECKING:
    import pyarrow as pa

Columns = dict[str, Any]


def survivors(folder: Path, summary: SweepFile, names: tuple[str, ...], *, per_alert: bool) -> ExportTable:
    """Return a row per surviving alert in the order of time, or per object its newest one, the newest first."""
    nights = Nights(folder, summary.nights)
    known = known_columns()
    chosen = _chosen(nights, (*names, PACKET, RECORD), per_alert)
    return ExportTable(
        tuple(known[name] for name in names),
        lambda: _rows(chosen, names),
        _about(folder, summary, "alert" if per_alert else "object"),
        lambda: _packets(nights, chosen),
    )


def light_curves(folder: Path, summary: SweepFile) -> ExportTable:
    """Return the light curve of each surviving object, the newest first, merged from the packets of all nights.

    That is the history in the packets of every night on which it survives, and its detections of all nights; the same
    exposure counts once.
    """
    nights = Nights(folder, summary.nights)
    return ExportTable(COLUMNS, lambda: _exposures(nights), _about(folder, summary, "exposure"))


def shortfall(summary: SweepFile) -> str:
    """Say which nights are not whole; nothing where all are."""
    lost = [night for night in summary.nights if not night.is_whole]
    if not lost:
        return ""
    named = ", ".join(f"{night.name} ({night.outcome})" for night in lost[:10])
    more = f" and {len(lost) - 10:,} more" if len(lost) > 10 else ""
    return f"Of {len(summary.nights):,} nights {len(lost):,} could not be had as a whole: {named}{more}."


def _about(folder: Path, summary: SweepFile, per: Literal["object", "alert", "exposure"]) -> About:
    return About(
        version=__version__, source=str(folder), date=_dates(summary), simulated=summary.simulated, cuts=summary.cuts,
        per=per, max_alerts=summary.max_alerts, incomplete=shortfall(summary),
        partly_simulated=summary.partly_simulated,
    )  # fmt: skip


def _dates(summary: SweepFile) -> str | None:
    dates = [night.date for night in summary.nights if night.date is not None]
    return f"{dates[0]}..{dates[-1]}" if dates else None


def _chosen(nights: Nights, names: Iterable[str], per_alert: bool) -> "pa.Table | None":
    """Return these columns of the survivors that are exported, in their order, with the night of each."""
    import pyarrow as pa

    wanted = list(dict.fromkeys([*names, "objectId", "candid", "jd"]))
    tables = [
        table.append_column(_NIGHT, pa.array([night] * len(table), pa.string()))
        for night, table in nights.tables("survivors", wanted)
    ]
    if not tables:
        return None
    whole = pa.concat_tables(tables)
    return whole.take(in_time(whole) if per_alert else newest_first(whole))


_NIGHT = "#night"


def _rows(chosen: "pa.Table | None", names: tuple[str, ...]) -> Iterator[tuple[Value, ...]]:
    if chosen is None:
        return
    for batch in chosen.select(list(names)).to_batches(max_chunksize=1024):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _packets(nights: Nights, chosen: "pa.Table | None") -> Iterator[tuple[bytes, int, int]]:
    """Yield the packet of each row, the number of the alert in it and its candid, by night.

    Raises `ExportError` where one was left out.
    """
    if chosen is None:
        return
    told = chosen.select([_NIGHT, PACKET, RECORD, "candid"]).to_pylist()
    left_out = sum(one[PACKET] is None for one in told)
    if left_out:
        raise ExportError(
            f"{left_out:,} packets of survivors were left out, since a sweep keeps sweep.max_packets of a night; sweep "
            "anew with more, or export a table."
        )
    for night, theirs in groupby(sorted(told, key=itemgetter(_NIGHT)), itemgetter(_NIGHT)):
        rows = list(theirs)
        packets = nights.file(night).packets(row[PACKET] for row in rows)
        for row, packet in zip(rows, packets, strict=True):
            yield packet, row[RECORD], row["candid"]


def _exposures(nights: Nights) -> Iterator[tuple[Value, ...]]:
    survivors = nights.joined("survivors", ["objectId", "candid", "jd"])
    if survivors is None:
        return
    names = survivors["objectId"].take(newest_first(survivors)).to_pylist()
    alerts = _by_object(nights, "alerts", ALERT, names)
    history = _by_object(nights, "history", ("objectId", *HISTORY_DRAWN), names)
    forced = _by_object(nights, "forced", ("objectId", *FORCED_DRAWN), names)
    for name in names:
        yield from exposures_of(name, _joined(alerts[name], history.get(name, {}), forced.get(name, {})))


def _joined(alerts: Columns, history: Columns, forced: Columns) -> LightCurve:
    """Merge what all nights know of an object, alerts by candid once and in the order of time."""
    order = np.lexsort((alerts["candid"], alerts["jd"]))
    _, first = np.unique(alerts["candid"][order], return_index=True)
    rows = order[np.sort(first)]
    told = {name: alerts[name][rows] for name in ("jd", "fid", "magpsf", "sigmapsf", "programid")}
    return merge(told, alerts["isdiffpos"][rows] == "t", history, forced)


def _by_object(
    nights: Nights, part: Literal["alerts", "history", "forced"], columns: Iterable[str], names: list[str]
) -> dict[str, Columns]:
    """Return the rows of each of these objects in a table of all nights, as arrays."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted, tables = pa.array(sorted(set(names))), []
    for _, table in nights.tables(part):
        if len(table):
            tables.append(table.select(list(columns)).filter(pc.is_in(table["objectId"], wanted)))
    if not tables:
        return {}
    whole = pa.concat_tables(tables)
    theirs = whole["objectId"].combine_chunks().dictionary_encode()
    order = np.argsort(theirs.indices.to_numpy(), kind="stable")
    ends = np.cumsum(np.bincount(theirs.indices.to_numpy(), minlength=len(theirs.dictionary)))
    arrays = {name: _stored(whole[name])[order] for name in whole.column_names if name != "objectId"}
    return {
        name: {column: values[begin:end] for column, values in arrays.items()}
        for name, begin, end in zip(theirs.dictionary.to_pylist(), [0, *ends[:-1]], ends, strict=True)
    }


def _stored(column: "pa.ChunkedArray") -> Any:
    """Return a column as a night stores it, in which a null of an integer is a number."""
    import pyarrow as pa

    return (column.fill_null(NULL_I4) if column.null_count and pa.types.is_integer(column.type) else column).to_numpy()
