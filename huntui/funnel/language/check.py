"""Names and kinds: whether an expression means something before any row is looked at."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from huntui.errors import ExpressionError, nearest
from huntui.funnel.language.functions import FUNCTIONS, Function
from huntui.funnel.language.table import Kind
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
    Span,
    Text,
    Truth,
    Within,
    shown,
    trouble,
)

_ARTICLE: dict[Kind, str] = {"number": "a number", "text": "a text", "logical": "a condition"}


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks the tree of `text` against the names it may use."""

    text: str
    kinds: Mapping[str, Kind]
    knobs: Collection[str]

    def kind(self, node: Node) -> Kind:
        """Return what a node is; raises `ExpressionError` where it or anything below it makes no sense."""
        match node:
            case Number():
                return "number"
            case Text():
                return "text"
            case Truth():
                return "logical"
            case Name():
                return self._name(node)
            case Negate(operand):
                self._need("number", operand, "'-'")
                return "number"
            case Arithmetic(operator, left, right):
                self._need("number", left, f"'{operator}'")
                self._need("number", right, f"'{operator}'")
                return "number"
            case Not(operand):
                self._need("logical", operand, "'not'")
            case Junction(word, operands):
                for operand in operands:
                    self._need("logical", operand, f"'{word}'")
            case Comparison():
                self._comparison(node)
            case Within(operand, choices):
                self._need(self.kind(choices[0]), operand, "'in' with this list")
                if isinstance(operand, Text):
                    raise self._error("a written text stands before 'in'", operand.span, " Put a column there.")
            case Call():
                return self._call(node)
        return "logical"

    def _error(self, what: str, span: Span, advice: str = "") -> ExpressionError:
        return trouble(what, self.text, span, advice)

    def _need(self, wanted: Kind, node: Node, who: str) -> None:
        found = self.kind(node)
        if found != wanted:
            raise self._error(f"{who} needs {_ARTICLE[wanted]}, not {_ARTICLE[found]},", node.span)

    def _name(self, node: Name) -> Kind:
        if node.name in self.knobs:
            return "number"
        if node.name in self.kinds:
            return self.kinds[node.name]
        if node.name in FUNCTIONS:
            signature = FUNCTIONS[node.name].signature
            raise self._error(f"{node.name!r} is a function", node.span, f" Write {signature}.")
        advice = nearest(node.name, [*self.kinds, *self.knobs])
        raise self._error(f"unknown column {shown(node.name)}", node.span, advice)

    def _comparison(self, node: Comparison) -> None:
        kinds = [self.kind(operand) for operand in node.operands]
        pairs = zip(node.operands, node.operands[1:], strict=False)
        for order, (left, right), kind, other in zip(node.orders, pairs, kinds, kinds[1:], strict=False):
            if kind != other:
                what = f"'{order}' compares {_ARTICLE[kind]} with {_ARTICLE[other]}"
                advice = " Put quotes around a text." if {kind, other} == {"number", "text"} else ""
                raise self._error(what, right.span, advice)
            if kind == "logical":
                raise self._error(f"'{order}' compares conditions", left.span, " Join them by 'and', 'or' and 'not'.")
            if kind == "text" and order not in ("==", "!="):
                raise self._error(f"'{order}' needs numbers, not texts,", left.span, " Texts know only == != and in.")
            if isinstance(left, Text) and isinstance(right, Text):
                raise self._error("two written texts are compared", left.span, " Put a column on one side.")

    def _call(self, node: Call) -> Kind:
        function = FUNCTIONS.get(node.function)
        if function is None:
            known = node.function in self.kinds or node.function in self.knobs
            what = f"{node.function!r} is not a function" if known else f"unknown function {shown(node.function)}"
            raise self._error(what, node.span, nearest(node.function, list(FUNCTIONS)))
        self._count(function, node)
        last = function.parameters[-1]
        for position, argument in enumerate(node.arguments):
            wanted = function.parameters[position] if position < len(function.parameters) else last
            if wanted == "any":
                self.kind(argument)
            else:
                self._need(wanted, argument, function.signature)
        return function.result

    def _count(self, function: Function, node: Call) -> None:
        given, needed = len(node.arguments), len(function.parameters)
        if given < needed or (given > needed and not function.repeats):
            more = " or more" if function.repeats else ""
            plural = "" if needed == 1 else "s"
            what = f"{function.signature} takes {needed}{more} argument{plural}, not {given},"
            raise self._error(what, node.span)


def names_in(node: Node) -> Iterator[str]:
    """Yield every column and knob that a tree reads, as often as it reads it."""
    match node:
        case Name(name):
            yield name
        case Negate(operand) | Not(operand) | Within(operand):
            yield from names_in(operand)
        case Arithmetic(_, left, right):
            yield from names_in(left)
            yield from names_in(right)
        case Comparison(_, operands) | Junction(_, operands) | Call(_, operands):
            for operand in operands:
                yield from names_in(operand)
