"""The near misses of a night: rejected alerts by name, with what keeps each out and what would let it in."""

from dataclasses import dataclass

import numpy as np

from huntui.engine.snapshot import Snapshot
from huntui.funnel.explain import Turn, rescue_of_all
from huntui.funnel.misses import Missed, near_misses


@dataclass(frozen=True, slots=True)
class NearAlert:
    """A rejected alert that failed by little."""

    object_id: str
    candid: int
    margin: float
    """By how much it fails, as `huntui.funnel.misses` counts it."""
    stages: tuple[Missed, ...]
    """The stages that reject it, in order, and no others."""
    object_survives: bool
    """Whether another alert of its object comes through."""

    @property
    def rescue(self) -> tuple[tuple[str, Turn], ...] | None:
        """Stage and turn of every knob that together let it in; None where no turns do."""
        return rescue_of_all(missed.explained for missed in self.stages)


@dataclass(frozen=True, slots=True)
class NearAlerts:
    """What is nearest to coming through the funnel of one snapshot."""

    alerts: tuple[NearAlert, ...]
    """The nearest first; of each object its nearest alert."""
    by_degree: int
    """Rejected alerts that have a margin, those of the same object included."""
    otherwise: int
    """Rejected alerts that have none: no number of theirs is only a little wrong."""


def nearest_misses(snapshot: Snapshot, most: int) -> NearAlerts:
    """Return the `most` objects that come nearest to having an alert more among the survivors."""
    view, cuts, fates = snapshot.view, snapshot.cuts, snapshot.fates
    if view is None or cuts is None or not len(view):
        return NearAlerts((), 0, 0)
    candid, object_of = view.column("candid"), view.object_of
    found = near_misses(cuts, fates, view, candid, object_of, most)
    surviving = set(np.unique(object_of[: len(fates)][fates.failures == 0]).tolist()) if found.nearest else set()
    alerts = tuple(
        NearAlert(
            f"{view.value('objectId', one.row)}",
            int(candid[one.row]),
            one.margin,
            one.stages,
            int(object_of[one.row]) in surviving,
        )
        for one in found.nearest
    )
    return NearAlerts(alerts, found.by_degree, found.otherwise)
