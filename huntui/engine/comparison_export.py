"""From a comparison to a file of all objects that at least one side keeps."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from huntui import __version__
from huntui.columns import Column
from huntui.engine.comparison import Comparison
from huntui.engine.shortfall import shortfall
from huntui.engine.snapshot import Snapshot
from huntui.exports.choice import choose_columns
from huntui.exports.export import export
from huntui.exports.table import About, ExportTable, Value
from huntui.features.registry import columns as known_columns
from huntui.funnel.cuts_file import cuts_to_mapping

COLUMNS = (
    Column("side", "text", False, "", "gained: only B keeps the object; lost: only A does; common: both do", "huntui"),
    Column("rejected_by", "text", True, "", "first stage of the other side that rejects the alert", "huntui"),
)
"""Columns of an export of a comparison, before those of the alert."""


def export_comparison(
    path: Path, snapshot: Snapshot, found: Comparison, *, overwrite: bool = False, columns: Sequence[str] = ()
) -> str:
    """Write a row per object: gained, lost, common, each newest first by the alert that its side keeps.

    Returns a sentence that says what was written; raises `CallError` for a column or ending that is not known and
    `ExportError` for a file that cannot be written.
    """
    known, names = known_columns(), choose_columns(columns, known_columns())
    about = About(
        version=__version__,
        source=snapshot.night.source,
        date=snapshot.night.date,
        simulated=snapshot.night.simulated,
        cuts=cuts_to_mapping(found.a.cuts),
        compared_with=cuts_to_mapping(found.b.cuts),
        incomplete=shortfall(snapshot),
    )
    table = ExportTable((*COLUMNS, *(known[name] for name in names)), lambda: _rows(found, names), about)
    return export(path, table, overwrite)


def _rows(found: Comparison, names: tuple[str, ...]) -> Iterator[tuple[Value, ...]]:
    for side, objects in (("gained", found.gained), ("lost", found.lost), ("common", found.common)):
        for row in range(len(objects)):
            yield side, objects.rejected_by(row) or None, *(objects.value(name, row) for name in names)
