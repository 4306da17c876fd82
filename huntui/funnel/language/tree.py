"""The tree of an expression: the only things the language can say."""

from dataclasses import dataclass, field
from typing import Literal

from huntui.errors import ExpressionError

Order = Literal["<", "<=", ">", ">=", "==", "!="]
Operator = Literal["+", "-", "*", "/", "**", "%"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in the text: its 0-based first character and its length."""

    place: int
    length: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; an integer stays one, so that identifiers compare exactly."""

    value: int | float
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotes."""

    value: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Truth:
    """`True` or `False`."""

    value: bool
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A column or a knob."""

    name: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """A number with its sign turned."""

    operand: "Node"
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers and what is between them."""

    operator: Operator
    left: "Node"
    right: "Node"
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A chain of comparisons: one operand more than there are orders."""

    orders: tuple[Order, ...]
    operands: tuple["Node", ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Within:
    """`operand in (choices)`, or `not in` when negated; the choices are written out, all numbers or all texts."""

    operand: "Node"
    choices: tuple[Number, ...] | tuple[Text, ...]
    negated: bool
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite answer; unknown stays unknown."""

    operand: "Node"
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Junction:
    """Two or more answers joined by the same word."""

    word: Literal["and", "or"]
    operands: tuple["Node", ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the registry and its arguments."""

    function: str
    arguments: tuple["Node", ...]
    span: Span = field(compare=False)


Node = Number | Text | Truth | Name | Negate | Arithmetic | Comparison | Within | Not | Junction | Call


def trouble(what: str, text: str, span: Span, advice: str = "") -> ExpressionError:
    """Return the error for a place in an expression: what is wrong, at which character, and what to do."""
    return ExpressionError(f"{what} at character {span.place + 1}.{advice}", text, span.place, span.length)


def shown(name: str) -> str:
    """Return a name in quotes as an error shows it: escaped, and cut when it is long."""
    return repr(name if len(name) <= 40 else f"{name[:39]}…")
