"""Everything about one object, for whoever looks at it."""

import asyncio

import numpy as np

from huntui.alerts.cutout import Cutout, read_cutouts
from huntui.engine.face import ObjectDetail
from huntui.night.view import NightView
from huntui.sources.source import Source


async def fetch_cutouts(view: NightView, object_id: str, source: Source) -> tuple[Cutout, Cutout, Cutout] | None:
    """Fetch the cutouts of an object's newest alert by its address, in a thread; None for an object there is not.

    Raises `SourceError` when the packet is gone.
    """
    rows = view.rows_of(object_id)
    if not len(rows):
        return None
    newest = int(rows[-1])
    packet = await asyncio.to_thread(source.fetch, view.addresses[newest])
    return await asyncio.to_thread(read_cutouts, packet, int(view.record[newest]))


def describe_object(view: NightView, object_id: str) -> ObjectDetail | None:
    """Return an object's merged light curve and the values of its newest alert; None for an object there is not."""
    rows = view.rows_of(object_id)
    if not len(rows):
        return None
    newest = int(rows[-1])
    values = {name: view.value(name, newest) for name in view.columns}
    return ObjectDetail(object_id, view.light_curve(np.asarray(rows)), values)
