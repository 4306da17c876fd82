"""The front door of the language: compile an expression once, evaluate it over any rows of any table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from huntui.funnel.language.check import Checker, names_in
from huntui.funnel.language.evaluate import Evaluator
from huntui.funnel.language.parse import parse
from huntui.funnel.language.table import Bools, Kind, Table
from huntui.funnel.language.tree import Node, Span, trouble

BLOCK = 32768
"""Rows evaluated at a time: they fit the processor's cache, and they bound the memory that an expression takes."""

_MIND_NULLS = ("isnull", "coalesce")
"""Functions that make something of a null."""


class Answer(NamedTuple):
    """What an expression says of each row: yes, unknown, or no where it is neither."""

    yes: Bools
    unknown: Bools


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition that was parsed and checked; immutable, and bound to no table."""

    text: str
    tree: Node
    kinds: Mapping[str, Kind]
    """Kind of each column that it reads."""
    knobs: frozenset[str]
    """Knobs that it reads."""

    @property
    def names(self) -> frozenset[str]:
        """Every column and knob that it reads."""
        return self.knobs | self.kinds.keys()

    @property
    def asks_for_nulls(self) -> bool:
        """Whether it may make an answer of a null; true at times where it does not, and never false where it does."""
        return any(f"{function}(" in "".join(self.text.split()) for function in _MIND_NULLS)

    def evaluate(self, table: Table, start: int, stop: int, knobs: Mapping[str, float] | None = None) -> Answer:
        """Return the answers for the rows `start` to `stop` (exclusive); `knobs` has a value for each knob."""
        values = {name: (knobs or {})[name] for name in self.knobs}
        answer = Answer(np.empty(stop - start, np.bool_), np.empty(stop - start, np.bool_))
        with np.errstate(all="ignore"):
            for first in range(start, stop, BLOCK):
                last = min(first + BLOCK, stop)
                yes, no = Evaluator(table, first, last, self.kinds, values).logical(self.tree)
                answer.yes[first - start : last - start] = yes
                answer.unknown[first - start : last - start] = ~(yes | no)
        return answer


def compile_expression(text: str, kinds: Mapping[str, Kind], knobs: Collection[str] = ()) -> Expression:
    """Parse and check a condition over the columns of `kinds` and the named `knobs`, which are numbers.

    Raises `ExpressionError`, and nothing else, for whatever is not a condition.
    """
    tree = parse(text)
    kind = Checker(text, kinds, knobs).kind(tree)
    if kind != "logical":
        what = f"the expression gives a {kind}, not a condition,"
        raise trouble(what, text, Span(0, len(text)), " Compare it with something, as in drb >= 0.65.")
    names = set(names_in(tree))
    columns = {name: kinds[name] for name in sorted(names) if name not in knobs}
    return Expression(text, tree, columns, frozenset(names.intersection(knobs)))


def columns_used(expression: Expression) -> frozenset[str]:
    """Return the columns that an expression reads."""
    return frozenset(expression.kinds)
