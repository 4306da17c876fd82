"""Near misses: the rejected alerts, sorted by how little they failed.

How far a comparison is from what the stage needs is |value - threshold|, in the units of the value. To be added up with
those of other comparisons it is divided by the scale of that comparison: the width of the middle half (the distance
between the quartiles) of value - threshold over all alerts of the night that have one. A margin of 1 is then as much as
lies between ordinary alerts of that night, whatever the unit and however wide the knob's range was written, and the
few wild values that every night has do not count. The scale does not depend on where a threshold that is the same for
every alert stands, nor on the other stages, so that turning such a knob changes margins and no scale. Where the middle
half of the night shares one value, the width of the middle nine tenths is taken, then that of the whole; where the
whole night shares it, the scale is 1 in its own unit.

What fails together is added: `and`, and all stages that are switched on. Of alternatives the nearest counts: `or`.
Below a `not` the two are exchanged. To a stage that keeps what is missing, unknown is as good as the right answer.
What no number can be nearly is no matter of degree: texts, missing and unknown values, “no match” (-999), labels such
as a field, `in`, `!=`. An alert that needs such a thing has no margin, and is not among the near misses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from huntui.funnel.cuts import Cuts
from huntui.funnel.explain import Explained, explain_stage
from huntui.funnel.fates import Fates
from huntui.funnel.funnel import Alerts
from huntui.funnel.language.evaluate import Evaluator
from huntui.funnel.language.expression import BLOCK
from huntui.funnel.language.table import Floats
from huntui.funnel.language.tree import Comparison, Junction, Node, Not
from huntui.funnel.need import Need, need
from huntui.funnel.stage import Stage

_WIDTHS = ((25.0, 75.0), (5.0, 95.0), (0.0, 100.0))
"""Percentiles between which the scale is, the first pair that are apart: nearly all alerts may share one value."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A stage that rejects an alert, and by how much."""

    explained: Explained
    margin: float
    """In scales; 0 for a value that stands on its threshold and must not."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rejected alert."""

    row: int
    margin: float
    """Sum over the stages."""
    stages: tuple[Missed, ...]
    """Those that reject it, in order."""


@dataclass(frozen=True, slots=True)
class NearMisses:
    """The nearest of the alerts that are rejected."""

    nearest: tuple[NearMiss, ...]
    """By margin, then by candid; of each object the nearest alert only."""
    by_degree: int
    """Rejected alerts that have a margin."""
    otherwise: int
    """Those that have none, since no number is only a little wrong."""


def near_misses(
    cuts: Cuts,
    fates: Fates,
    table: Alerts,
    candid: npt.NDArray[np.int64],
    object_of: npt.NDArray[np.integer],
    most: int,
) -> NearMisses:
    """Return the `most` objects with a rejected alert that failed by the least, each by its nearest alert.

    `candid` and `object_of` are the identifier of each alert and the number of its object.
    """
    parts = {stage.name: _Failing(stage, table, len(fates)) for stage in cuts.stages if stage.enabled}
    sums = _sums(list(parts.values()), len(fates))
    rejected = fates.failures > 0
    missed = np.flatnonzero(rejected & np.isfinite(sums))
    missed = missed[np.lexsort((candid[missed], sums[missed]))]
    _, first = np.unique(object_of[missed], return_index=True)
    nearest = missed[np.sort(first)[: max(0, most)]]
    return NearMisses(
        tuple(
            NearMiss(row, float(sums[row]), tuple(_missed(parts, cuts, fates, table, row))) for row in nearest.tolist()
        ),
        len(missed),
        int(np.count_nonzero(rejected)) - len(missed),
    )


def margins(cuts: Cuts, fates: Fates, table: Alerts) -> Floats:
    """Return by how much each alert fails in all: 0 for a survivor, infinite for one that has no margin."""
    return _sums([_Failing(stage, table, len(fates)) for stage in cuts.stages if stage.enabled], len(fates))


def _sums(parts: Sequence["_Failing"], rows: int) -> Floats:
    """Return by how much each alert fails in all."""
    sums = np.zeros(rows)
    for start in range(0, rows, BLOCK):
        stop = min(start + BLOCK, rows)
        for part in parts:
            sums[start:stop] += part.margins(start, stop)
    return sums


