"""What a stage cuts on: the number in its condition that is held against a threshold."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from huntui.funnel.language.check import names_in
from huntui.funnel.language.evaluate import Evaluator
from huntui.funnel.language.table import Floats, Table, Values
from huntui.funnel.language.tree import Arithmetic, Call, Comparison, Junction, Name, Negate, Node, Not, Number
from huntui.funnel.stage import Stage

_NUMBERS = (Number, Name, Negate, Arithmetic, Call)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a stage compares, and what it compares it with."""

    stage: Stage
    value: Node
    limit: Node

    @property
    def text(self) -> str:
        """The number as the condition writes it."""
        span = self.value.span
        return " ".join(self.stage.keep[span.place : span.place + span.length].split())

    def threshold(self) -> float:
        """Return what the number is held against, with the knobs as they stand; NaN where that is no number."""
        return float(self._evaluate(_NoTable(), 0, 0, self.limit))

    def values(self, table: Table, start: int, stop: int) -> Floats:
        """Return the number for the rows `start` to `stop` (exclusive), NaN where it is null."""
        return np.broadcast_to(self._evaluate(table, start, stop, self.value), (stop - start,))

    def _evaluate(self, table: Table, start: int, stop: int, node: Node) -> Floats:
        with np.errstate(all="ignore"):
            return Evaluator(table, start, stop, self.stage.expression.kinds, self.stage.values()).number(node)


class _NoTable:
    """What a threshold is evaluated on: it reads no columns."""

    def column(self, name: str) -> Values:
        raise KeyError(name)

    def text_code(self, text: str) -> int:
        raise KeyError(text)


def quantity(stage: Stage, knob: str | None) -> Quantity | None:
    """Return what a knob of a stage is held against, or without a knob the first number that the condition compares.

    None where the condition compares no number with something that is the same for every alert.
    """
    for found in _compared(stage):
        if knob is None or knob in names_in(found.limit):
            return found
    return None


def _compared(stage: Stage) -> Iterator[Quantity]:
    for comparison in _comparisons(stage.expression.tree):
        for pair in pairwise(comparison.operands):
            if not all(isinstance(node, _NUMBERS) for node in pair):
                continue
            for value, limit in (pair, pair[::-1]):
                if _is_number(stage, value) and not _columns(stage, limit) and _columns(stage, value):
                    yield Quantity(stage, value, limit)


def _columns(stage: Stage, node: Node) -> set[str]:
    return set(names_in(node)) - stage.knobs.keys()


def _is_number(stage: Stage, node: Node) -> bool:
    return not isinstance(node, Name) or stage.expression.kinds.get(node.name) == "number"


def _comparisons(node: Node) -> Iterator[Comparison]:
    match node:
        case Comparison():
            yield node
        case Not(operand):
            yield from _comparisons(operand)
        case Junction(_, operands):
            for operand in operands:
                yield from _comparisons(operand)
        case Call(_, arguments):
            for argument in arguments:
                yield from _comparisons(argument)
