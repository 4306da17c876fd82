"""The light curves of objects as one tidy table: a row per exposure, merged from all packets of the night."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from huntui.alerts.light_curve import LightCurve
from huntui.columns import BANDS, Column
from huntui.engine.chosen import Chosen, What, chosen_rows
from huntui.engine.export import Origin, about_chosen, origin_of
from huntui.engine.snapshot import Snapshot
from huntui.exports.export import export
from huntui.exports.table import ExportTable, Value
from huntui.sources.source import Source

_SOURCE = "huntui.alerts.light_curve"
COLUMNS = (
    Column("objectId", "text", False, "", "name of the object"),
    Column("jd", "f8", False, "day", "Julian date (UTC) at the start of the exposure"),
    Column("band", "text", False, "", "band: g, r or i", _SOURCE),
    Column(
        "mag", "f8", False, "mag", "magnitude of the difference, or the 5-sigma limit of an exposure without", _SOURCE
    ),
    Column("sigma", "f8", True, "mag", "1-sigma uncertainty of mag; null for a limit", _SOURCE),
    Column("kind", "text", False, "", "what mag is: detection, fading (fainter than the reference) or limit", _SOURCE),
    Column("forced", "i4", False, "", "1 where it comes from forced photometry, else 0", _SOURCE),
    Column("programid", "i4", True, "", "programme: 1 public, 2 partnership, 3 Caltech; null where no alert says"),
)
"""Columns of light curves."""


def export_light_curves(
    path: Path,
    snapshot: Snapshot,
    what: What,
    source: Source,
    max_alerts: int | None = None,
    *,
    overwrite: bool = False,
) -> str:
    """Write the light curve of each object that is chosen, one after the other, each in the order of time.

    Returns a sentence that says what was written; raises `CallError` for an ending that is not known and `ExportError`
    for a file that cannot be written.
    """
    return export(path, light_curves(snapshot, Chosen(what), origin_of(source, max_alerts)), overwrite)


def light_curves(snapshot: Snapshot, chosen: Chosen, origin: Origin) -> ExportTable:
    """Return the light curve of each object that is chosen as a table."""
    rows = chosen_rows(snapshot, chosen)
    about = replace(about_chosen(snapshot, chosen, origin), per="exposure")
    return ExportTable(COLUMNS, lambda: _exposures(snapshot, rows.tolist()), about)


def _exposures(snapshot: Snapshot, rows: list[int]) -> Iterator[tuple[Value, ...]]:
    view = snapshot.view
    if view is None:
        return
    for row in rows:
        yield from exposures_of(view.value("objectId", row), view.light_curve(view.rows_with_same_object(row)))


def exposures_of(name: Value, curve: LightCurve) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of one object."""
    programs = np.full(len(curve), -1) if curve.programid is None else curve.programid
    for k in range(len(curve)):
        kind = "limit" if curve.is_limit[k] else "detection" if curve.is_positive[k] else "fading"
        sigma, program = float(curve.sigma[k]), int(programs[k])
        yield (
            name, float(curve.jd[k]), BANDS.get(int(curve.fid[k]), str(int(curve.fid[k]))), float(curve.mag[k]),
            None if np.isnan(sigma) else sigma, kind, int(curve.is_forced[k]), program if program >= 0 else None,
        )  # fmt: skip
