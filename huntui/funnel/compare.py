"""Two sets of cuts over the same alerts: what each makes of them, and what only one of them keeps."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huntui.funnel.counts import StageCount
from huntui.funnel.cuts import Cuts
from huntui.funnel.fates import SURVIVED, Fates
from huntui.funnel.funnel import Alerts, Funnel
from huntui.funnel.language.table import Bools


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a set of cuts made of some alerts."""

    cuts: Cuts
    stages: tuple[StageCount, ...]
    fates: Fates

    @property
    def survives(self) -> Bools:
        """Whether each alert passes every stage that is switched on."""
        return np.asarray(self.fates.failures == 0)

    def rejected_by(self, row: int) -> str:
        """Return the name of the first stage that rejects the alert in a row; empty where none does."""
        place = int(self.fates.first[row])
        return "" if place == SURVIVED else self.cuts.stages[place].name

    def losses(self) -> tuple[tuple[str, int], ...]:
        """Return each stage that is the first to reject some alerts, and how many, in the order of the funnel."""
        numbers = np.bincount(self.fates.first, minlength=SURVIVED + 1)
        stages = zip(self.cuts.stages, numbers.tolist(), strict=False)
        return tuple((stage.name, number) for stage, number in stages if number)


def outcome(cuts: Cuts, table: Alerts | None) -> Outcome:
    """Return what cuts make of all alerts of a table, in a funnel of its own; None is a night of which nothing came."""
    funnel = Funnel(cuts)
    if table is not None:
        funnel.extend(table)
    return Outcome(cuts, funnel.counts(), funnel.fates())


@dataclass(frozen=True, slots=True)
class Split:
    """Things that at least one of two sides keeps; each mask has a value per thing."""

    gained: Bools
    """B keeps it, A does not."""
    lost: Bools
    """A keeps it, B does not."""
    common: Bools
    """Both keep it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes where B takes the place of A."""

    a: Outcome
    b: Outcome
    alerts: Split
    """By the row of each alert."""
    objects: Split
    """By the number of each object; one is kept where at least one of its alerts survives."""


def compare(a: Outcome, b: Outcome, object_of: npt.NDArray[np.integer], objects: int) -> Difference:
    """Compare two outcomes over the same table.

    `object_of` is the number of each alert's object, from 0 to `objects` - 1. Raises `ValueError` where the outcomes
    are not of the same number of alerts.
    """
    if len(a.fates) != len(b.fates):
        raise ValueError(f"outcomes of {len(a.fates)} and {len(b.fates)} alerts cannot be compared")
    ours, theirs = a.survives, b.survives
    kept = (_objects(survives, object_of, objects) for survives in (ours, theirs))
    return Difference(a, b, _split(ours, theirs), _split(*kept))


def _split(a: Bools, b: Bools) -> Split:
    return Split(b & ~a, a & ~b, a & b)


def _objects(survives: Bools, object_of: npt.NDArray[np.integer], objects: int) -> Bools:
    kept = np.zeros(objects, np.bool_)
    kept[object_of[: len(survives)][survives]] = True
    return kept
