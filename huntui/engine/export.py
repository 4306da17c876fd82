"""From a snapshot to a file of survivors."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from huntui import __version__
from huntui.engine.rows import SurvivorRows
from huntui.engine.shortfall import shortfall
from huntui.engine.snapshot import Snapshot
from huntui.exports.choice import choose_columns
from huntui.exports.export import export
from huntui.exports.table import About, ExportTable, Value
from huntui.features.registry import columns as known_columns
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import cuts_to_mapping
from huntui.hunt.marks import Marks


def export_survivors(
    path: Path,
    snapshot: Snapshot,
    *,
    overwrite: bool = False,
    columns: Sequence[str] | None = None,
    per_alert: bool = False,
) -> str:
    """Write a row per surviving object (its newest surviving alert, newest first), or a row per surviving alert.

    Returns a sentence that says what was written; raises `CallError` for a column or ending that is not known and
    `ExportError` for a file that cannot be written.
    """
    known = known_columns()
    names = choose_columns(columns or (), known)
    table = ExportTable(
        tuple(known[name] for name in names),
        lambda: _rows(snapshot, names, per_alert),
        About(
            version=__version__,
            source=snapshot.night.source,
            date=snapshot.night.date,
            simulated=snapshot.night.simulated,
            cuts=cuts_to_mapping(snapshot.cuts or NO_CUTS),
            per="alert" if per_alert else "object",
            incomplete=shortfall(snapshot),
            claims=tuple(
                {"objectId": c.object_id, "treasure": c.treasure, "verdict": c.verdict, "points": c.points}
                for c in snapshot.hunt.claims
            ),
            marks=tuple(_marked(snapshot.marks)),
        ),
    )
    return export(path, table, overwrite)


def _marked(marks: Marks) -> Iterator[dict[str, Value | bool]]:
    starred, hidden, notes = set(marks.starred), set(marks.hidden), dict(marks.notes)
    for name in dict.fromkeys((*marks.starred, *marks.hidden, *notes)):
        yield {"objectId": name, "starred": name in starred, "hidden": name in hidden, "note": notes.get(name)}


def _rows(snapshot: Snapshot, names: tuple[str, ...], per_alert: bool) -> Iterator[tuple[Value, ...]]:
    table = snapshot.rows
    if not isinstance(table, SurvivorRows):
        return
    view = table.view
    for row in view.sorted_rows(table.survives) if per_alert else table.alerts:
        yield tuple(view.value(name, int(row)) for name in names)
