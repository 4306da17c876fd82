"""Everything about one object, for whoever looks at it."""

import asyncio

import numpy as np

from huntui.alerts.cutout import Cutout, read_cutouts
from huntui.engine.again import Again
from huntui.engine.face import ObjectDetail
from huntui.features.slopes import slopes
from huntui.night.view import NightView
from huntui.sources.source import Source

_NOT_ASKED = "its model was not asked, since no stage, table or treasure needs it"


async def fetch_cutouts(view: NightView, object_id: str, source: Source) -> tuple[Cutout, Cutout, Cutout] | None:
    """Fetch the cutouts of an object's newest alert by its address, in a thread; None for an object there is not.

    Raises `SourceError` when the packet is gone or is another one by now.
    """
    rows = view.rows_of(object_id)
    return await asyncio.to_thread(cutouts_of, view, int(rows[-1]), source) if len(rows) else None


def cutouts_of(view: NightView, row: int, source: Source) -> tuple[Cutout, Cutout, Cutout]:
    """Fetch the cutouts of one alert; raises like `fetch_cutouts`."""
    return read_cutouts(Again(source).packet(view, row), int(view.record[row]))


def describe_object(view: NightView, object_id: str) -> ObjectDetail | None:
    """Return an object's merged light curve, its slopes and its newest alert's values; None where it is not there."""
    rows = view.rows_of(object_id)
    if not len(rows):
        return None
    newest = int(rows[-1])
    values = {name: view.value(name, newest) for name in (*view.columns, *view.scores)}
    lines = slopes(view.told_by(newest), float(view.column("jd")[newest]))
    no_score = {name: view.why_null(name, newest) or _NOT_ASKED for name in view.scores if values[name] is None}
    return ObjectDetail(object_id, view.light_curve(np.asarray(rows)), values, lines, no_score)