def _missed(parts: dict[str, "_Failing"], cuts: Cuts, fates: Fates, table: Alerts, row: int) -> Iterator[Missed]:
    """Yield the stages that reject an alert; of the first of them, and of how many there are, the fates know."""
    first, left = int(fates.first[row]), int(fates.failures[row])
    for place in range(first, len(cuts.stages)):
        stage = cuts.stages[place]
        if left and stage.enabled and (place == first or stage.judge(table, row, row + 1).failed[0]):
            (margin,) = np.broadcast_to(parts[stage.name].margins(row, row + 1), 1).tolist()
            yield Missed(explain_stage(stage, table, row), margin)
            left -= 1


@dataclass(frozen=True, slots=True)
class _One:
    """A comparison, or another condition that is not made of conditions."""

    node: Node
    wanted: bool
    """Whether the stage wants it to hold; False below a `not`."""
    need: Need | None
    scale: float | None
    """None where it is no matter of degree."""

    def margins(self, evaluator: Evaluator, *, unknown_will_do: bool) -> Floats:
        """Return by how much it fails in each row: 0 where it does not, infinite where no number is a little wrong."""
        answer = evaluator.logical(self.node)
        right, wrong = (answer.yes, answer.no) if self.wanted else (answer.no, answer.yes)
        content = ~wrong if unknown_will_do else right
        if self.need is None or self.scale is None:
            return np.where(content, 0.0, np.inf)
        far = np.abs(self.need.difference(evaluator)) / self.scale
        return np.where(content, 0.0, np.where(np.isnan(far), np.inf, far))


@dataclass(frozen=True, slots=True)
class _Several:
    """Conditions of which all must be as wanted, or any one."""

    parts: tuple["_One | _Several", ...]
    all_of: bool

    def margins(self, evaluator: Evaluator, *, unknown_will_do: bool) -> Floats:
        """Return by how much they fail in each row."""
        margins = (part.margins(evaluator, unknown_will_do=unknown_will_do) for part in self.parts)
        return reduce(np.add if self.all_of else np.minimum, margins)


class _Failing:
    """By how much one stage rejects each alert of a night of so many rows."""

    def __init__(self, stage: Stage, table: Alerts, rows: int) -> None:
        self._stage, self._table, self._rows = stage, table, rows
        self._part = self._taken_apart(stage.expression.tree, wanted=True)

    def margins(self, start: int, stop: int) -> Floats:
        """Return the margins of the rows `start` to `stop` (exclusive); of no dimension where all are the same."""
        with np.errstate(all="ignore"):
            return self._part.margins(self._evaluator(start, stop), unknown_will_do=self._stage.missing == "keep")

    def _evaluator(self, start: int, stop: int) -> Evaluator:
        return Evaluator(self._table, start, stop, self._stage.expression.kinds, self._stage.values())

    def _taken_apart(self, node: Node, *, wanted: bool) -> _One | _Several:
        match node:
            case Not(operand):
                return self._taken_apart(operand, wanted=not wanted)
            case Junction(word, operands):
                parts = tuple(self._taken_apart(operand, wanted=wanted) for operand in operands)
                return _Several(parts, (word == "and") is wanted)
            case Comparison((order,), (left, right)):
                what = need(self._stage, order, left, right, wanted=wanted)
                return _One(node, wanted, what, self._scale(what))
            case Comparison(orders, operands):
                links = zip(orders, pairwise(operands), strict=True)
                return _Several(
                    tuple(
                        self._taken_apart(Comparison((order,), pair, node.span), wanted=wanted) for order, pair in links
                    ),
                    wanted,
                )
        return _One(node, wanted, None, None)

    def _scale(self, what: Need | None) -> float | None:
        if what is None or not what.by_degree:
            return None
        differences = np.empty(self._rows)
        for start in range(0, self._rows, BLOCK):
            stop = min(start + BLOCK, self._rows)
            differences[start:stop] = what.difference(self._evaluator(start, stop))
        if what.in_vain(differences):
            return None
        known = differences[~np.isnan(differences)]
        for ends in _WIDTHS if len(known) else ():
            low, high = np.percentile(known, ends).tolist()
            if high > low:
                return float(high - low)
        return 1.0
