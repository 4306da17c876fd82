"""The reckoning of a hunt with the night at hand: what was missed, how near it came, and which cut lost it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from huntui.engine.explanation import AlertExplained, explain_row
from huntui.engine.snapshot import Snapshot
from huntui.errors import CallError, SourceError
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.misses import margins
from huntui.hunt.reckoning import ClassReckoned, TreasureReckoned, reckon
from huntui.hunt.state import HuntState
from huntui.hunt.treasure import Hunt
from huntui.night.view import NightView

Truths = Callable[[list[str]], Mapping[str, Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Missed:
    """An object that would have confirmed a treasure, by that alert of it which came nearest to coming through."""

    object_id: str
    candid: int
    kind: str
    """Its true class."""
    lost_at: tuple[str, ...]
    """Every stage that rejects the alert; empty where it is among the survivors."""
    place: int
    """Where the alert stands among all of the night, the nearest first."""

    @property
    def in_table(self) -> bool:
        """Whether it came through."""
        return not self.lost_at


@dataclass(frozen=True, slots=True)
class ReckonedLine:
    """A treasure, or one of the true classes of a treasure that several confirm."""

    treasure: TreasureReckoned
    kind: ClassReckoned | None
    """None in the line of the treasure itself."""
    missed: Missed | None
    """What came nearest of that which was missed; None where nothing was."""


@dataclass(frozen=True, slots=True)
class BestMissed:
    """What would have brought the most points."""

    treasure: TreasureReckoned
    missed: Missed
    explained: AlertExplained
    """What every stage makes of it."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a hunt stands at its end; on a real night how it stands so far."""

    hunt: HuntState
    known: bool
    """Whether truth is known; where it is not, the counts are those of claims alone."""
    simulated: bool
    objects: int
    """Objects of the night."""
    lines: tuple[ReckonedLine, ...]
    best: BestMissed | None
    """Of the treasures whose goal is not reached."""


def reckon_hunt(snapshot: Snapshot, hunt: Hunt, truth: Truths) -> Reckoning:
    """Return the reckoning of a snapshot; raises `CallError` where truth is known and the hunt goes on."""
    simulated = snapshot.night.simulated
    if simulated and not snapshot.hunt.ended:
        raise CallError("What the night holds is told at the end of the hunt: end it first.")
    view = snapshot.view if snapshot.view is not None and len(snapshot.view) else None
    names = [] if view is None else _names(view)
    asked = list(dict.fromkeys((*names, *(claim.object_id for claim in snapshot.hunt.claims))))
    try:
        truths = truth(asked) if simulated else {}
    except SourceError:
        truths = {}  # as on a real night; each claim said so when it was made
    treasures = reckon(hunt, snapshot.hunt.claims, names, truths)
    near = _Nearness(snapshot, view, names) if view is not None and truths else None
    lines = tuple(line for one in treasures for line in _lines(one, near))
    best = _best(lines, near) if near else None
    return Reckoning(snapshot.hunt, bool(truths), simulated, len(names), lines, best)


def _names(view: NightView) -> list[str]:
    """Return the objectId of every object, by its number."""
    _, first = np.unique(view.object_of, return_index=True)
    return [str(view.value("objectId", row)) for row in first.tolist()]


def _lines(treasure: TreasureReckoned, near: "_Nearness | None") -> Iterator[ReckonedLine]:
    of_classes = [ReckonedLine(treasure, one, near.best_of((one,)) if near else None) for one in treasure.classes]
    yield ReckonedLine(treasure, None, near.best_of(treasure.classes) if near else None)
    if len(of_classes) > 1:
        yield from of_classes


def _best(lines: Sequence[ReckonedLine], near: "_Nearness") -> BestMissed | None:
    wanted = [(line.treasure, line.missed) for line in lines if line.kind is None and line.missed]
    unreached = [(treasure, missed) for treasure, missed in wanted if treasure.right < treasure.goal]
    if not unreached:
        return None
    treasure, missed = min(unreached, key=lambda pair: (-pair[0].points, pair[1].place))
    return BestMissed(treasure, missed, near.explain(missed))


class _Nearness:
    """How near each object came: survivors first, then by margin, then by the number of stages that reject it."""

    def __init__(self, snapshot: Snapshot, view: NightView, names: Sequence[str]) -> None:
        self._view, self._cuts = view, snapshot.cuts or NO_CUTS
        fates, self._candid = snapshot.fates, view.column("candid")
        rows = len(fates)
        far = margins(self._cuts, fates, view)
        order = np.lexsort((self._candid[:rows], fates.failures, far, fates.failures > 0))
        numbers, place = np.unique(view.object_of[:rows][order], return_index=True)
        self._place = {names[number]: at for number, at in zip(numbers.tolist(), place.tolist(), strict=True)}
        self._order = order

    def best_of(self, classes: Sequence[ClassReckoned]) -> Missed | None:
        """Return the nearest of what was missed of these classes."""
        there = [(self._place[name], name, one.name) for one in classes for name in one.missed if name in self._place]
        if not there:
            return None
        place, name, kind = min(there)
        row = int(self._order[place])
        lost_at = tuple(
            stage.name
            for stage in self._cuts.stages
            if stage.enabled and stage.judge(self._view, row, row + 1).failed[0]
        )
        return Missed(name, int(self._candid[row]), kind, lost_at, place)

    def explain(self, missed: Missed) -> AlertExplained:
        """Say what every stage makes of it."""
        return explain_row(self._cuts, self._view, int(self._order[missed.place]))
