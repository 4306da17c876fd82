"""The funnel: cuts applied to a night that still grows, with one mask per stage that is kept.

A changed knob recomputes the masks of its stage and no other; switching a stage, or moving it, recomputes none.
A funnel belongs to one thread.
"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from huntui.funnel.counts import StageCount
from huntui.funnel.cuts import Cuts
from huntui.funnel.fates import SURVIVED, Fates
from huntui.funnel.language.table import Bools, Table
from huntui.funnel.stage import Stage


class Alerts(Table, Protocol):
    """The columns of a night, a row per alert; rows are added and never change, unless somebody says so."""

    def __len__(self) -> int: ...


class _Growing:
    """An array of booleans that grows at its end; its memory doubles, so that appending is cheap."""

    def __init__(self) -> None:
        self._buffer = np.empty(1024, np.bool_)
        self._length = 0

    def append(self, values: Bools) -> None:
        needed = self._length + len(values)
        if needed > len(self._buffer):
            larger = np.empty(max(needed, 2 * len(self._buffer)), np.bool_)
            larger[: self._length] = self.values
            self._buffer = larger
        self._buffer[self._length : needed] = values
        self._length = needed

    @property
    def values(self) -> Bools:
        return self._buffer[: self._length]


@dataclass(slots=True)
class _Masks:
    """What a condition says of every alert so far."""

    failed: _Growing = field(default_factory=_Growing)
    unknown: _Growing = field(default_factory=_Growing)

    def extend(self, stage: Stage, table: Table, start: int, stop: int) -> None:
        judged = stage.judge(table, start, stop)
        self.failed.append(judged.failed)
        self.unknown.append(judged.unknown)


class Funnel:
    """Cuts and what they make of the alerts seen so far; an alert is seen once `extend` has met its row."""

    def __init__(self, cuts: Cuts) -> None:
        self._cuts = cuts
        self._masks = [_Masks() for _ in cuts.stages]
        self._rows = 0

    @property
    def cuts(self) -> Cuts:
        """The cuts in force."""
        return self._cuts

    def __len__(self) -> int:
        """Alerts seen."""
        return self._rows

    def extend(self, table: Alerts, changed: Collection[str] = ()) -> None:
        """Evaluate the rows that were added to the table since the last time, and no others.

        A stage that reads one of the columns that `changed` from the first row on is evaluated anew.
        """
        rows = len(table)
        for place, (stage, masks) in enumerate(zip(self._cuts.stages, self._masks, strict=True)):
            if stage.expression.kinds.keys().isdisjoint(changed):
                masks.extend(stage, table, self._rows, rows)
            else:
                self._masks[place] = _Masks()
                self._masks[place].extend(stage, table, 0, rows)
        self._rows = rows

    def recut(self, cuts: Cuts, table: Alerts) -> None:
        """Put other cuts in force; what a stage of the old ones has already answered is not asked again."""
        known = {_question(stage): masks for stage, masks in zip(self._cuts.stages, self._masks, strict=True)}
        masks = []
        for stage in cuts.stages:
            found = known.pop(_question(stage), None)
            if found is None:
                found = _Masks()
                found.extend(stage, table, 0, self._rows)
            masks.append(found)
        self._cuts, self._masks = cuts, masks

    @property
    def survivors(self) -> Bools:
        """Whether each alert passes every stage that is switched on; a new array, one value per alert seen."""
        survivors: Bools = self._failures() == 0
        return survivors

    def fates(self) -> Fates:
        """Return what became of each alert seen so far."""
        # Counted down from the end, the first stage that an alert fails is the largest: a maximum needs no branches.
        from_the_end = np.zeros(self._rows, np.uint8)
        for place, (stage, masks) in enumerate(zip(self._cuts.stages, self._masks, strict=True)):
            if stage.enabled:
                failed = masks.failed.values.view(np.uint8) * np.uint8(SURVIVED - place)
                np.maximum(from_the_end, failed, out=from_the_end)
        return Fates(SURVIVED - from_the_end, self._failures())

    def counts(self, fates: Fates | None = None) -> tuple[StageCount, ...]:
        """Return what each stage did, in order; `fates` are those of this moment, where they are known already."""
        fates = fates or self.fates()
        counts, entered = [], self._rows
        for place, (stage, masks) in enumerate(zip(self._cuts.stages, self._masks, strict=True)):
            counts.append(_count(stage, place, entered, fates, masks.unknown.values))
            entered = counts[-1].passed
        return tuple(counts)

    def _failures(self) -> npt.NDArray[np.uint8]:
        """Return how many of the stages that are switched on each alert fails."""
        failures = np.zeros(self._rows, np.uint8)
        for stage, masks in zip(self._cuts.stages, self._masks, strict=True):
            if stage.enabled:
                failures += masks.failed.values
        return failures


def _question(stage: Stage) -> Hashable:
    """Return what a stage's masks depend on."""
    return stage.keep, tuple(sorted(stage.values().items())), stage.missing


def _count(stage: Stage, place: int, entered: int, fates: Fates, unclear: Bools) -> StageCount:
    rejected = only_here = unknown = 0
    if stage.enabled:
        rejected = int(np.count_nonzero(fates.first == place))
        only_here = int(np.count_nonzero(fates.fail_only(place)))
        unknown = int(np.count_nonzero(fates.reach(place) & unclear))
    return StageCount(
        name=stage.name,
        title=stage.title,
        keep=stage.keep,
        enabled=stage.enabled,
        knobs=stage.knob_states(),
        entered=entered,
        passed=entered - rejected,
        rejected=rejected,
        rejected_only_here=only_here,
        unknown=unknown,
    )
