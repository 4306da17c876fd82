"""What a comparison needs of a number for an alert to be kept, and by how much an alert misses it."""

from dataclasses import dataclass

import numpy as np

from huntui.funnel.distribution import NO_MATCH
from huntui.funnel.language.check import names_in
from huntui.funnel.language.evaluate import Evaluator
from huntui.funnel.language.functions import FUNCTIONS
from huntui.funnel.language.table import Bools, Floats
from huntui.funnel.language.tree import Call, Name, Node, Number, Order, Text
from huntui.funnel.stage import Stage

_OPPOSITE: dict[Order, Order] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_MIRRORED: dict[Order, Order] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_LABELS = frozenset(
    {"candid", "fid", "field", "nid", "objectidps1", "objectidps2", "objectidps3", "pid", "programid", "rcid"}
    | {"rfid", "tblid", "tooflag"}
)
"""Columns whose numbers name something: 2 is not nearer to 1 than 3 is."""


@dataclass(frozen=True, slots=True)
class Need:
    """A number and where it must lie: `value order threshold`."""

    value: Node
    order: Order
    threshold: Node

    def difference(self, evaluator: Evaluator) -> Floats:
        """Return value - threshold of each row; NaN where either is null, infinite, or “no match” (-999)."""
        with np.errstate(all="ignore"):
            difference = evaluator.number(self.value) - evaluator.number(self.threshold)
            known = np.isfinite(difference) & self._matched(evaluator)
            return np.where(known, difference, np.nan)

    def met(self, difference: Floats) -> Bools:
        """Return where such a difference is as needed; where it is NaN it is not."""
        match self.order:
            case "<":
                return np.asarray(difference < 0)
            case "<=":
                return np.asarray(difference <= 0)
            case ">":
                return np.asarray(difference > 0)
            case ">=":
                return np.asarray(difference >= 0)
            case "==":
                return np.asarray(difference == 0)
        return np.asarray(difference != 0) & ~np.isnan(difference)

    @property
    def by_degree(self) -> bool:
        """Whether a number can miss it by more or less: nobody is nearly another field, or nearly not 3."""
        return self.order != "!=" and not _LABELS & {*names_in(self.value), *names_in(self.threshold)}

    @property
    def below_zero(self) -> bool:
        """Whether it needs a number below a 0 that is written in the text."""
        return self.order in ("<", "<=") and isinstance(self.threshold, Number) and self.threshold.value == 0

    def in_vain(self, differences: Floats) -> bool:
        """Return whether it is no matter of degree, with the differences of the whole night.

        `0 <= distnr` tells a match from -999. Whoever must fail it would need a distance below 0, and however close
        that is, there is none: no alert of the night is below that 0.
        """
        return self.below_zero and not bool(self.met(differences).any())

    def _matched(self, evaluator: Evaluator) -> Bools:
        matched = np.ones((), np.bool_)
        for node in (self.value, self.threshold):
            for name in set(names_in(node)) - evaluator.knobs.keys():
                if evaluator.kinds[name] == "number":
                    matched = matched & ~(evaluator.number(Name(name, node.span)) <= NO_MATCH)
        return matched


def need(stage: Stage, order: Order, left: Node, right: Node, *, wanted: bool) -> Need | None:
    """Return what a comparison needs, None where it compares no numbers.

    It is `wanted` to hold, or to fail: below an odd number of `not`.
    """
    if not _is_number(stage, left):
        return None
    order = order if wanted else _OPPOSITE[order]
    reads_columns = not set(names_in(left)) <= stage.knobs.keys()
    return Need(left, order, right) if reads_columns else Need(right, _MIRRORED[order], left)


def _is_number(stage: Stage, node: Node) -> bool:
    match node:
        case Text():
            return False
        case Name(name):
            return name in stage.knobs or stage.expression.kinds[name] == "number"
        case Call(function):
            return FUNCTIONS[function].result == "number"
    return True
