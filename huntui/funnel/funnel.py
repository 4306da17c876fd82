"""The funnel: cuts applied to a night that still grows, with one mask per stage that is kept.

A changed knob recomputes the masks of its stage and no other; switching a stage, or moving it, recomputes none. Of a
night in the order of time only the first alerts may be looked at, and at times fewer than before: what was answered of
the others is kept until they are there again. A funnel belongs to one thread.

Where a stage reads the score of a model that was not asked about an alert yet, the alert waits there: it goes no
further, as if it failed, and is counted neither as rejected nor as unknown. `wanting` says which alerts have to be
scored, so that all counts become right.
"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from huntui.funnel.counts import StageCount
from huntui.funnel.cuts import Cuts
from huntui.funnel.fates import SURVIVED, Fates
from huntui.funnel.language.table import Bools, Table
from huntui.funnel.stage import Stage


class Alerts(Table, Protocol):
    """The columns of a night, a row per alert; rows come and go at the end, and change only where somebody says so."""

    def __len__(self) -> int: ...


@runtime_checkable
class Scored(Protocol):
    """A table with columns of which some values are computed when somebody wants them."""

    def pending(self, name: str) -> Bools | None:
        """Return which rows have no value yet in a column; None for a column that is there."""
        ...


class _Growing:
    """An array of booleans that grows at its end; its memory doubles, so that appending is cheap."""

    def __init__(self) -> None:
        self._buffer = np.empty(1024, np.bool_)
        self._length = 0

    def append(self, values: Bools) -> None:
        needed = self._length + len(values)
        if needed > len(self._buffer):
            larger = np.empty(max(needed, 2 * len(self._buffer)), np.bool_)
            larger[: self._length] = self.first(self._length)
            self._buffer = larger
        self._buffer[self._length : needed] = values
        self._length = needed

    def __len__(self) -> int:
        return self._length

    def first(self, rows: int) -> Bools:
        return self._buffer[:rows]


@dataclass(slots=True)
class _Masks:
    """What a condition says of every alert that was ever seen, from the first row on."""

    failed: _Growing = field(default_factory=_Growing)
    unknown: _Growing = field(default_factory=_Growing)
    waiting: _Growing | None = None
    """Which alerts wait for a score; None where the stage reads none."""

    def extend(self, stage: Stage, table: Table, stop: int) -> None:
        start = len(self.failed)
        if start < stop:
            judged = stage.judge(table, start, stop)
            failed, unknown = judged
            waits = _waits(stage, table, start, stop, unknown)
            if waits is not None:
                failed, unknown = failed | waits, unknown & ~waits
                self.waiting = self.waiting or _Growing()
                self.waiting.append(waits)
            self.failed.append(failed)
            self.unknown.append(unknown)


class Funnel:
    """Cuts and what they make of the alerts of a table, as many as it had when `extend` met it last."""

    def __init__(self, cuts: Cuts) -> None:
        self._cuts = cuts
        self._masks = [_Masks() for _ in cuts.stages]
        self._rows = 0

    @property
    def cuts(self) -> Cuts:
        """The cuts in force."""
        return self._cuts

    def __len__(self) -> int:
        """Alerts of the table."""
        return self._rows

    def extend(self, table: Alerts, changed: Collection[str] = ()) -> None:
        """Evaluate the rows of the table that were never there before, and no others; it may also have lost some.

        A stage that reads one of the columns that `changed` from the first row on is evaluated anew.
        """
        rows = len(table)
        for place, (stage, masks) in enumerate(zip(self._cuts.stages, [*self._masks], strict=True)):
            kept = masks if stage.expression.kinds.keys().isdisjoint(changed) else _Masks()
            kept.extend(stage, table, rows)
            self._masks[place] = kept
        self._rows = rows

    def recut(self, cuts: Cuts, table: Alerts) -> None:
        """Put other cuts in force; what a stage of the old ones has already answered is not asked again."""
        known = {_question(stage): masks for stage, masks in zip(self._cuts.stages, self._masks, strict=True)}
        masks = []
        for stage in cuts.stages:
            found = known.pop(_question(stage), None) or _Masks()
            found.extend(stage, table, self._rows)
            masks.append(found)
        self._cuts, self._masks = cuts, masks

    @property
    def survivors(self) -> Bools:
        """Whether each alert passes every stage that is switched on; a new array, one value per alert."""
        survivors: Bools = self._failures() == 0
        return survivors

    def fates(self) -> Fates:
        """Return what became of each alert of the table."""
        # Counted down from the end, the first stage that an alert fails is the largest: a maximum needs no branches.
        from_the_end = np.zeros(self._rows, np.uint8)
        for place, (stage, masks) in enumerate(zip(self._cuts.stages, self._masks, strict=True)):
            if stage.enabled:
                failed = masks.failed.first(self._rows).view(np.uint8) * np.uint8(SURVIVED - place)
                np.maximum(from_the_end, failed, out=from_the_end)
        return Fates(SURVIVED - from_the_end, self._failures())

    def counts(self, fates: Fates | None = None) -> tuple[StageCount, ...]:
        """Return what each stage did, in order; `fates` are those of this moment, where they are known already."""
        fates = fates or self.fates()
        counts, entered = [], self._rows
        for place, (stage, masks) in enumerate(zip(self._cuts.stages, self._masks, strict=True)):
            waits = None if masks.waiting is None else masks.waiting.first(self._rows)
            counts.append(_count(stage, place, entered, fates, masks.unknown.first(self._rows), waits))
            entered = counts[-1].passed
        return tuple(counts)

    def wanting(self) -> dict[str, npt.NDArray[np.int64]]:
        """Return the rows that have to be scored for each column of a score, the most urgent first.

        An alert that reaches a stage decides what comes through it. One that a single other stage keeps from there (or
        stops behind it) decides what that stage alone rejects. No others matter to any count.
        """
        found: dict[str, list[npt.NDArray[np.int64]]] = {}
        fates: Fates | None = None
        for place, (stage, masks) in enumerate(zip(self._cuts.stages, self._masks, strict=True)):
            if masks.waiting is None or not stage.enabled:
                continue
            fates = fates or self.fates()
            waits = masks.waiting.first(self._rows)
            reach = waits & (fates.first == place)
            nearly = waits & ~reach & (fates.failures <= 2)
            for column in stage.expression.kinds:
                found.setdefault(column, []).extend((np.flatnonzero(reach), np.flatnonzero(nearly)))
        return {column: np.concatenate(rows) for column, rows in found.items()}

    def _failures(self) -> npt.NDArray[np.uint8]:
        """Return how many of the stages that are switched on each alert fails."""
        failures = np.zeros(self._rows, np.uint8)
        for stage, masks in zip(self._cuts.stages, self._masks, strict=True):
            if stage.enabled:
                failures += masks.failed.first(self._rows)
        return failures


def _question(stage: Stage) -> Hashable:
    """Return what a stage's masks depend on."""
    return stage.keep, tuple(sorted(stage.values().items())), stage.missing


