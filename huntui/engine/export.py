"""From a snapshot to a file: of survivors, claims or the whole night."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from huntui import __version__
from huntui.engine.again import Again
from huntui.engine.chosen import Chosen, chosen_rows
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
from huntui.packets.batch import Int64s
from huntui.sources.made import recipe_of
from huntui.sources.source import Source
from huntui.sources.sweep import partly_simulated

if TYPE_CHECKING:
    from huntui.engine.scoring import Scoring

    ReadFrom = tuple[Source, int | None, Scoring | None]
    """Where alerts come from, how many were read at most, and what scores them."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the alerts of a snapshot came from."""

    source: Source | None = None
    """What gives their packets again; None where nothing does."""
    recipe: Mapping[str, Any] | None = None
    """What a simulated night is made from."""
    max_alerts: int | None = None
    """How many were read at most."""


def origin_of(source: Source, max_alerts: int | None) -> Origin:
    """Return the origin of what a source gives, of which so many alerts are read at most."""
    made = recipe_of(source)
    return Origin(source, None if made is None else asdict(made), max_alerts)


def export_chosen(
    path: Path,
    snapshot: Snapshot,
    chosen: Chosen,
    *,
    origin: Origin,
    overwrite: bool = False,
    columns: Sequence[str] | None = None,
) -> str:
    """Write a row per object (of survivors the newest surviving alert, newest first), or a row per alert.

    Returns a sentence that says what was written; raises `CallError` for a column or ending that is not known,
    `SourceError` where packets are exported and gone, and `ExportError` for a file that cannot be written.
    """
    return export(path, chosen_table(snapshot, chosen, origin, columns), overwrite)


def export_asked(
    path: Path, snapshot: Snapshot, chosen: Chosen, read_from: "ReadFrom", *, overwrite: bool, columns: Sequence[str]
) -> str:
    """Do that with the scores that are among the columns, which are computed now; raises like `export_chosen`."""
    return export(path, table_asked(snapshot, chosen, read_from, columns), overwrite)


def table_asked(snapshot: Snapshot, chosen: Chosen, read_from: "ReadFrom", columns: Sequence[str]) -> ExportTable:
    """Return what is exported with its scores; raises `CallError` for a column that is not known."""
    from huntui.engine.asked import rows_asked

    return chosen_table(rows_asked(read_from[2], snapshot, columns, chosen), chosen, origin_of(*read_from[:2]), columns)


def chosen_table(
    snapshot: Snapshot, chosen: Chosen, origin: Origin, columns: Sequence[str] | None = None
) -> ExportTable:
    """Return what is exported as a table; raises `CallError` for a column that is not known."""
    known = known_columns()
    names = choose_columns(columns or (), known)
    rows = chosen_rows(snapshot, chosen)
    source = origin.source
    return ExportTable(
        tuple(known[name] for name in names),
        lambda: _values(snapshot, rows, names),
        about_chosen(snapshot, chosen, origin),
        None if source is None else lambda: _packets(snapshot, rows, source),
    )


def about_chosen(snapshot: Snapshot, chosen: Chosen, origin: Origin) -> About:
    """Return where the rows of an export come from."""
    return About(
        version=__version__,
        source=snapshot.night.source,
        date=snapshot.night.date,
        simulated=snapshot.night.simulated,
        partly_simulated=partly_simulated(origin.source),
        cuts=cuts_to_mapping(snapshot.cuts or NO_CUTS),
        per="alert" if chosen.per_alert else "object",
        what=chosen.what,
        recipe=origin.recipe,
        max_alerts=origin.max_alerts,
        incomplete=shortfall(snapshot),
        claims=tuple(
            {"objectId": c.object_id, "treasure": c.treasure, "verdict": c.verdict, "points": c.points}
            | ({"reason": c.reason} if c.reason else {})
            for c in snapshot.hunt.claims
        ),
        marks=tuple(_marked(snapshot.marks)),
    )


def _marked(marks: Marks) -> Iterator[dict[str, Value | bool]]:
    starred, hidden, notes = set(marks.starred), set(marks.hidden), dict(marks.notes)
    for name in dict.fromkeys((*marks.starred, *marks.hidden, *notes)):
        yield {"objectId": name, "starred": name in starred, "hidden": name in hidden, "note": notes.get(name)}


def _values(snapshot: Snapshot, rows: Int64s, names: tuple[str, ...]) -> Iterator[tuple[Value, ...]]:
    # The rows of the table may have scores that the view of the snapshot has not.
    table = snapshot.rows
    if not isinstance(table, SurvivorRows):
        return
    view = table.view
    for row in rows.tolist():
        yield tuple(view.value(name, row) for name in names)


def _packets(snapshot: Snapshot, rows: Int64s, source: Source) -> Iterator[tuple[bytes, int, int]]:
    """Yield the packet of each row, the number of the alert in it and its candid, in the order of the source."""
    view = snapshot.view
    if view is None:
        return
    addresses, again = view.addresses[rows], Again(source)
    for place in np.lexsort((view.record[rows], addresses[:, 1], addresses[:, 0])).tolist():
        row = int(rows[place])
        yield again.packet(view, row), int(view.record[row]), int(view.columns["candid"][row])
