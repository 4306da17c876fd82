"""From tree to answers: one pass of NumPy over the columns, with Kleene's three-valued logic.

Numbers are compared as float64, in which every float32 and int32 has exactly the value Python would see; integer
columns meet integers as int64, so that a `candid` beyond 2^53 compares exactly.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from huntui.columns import NULL_I4, NULL_I8, NULL_TEXT
from huntui.funnel.language.functions import FUNCTIONS, Logical, power
from huntui.funnel.language.table import Bools, Floats, Kind, Table, Values
from huntui.funnel.language.tree import (
    Arithmetic,
    Call,
    Comparison,
    Junction,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Order,
    Text,
    Truth,
    Within,
)

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": power,
    "%": operator.mod,
}
_ORDERS: dict[Order, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_OPPOSITE: dict[Order, Order] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_NULL_INTEGER = {4: NULL_I4, 8: NULL_I8}


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Evaluates a checked tree over the rows `start` to `stop` of a table."""

    table: Table
    start: int
    stop: int
    kinds: Mapping[str, Kind]
    knobs: Mapping[str, float]

    def logical(self, node: Node) -> Logical:
        """Return the answers of a condition; arrays of no dimension where they are the same for every row."""
        match node:
            case Truth(value):
                return Logical(np.asarray(value), np.asarray(not value))
            case Name(name):
                return _as_logical(self._column(name))
            case Not(operand):
                inner = self.logical(operand)
                return Logical(inner.no, inner.yes)
            case Junction(word, operands):
                return reduce(_both if word == "and" else _either, map(self.logical, operands))
            case Comparison():
                return self._comparison(node)
            case Within():
                return self._within(node)
            case Call():
                answers: Logical = self._call(node)
                return answers
        raise AssertionError(f"the checker let {type(node).__name__} pass as a condition")

    def number(self, node: Node) -> Floats:
        """Return the values of a number as float64, NaN where they are null."""
        match node:
            case Number(value):
                return np.asarray(value, np.float64)
            case Name(name):
                knob = self.knobs.get(name)
                return _as_floats(self._column(name)) if knob is None else np.asarray(knob, np.float64)
            case Negate(operand):
                return -self.number(operand)
            case Arithmetic(symbol, left, right):
                result: Floats = _OPERATORS[symbol](self.number(left), self.number(right))
                return result
            case Call():
                values: Floats = self._call(node)
                return values
        raise AssertionError(f"the checker let {type(node).__name__} pass as a number")

    def _text(self, node: Node) -> Values | int:
        match node:
            case Text(value):
                return self.table.text_code(value)
            case Name(name):
                return self._column(name)
        raise AssertionError(f"the checker let {type(node).__name__} pass as a text")

    def _column(self, name: str) -> Values:
        return self.table.column(name)[self.start : self.stop]

    def _kind(self, node: Node) -> Kind:
        match node:
            case Text():
                return "text"
            case Name(name):
                return "number" if name in self.knobs else self.kinds[name]
            case Call(function):
                return FUNCTIONS[function].result
            case Number() | Negate() | Arithmetic():
                return "number"
        return "logical"

    def _comparison(self, node: Comparison) -> Logical:
        is_text = self._kind(node.operands[0]) == "text"
        links = zip(node.orders, pairwise(self._alike(node.operands)), strict=True)
        return reduce(_both, (_compare(order, left, right, is_text) for order, (left, right) in links))

    def _within(self, node: Within) -> Logical:
        values, *choices = self._alike((node.operand, *node.choices))
        null = _null(values, self._kind(node.operand) == "text")
        found = reduce(np.logical_or, (values == choice for choice in choices))
        answer = Logical(found & ~null, ~(found | null))
        return Logical(answer.no, answer.yes) if node.negated else answer

    def _alike(self, nodes: tuple[Node, ...]) -> Iterator[Any]:
        """Yield what is to be compared: codes of texts, integers where all are, else float64.

        One after the other, so that a long chain takes no more memory than a short one.
        """
        if self._kind(nodes[0]) == "text":
            return map(self._text, nodes)
        integers = [self._integer(node) for node in nodes]
        if any(values is None for values in integers):
            return map(self.number, nodes)
        return iter(integers)

    def _integer(self, node: Node) -> Values | int | None:
        match node:
            case Number(int(value)):
                return value
            case Name(name) if name not in self.knobs:
                column = self._column(name)
                return column if column.dtype.kind == "i" else None
        return None

    def _call(self, node: Call) -> Any:
        function = FUNCTIONS[node.function]
        if function.repeats:
            # Two at a time, so that many arguments take no more memory than two.
            return reduce(function.apply, (self._argument(function.parameters[-1], one) for one in node.arguments))
        return function.apply(*map(self._argument, function.parameters, node.arguments))

    def _argument(self, kind: Kind | Literal["any"], node: Node) -> Any:
        own = self._kind(node)
        if kind == "any":
            if own == "logical":
                answers = self.logical(node)
                return ~(answers.yes | answers.no)
            return _null(self._text(node) if own == "text" else self.number(node), own == "text")
        return self.logical(node) if own == "logical" else self.number(node)


def _both(one: Logical, other: Logical) -> Logical:
    return Logical(one.yes & other.yes, one.no | other.no)


def _either(one: Logical, other: Logical) -> Logical:
    return Logical(one.yes | other.yes, one.no & other.no)


def _compare(order: Order, left: Any, right: Any, is_text: bool) -> Logical:
    if order in _OPPOSITE and isinstance(left, np.ndarray) and left.dtype.kind == "f":
        # A NaN says no to both orders, and that is what unknown means.
        return Logical(_ORDERS[order](left, right), _ORDERS[_OPPOSITE[order]](left, right))
    known = ~(_null(left, is_text) | _null(right, is_text))
    yes = np.asarray(_ORDERS[order](left, right)) & known
    return Logical(yes, known & ~yes)


def _null(values: Any, is_text: bool) -> Bools:
    if isinstance(values, int):
        return np.zeros((), np.bool_)
    if values.dtype.kind == "f":
        return np.asarray(np.isnan(values))
    marker = NULL_TEXT if is_text else _NULL_INTEGER.get(values.dtype.itemsize)
    return np.zeros(values.shape, np.bool_) if marker is None else np.asarray(values == marker)


def _as_floats(column: Values) -> Floats:
    floats = column.astype(np.float64)
    if column.dtype.kind == "i":
        floats[_null(column, is_text=False)] = np.nan
    return floats


def _as_logical(column: Values) -> Logical:
    if column.dtype.kind == "b":
        return Logical(column, ~column)
    null = _null(column, is_text=False)
    return Logical((column != 0) & ~null, (column == 0) & ~null)
