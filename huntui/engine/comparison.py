"""The cuts in force against other ones, over the night as it stands: counts, and the objects of each side."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from huntui.engine.rows import NO_ALERTS
from huntui.engine.snapshot import Snapshot, Value
from huntui.funnel.compare import Outcome, compare, outcome
from huntui.funnel.counts import StageCount
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.language.table import Bools
from huntui.night.view import NightView
from huntui.packets.batch import Int32s, Int64s


class ComparedObjects(Protocol):
    """Some objects, one row each, newest alert first; reading a cell is cheap and never blocks."""

    def __len__(self) -> int: ...

    def object_id(self, row: int) -> str:
        """Name of the object in a row."""
        ...

    def value(self, column: str, row: int) -> Value:
        """Value of a column for the object's newest alert that one side keeps (A's, where both keep some)."""
        ...

    def rejected_by(self, row: int) -> str:
        """First stage of the other side that rejects this alert; empty for an object that both keep."""
        ...

    def find(self, object_id: str) -> int | None:
        """Row of an object, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Side:
    """One set of cuts and what it makes of the night."""

    cuts: Cuts
    stages: tuple[StageCount, ...]
    alerts: int
    """Alerts that survive."""
    objects: int
    """Objects with at least one of them."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A are the cuts in force, B are others; gained is what B keeps and A does not."""

    a: Side
    b: Side
    gained: ComparedObjects = field(repr=False)
    lost: ComparedObjects = field(repr=False)
    common: ComparedObjects = field(repr=False)
    alerts_gained: int
    alerts_lost: int
    alerts_common: int


def compare_with(snapshot: Snapshot, cuts: Cuts) -> Comparison:
    """Compare the cuts in force (A) with others (B) over all alerts of a snapshot."""
    view = snapshot.view if snapshot.view is not None and len(snapshot.view) else None
    a = Outcome(snapshot.cuts or NO_CUTS, snapshot.stages, snapshot.fates)
    b = outcome(cuts, view)
    object_of = np.empty(0, np.int32) if view is None else view.object_of
    found = compare(a, b, object_of, 0 if view is None else view.objects)
    alerts, objects = found.alerts, found.objects
    return Comparison(
        _side(a, objects.lost, objects.common),
        _side(b, objects.gained, objects.common),
        _listed(view, object_of, objects.gained, b, a),
        _listed(view, object_of, objects.lost, a, b),
        _listed(view, object_of, objects.common, a, None),
        _number(alerts.gained),
        _number(alerts.lost),
        _number(alerts.common),
    )


def _side(side: Outcome, alone: Bools, common: Bools) -> Side:
    return Side(side.cuts, side.stages, _number(side.survives), _number(alone) + _number(common))


def _number(mask: Bools) -> int:
    return int(np.count_nonzero(mask))


@dataclass(frozen=True, slots=True)
class _Listed:
    """Objects by the row of one of their alerts in the night."""

    view: NightView | None
    alerts: Int64s
    other: Outcome | None

    def __len__(self) -> int:
        return len(self.alerts)

    def object_id(self, row: int) -> str:
        return str(self.value("objectId", row) or "")

    def value(self, column: str, row: int) -> Value:
        if self.view is None:
            raise IndexError(row)
        return self.view.value(column, int(self.alerts[row]))

    def rejected_by(self, row: int) -> str:
        return "" if self.other is None else self.other.rejected_by(int(self.alerts[row]))

    def find(self, object_id: str) -> int | None:
        if self.view is None:
            return None
        code = self.view.text_code(object_id)
        found = np.flatnonzero(self.view.column("objectId")[self.alerts] == code)
        return int(found[0]) if len(found) else None


def _listed(
    view: NightView | None, object_of: Int32s, objects: Bools, keeps: Outcome, other: Outcome | None
) -> ComparedObjects:
    """List objects by their newest alert that one side keeps."""
    if view is None:
        return _Listed(view, NO_ALERTS, other)
    return _Listed(view, view.newest_per_object(keeps.survives & objects[object_of]), other)