def _waits(stage: Stage, table: Table, start: int, stop: int, unknown: Bools) -> Bools | None:
    """Return which rows wait for a score, None where the stage reads none; any may, whose answer it can change."""
    if not isinstance(table, Scored):
        return None
    parts = [part for part in map(table.pending, stage.expression.kinds) if part is not None]
    if not parts:
        return None
    pending: Bools = np.logical_or.reduce([part[start:stop] for part in parts])
    # A condition that asks for nulls answers where a score is not there yet, and would answer otherwise.
    return pending if stage.expression.asks_for_nulls else pending & unknown


def _count(stage: Stage, place: int, entered: int, fates: Fates, unclear: Bools, waits: Bools | None) -> StageCount:
    rejected = only_here = unknown = waiting = 0
    if stage.enabled:
        stopped, alone = fates.first == place, fates.fail_only(place)
        if waits is not None:
            waiting = int(np.count_nonzero(stopped & waits))
            stopped, alone = stopped & ~waits, alone & ~waits
        rejected = int(np.count_nonzero(stopped))
        only_here = int(np.count_nonzero(alone))
        unknown = int(np.count_nonzero(fates.reach(place) & unclear))
    return StageCount(
        name=stage.name,
        title=stage.title,
        keep=stage.keep,
        enabled=stage.enabled,
        knobs=stage.knob_states(),
        entered=entered,
        passed=entered - rejected - waiting,
        rejected=rejected,
        rejected_only_here=only_here,
        unknown=unknown,
        waiting=waiting,
    )
