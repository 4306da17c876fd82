"""From a snapshot to figures: the light curve and the cutouts of objects, each as a file of its own."""

from collections.abc import Callable, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np

from huntui.alerts.cutout import NAMES, Cutout, read_cutouts
from huntui.engine.chosen import Chosen, What, chosen_rows
from huntui.engine.export import chosen_table, origin_of
from huntui.engine.rows import SurvivorRows
from huntui.engine.snapshot import Snapshot
from huntui.errors import SourceError
from huntui.exports.figures.cutouts import Picture, draw_cutouts
from huntui.exports.figures.drawing import Drawing, Greys
from huntui.exports.figures.files import Names, make_folder, write_figure
from huntui.exports.figures.light_curve import draw_light_curve
from huntui.exports.provenance import provenance
from huntui.night.view import NightView
from huntui.render.cutout import DIFFERENCE, Look, Shown, brightness
from huntui.sources.source import Source

MOST_OBJECTS = 200
"""Objects that have figures written: each has three files."""
_GONE = "nothing gives its packet again"


def write_figures(
    folder: Path,
    snapshot: Snapshot,
    what: What,
    source: Source,
    max_alerts: int | None,
    *,
    overwrite: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> str:
    """Write the light curve (SVG and PNG) and the cutouts (PNG) of each object that is chosen into a folder.

    No further object is begun once it is `stopped`. Returns a sentence that says what was written. Raises
    `ExistsError` for a file that exists unless `overwrite` is set, and `ExportError` for one that cannot be written, or
    a folder that cannot be made.
    """
    chosen, table = Chosen(what), snapshot.rows
    rows = chosen_rows(snapshot, chosen).tolist()
    told = provenance(chosen_table(snapshot, chosen, origin_of(source, max_alerts)))
    make_folder(folder)
    if isinstance(table, SurvivorRows):
        names = Names()
        for row in takewhile(lambda _: not stopped(), rows[:MOST_OBJECTS]):
            _write_figures_of(folder, table.view, row, source, names, told, overwrite)
    done = min(len(rows), MOST_OBJECTS)
    left_out = f", and {len(rows) - done:,} left out" if len(rows) > done else ""
    return f"Figures of {done:,} {'object' if done == 1 else 'objects'} written to {folder}{left_out}."


def _write_figures_of(
    folder: Path, view: NightView, row: int, source: Source, names: Names, told: Mapping[str, Any], overwrite: bool
) -> None:
    object_id = str(view.value("objectId", row) or "")
    name = names.of(object_id)
    if (curve := light_curve_of(view, row)) is not None:
        for ending in (".svg", ".png"):
            write_figure(folder / f"{name}-light-curve{ending}", curve, object_id, told, overwrite)
    cutouts = draw_cutouts(pictures_of(view, row, source), f"Cutouts of {object_id}")
    write_figure(folder / f"{name}-cutouts.png", cutouts, object_id, told, overwrite)


def light_curve_of(view: NightView, row: int) -> Drawing | None:
    """Return the merged light curve of an alert's object; None where none can be drawn."""
    name, jd = str(view.value("objectId", row) or ""), float(view.columns["jd"][row])
    return draw_light_curve(view.light_curve(view.rows_with_same_object(row)), jd, f"Light curve of {name}")


def pictures_of(view: NightView, row: int, source: Source | None) -> tuple[Picture, ...]:
    """Return the three cutouts of an alert as they are shown, north up; where there is none, why is said."""
    shown = Shown(_cutouts(view, row, source), *(_pixel(view, name, row) for name in ("xpos", "ypos")))
    return tuple(_picture(shown, which) for which in range(len(NAMES)))


def _cutouts(view: NightView, row: int, source: Source | None) -> tuple[Cutout, Cutout, Cutout]:
    missing = _GONE
    if source is not None:
        try:
            return read_cutouts(source.fetch(view.addresses[row]), int(view.record[row]))
        except SourceError as error:
            missing = str(error)
    science, template, difference = (Cutout(name, None, missing) for name in NAMES)
    return science, template, difference


def _pixel(view: NightView, name: str, row: int) -> float | None:
    value = view.value(name, row)
    return float(value) if isinstance(value, float) else None


def _picture(shown: Shown, which: int) -> Picture:
    image, missing = shown.whole(which)
    if image is None:
        return Picture(NAMES[which], None, missing)
    share = brightness(image, Look(), len(image), signed=which == DIFFERENCE)
    there = np.isfinite(share)
    greys: Greys = np.zeros((*share.shape, 2), np.uint8)
    greys[..., 0] = np.round(255 * np.clip(np.where(there, share, 1.0), 0.0, 1.0))
    greys[..., 1] = np.where(there, 255, 0)
    return Picture(NAMES[which], greys)
