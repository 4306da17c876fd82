"""From text to tree: Python's own grammar behind hard bounds, and a whitelist of what may come out of it."""

import ast
import math
import warnings
from itertools import accumulate
from typing import cast

from huntui.errors import ExpressionError
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
    Operator,
    Order,
    Span,
    Text,
    Truth,
    Within,
    shown,
    trouble,
)

MAX_LENGTH = 2000
"""Characters in an expression."""
MAX_DEPTH = 64
"""Levels of nesting in an expression."""
MAX_INTEGER = 2**63 - 1

_OPERATORS: dict[type[ast.operator], Operator] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.Mod: "%",
}
_ORDERS: dict[type[ast.cmpop], Order] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_REFUSED: dict[type[ast.AST], tuple[str, str]] = {
    ast.BitAnd: ("'&' does not belong to the language,", " Write 'and'."),
    ast.BitOr: ("'|' does not belong to the language,", " Write 'or'."),
    ast.BitXor: ("'^' does not belong to the language,", " Write '**' for a power."),
    ast.Invert: ("'~' does not belong to the language,", " Write 'not'."),
    ast.UAdd: ("a sign '+' does not belong to the language,", " Leave it out."),
    ast.FloorDiv: ("'//' does not belong to the language,", " Write floor(a / b)."),
    ast.Is: ("'is' does not belong to the language,", " Write isnull(column) for a missing value."),
    ast.IsNot: ("'is not' does not belong to the language,", " Write not isnull(column) for a missing value."),
    ast.IfExp: ("'if … else' does not belong to the language,", " Write where(condition, a, b)."),
    ast.Attribute: ("a dot after a name does not belong to the language,", ""),
    ast.Subscript: ("square brackets after a name do not belong to the language,", ""),
    ast.Lambda: ("'lambda' does not belong to the language,", ""),
    ast.JoinedStr: ("an f-string does not belong to the language,", ""),
    ast.NamedExpr: ("':=' does not belong to the language,", " Write '==' to compare."),
    ast.Starred: ("'*' before an argument does not belong to the language,", ""),
    ast.Tuple: ("a list stands only after 'in',", ""),
    ast.List: ("a list stands only after 'in',", ""),
}


def parse(text: str) -> Node:
    """Return the tree of an expression; raises `ExpressionError`, and nothing else, for whatever it cannot be."""
    if len(text) > MAX_LENGTH:
        advice = f" An expression has at most {MAX_LENGTH:,} characters: use more than one stage."
        raise trouble("the expression is too long", text, Span(MAX_LENGTH, len(text) - MAX_LENGTH), advice)
    if not text.strip():
        raise ExpressionError("the expression is empty; write a condition such as drb >= 0.65.", text, 0, len(text))
    # One character for another, so that places stay; Python would take either for the end of a line.
    source = text.replace("\r", " ").replace("\f", " ")
    margin = len(source) - len(source.lstrip())
    return _Reader(text, source[margin:], margin).read()


