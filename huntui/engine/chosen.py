"""Which alerts of a night an export has."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from huntui.engine.rows import NO_ALERTS, SurvivorRows
from huntui.engine.snapshot import Snapshot
from huntui.packets.batch import Int64s

What = Literal["survivors", "claims", "night"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is exported: the survivors, the objects that are claimed, or the whole night."""

    what: What = "survivors"
    per_alert: bool = False
    """Whether there is a row per alert; else one per object, its newest alert of those meant."""
    objects: tuple[str, ...] | None = None
    """Names of the objects that are claimed, where it is not the hunt that says which."""


def chosen_rows(snapshot: Snapshot, chosen: Chosen) -> Int64s:
    """Return the rows of the night that an export has, in its order.

    Alerts come in the order of time, objects the newest first. Of an object that is claimed those alerts are meant that
    survive, as only they could be claimed; where cuts have changed since then and none does, all of them.
    """
    table = snapshot.rows
    if not isinstance(table, SurvivorRows) or not len(table.view):
        return NO_ALERTS
    view = table.view
    if chosen.what == "survivors":
        return view.sorted_rows(table.survives) if chosen.per_alert else table.alerts
    meant = np.ones(len(view), np.bool_)
    if chosen.what == "claims":
        claimed = [claim.object_id for claim in snapshot.hunt.claims] if chosen.objects is None else chosen.objects
        meant = _of_objects(table, claimed)
    return view.sorted_rows(meant) if chosen.per_alert else view.newest_per_object(meant)


def _of_objects(table: SurvivorRows, names: Collection[str]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    view = table.view
    codes = np.array(sorted({view.text_code(name) for name in names}), np.int64)
    theirs = np.isin(view.column("objectId"), codes)
    surviving = theirs & table.survives
    lost = theirs & ~np.isin(view.object_of, view.object_of[surviving])
    return surviving | lost