class _Reader:
    """Turns what Python's parser gives into the tree, place by place."""

    def __init__(self, text: str, source: str, margin: int) -> None:
        self._text = text
        self._source = source
        self._lines = source.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=margin))

    def read(self) -> Node:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                root = ast.parse(self._source, mode="eval").body
        except SyntaxError as error:
            raise self._unreadable(error) from None
        except (MemoryError, RecursionError):
            raise self._too_deep(Span(0, len(self._text))) from None
        except ValueError:
            span = Span(0, len(self._text))
            raise trouble("a character that no text can hold stands in the expression", self._text, span) from None
        return self._node(root, 1)

    def _unreadable(self, error: SyntaxError) -> ExpressionError:
        line = min(max((error.lineno or 1) - 1, 0), len(self._lines) - 1)
        place = self._starts[line] + max((error.offset or 1) - 1, 0)
        span = Span(min(place, max(len(self._text) - 1, 0)), 1)
        if "too many nested" in error.msg:
            return self._too_deep(span)
        if self._text[span.place] == "=":
            return trouble("'=' does not compare", self._text, span, " Write '=='.")
        if (sign := self._text[max(span.place - 1, 0) : span.place + 1]) in ("&&", "||"):
            word = "and" if sign == "&&" else "or"
            both = Span(span.place - 1, 2)
            return trouble(f"'{sign}' does not belong to the language,", self._text, both, f" Write '{word}'.")
        if error.msg == "invalid syntax" and not error.offset:
            last = Span(max(len(self._text.rstrip()) - 1, 0), 1)
            return trouble("the expression ends where something should follow,", self._text, last)
        advice = " Keep it on one line, or put parentheses around it." if len(self._lines) > 1 else ""
        return trouble(f"the expression cannot be read ({error.msg})", self._text, span, advice)

    def _too_deep(self, span: Span) -> ExpressionError:
        return trouble(f"the expression is nested more than {MAX_DEPTH} levels deep", self._text, span)

    def _span(self, node: ast.expr) -> Span:
        start = self._place(node.lineno, node.col_offset)
        end = self._place(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
        return Span(start, max(end - start, 1))

    def _place(self, line: int, offset: int) -> int:
        """Return the character for Python's line number and its offset in bytes of UTF-8."""
        before = self._lines[line - 1].encode()[:offset].decode(errors="ignore")
        return self._starts[line - 1] + len(before)

    def _between(self, left: ast.expr, right: ast.expr) -> Span:
        """Return where the operator between two operands stands."""
        before, after = self._span(left), self._span(right)
        start = before.place + before.length
        gap = self._text[start : after.place]
        symbol = gap.strip(" \t\r\n()")
        return Span(start + gap.index(symbol), max(len(symbol), 1))

    def _refuse(self, what: ast.AST, span: Span) -> ExpressionError:
        named, advice = _REFUSED.get(type(what), ("this does not belong to the language,", ""))
        return trouble(named, self._text, span, advice)

    def _node(self, node: ast.expr, depth: int) -> Node:
        span = self._span(node)
        if depth > MAX_DEPTH:
            raise self._too_deep(span)
        match node:
            case ast.Constant(value):
                return self._constant(value, span)
            case ast.Name(name):
                return Name(name, span)
            case ast.UnaryOp(operator, operand):
                return self._unary(operator, operand, span, depth)
            case ast.BinOp(left, operator, right):
                symbol = _OPERATORS.get(type(operator))
                if symbol is None:
                    raise self._refuse(operator, self._between(left, right))
                return Arithmetic(symbol, self._node(left, depth + 1), self._node(right, depth + 1), span)
            case ast.BoolOp(operator, values):
                word = "and" if isinstance(operator, ast.And) else "or"
                return Junction(word, tuple(self._node(value, depth + 1) for value in values), span)  # type: ignore[arg-type]
            case ast.Compare():
                return self._comparison(node, span, depth)
            case ast.Call():
                return self._call(node, span, depth)
        raise self._refuse(node, span)

    def _constant(self, value: object, span: Span) -> Number | Text | Truth:
        match value:
            case bool():
                return Truth(value, span)
            case int() if value > MAX_INTEGER:
                raise trouble("the integer is larger than 64 bits can hold", self._text, span)
            case float() if not math.isfinite(value):
                raise trouble("the number is larger than can be held", self._text, span)
            case int() | float():
                return Number(value, span)
            case str():
                return Text(value, span)
            case None:
                raise trouble("None is no value", self._text, span, " Write isnull(column) for a missing value.")
        raise trouble("only numbers and texts can be written out, not what stands", self._text, span)

    def _unary(self, operator: ast.unaryop, operand: ast.expr, span: Span, depth: int) -> Node:
        match operator:
            case ast.Not():
                return Not(self._node(operand, depth + 1), span)
            case ast.USub():
                inner = self._node(operand, depth + 1)
                return Number(-inner.value, span) if isinstance(inner, Number) else Negate(inner, span)
        raise self._refuse(operator, span)

    def _comparison(self, node: ast.Compare, span: Span, depth: int) -> Comparison | Within:
        first = self._node(node.left, depth + 1)
        if isinstance(node.ops[0], ast.In | ast.NotIn) and len(node.ops) == 1:
            choices = self._choices(node.comparators[0], depth + 1)
            return Within(first, choices, isinstance(node.ops[0], ast.NotIn), span)
        orders = []
        for operator, *around in zip(node.ops, (node.left, *node.comparators), node.comparators, strict=False):
            if isinstance(operator, ast.In | ast.NotIn):
                advice = " Put parentheses, or 'and' between."
                raise trouble("'in' cannot be chained,", self._text, self._between(*around), advice)
            if type(operator) not in _ORDERS:
                raise self._refuse(operator, self._between(*around))
            orders.append(_ORDERS[type(operator)])
        rest = (self._node(operand, depth + 1) for operand in node.comparators)
        return Comparison(tuple(orders), (first, *rest), span)

    def _choices(self, node: ast.expr, depth: int) -> tuple[Number, ...] | tuple[Text, ...]:
        span = self._span(node)
        advice = " Write for instance fid in (1, 2)."
        if not isinstance(node, ast.Tuple | ast.List) or not node.elts:
            raise trouble("'in' needs a list of numbers or of texts in parentheses", self._text, span, advice)
        choices = [self._node(choice, depth + 1) for choice in node.elts]
        for kind in (Number, Text):
            if all(isinstance(choice, kind) for choice in choices):
                return cast("tuple[Number, ...] | tuple[Text, ...]", tuple(choices))
        raise trouble("a list after 'in' holds written numbers only or written texts only", self._text, span, advice)

    def _call(self, node: ast.Call, span: Span, depth: int) -> Call:
        if not isinstance(node.func, ast.Name):
            advice = " Texts know only == != and in." if isinstance(node.func, ast.Attribute) else ""
            raise trouble("only a function can be called,", self._text, span, advice)
        if node.keywords:
            what = f"{shown(node.func.id)} takes its arguments by order, not by name,"
            raise trouble(what, self._text, span)
        arguments = tuple(self._node(argument, depth + 1) for argument in node.args)
        return Call(node.func.id, arguments, span)
