"""The language of cuts for one row at a time, with None for unknown; slow, obvious and without anything of huntui.

Python's own grammar reads the expression, and every rule of three-valued logic is an `if`.
"""

import ast
import math

import numpy as np

COMPARE = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
}


def answer(text, row):
    """Return True, False or None for an expression and a row, which is a dict with None for a null."""
    with np.errstate(all="ignore"):
        return value_of(ast.parse(text, mode="eval").body, row)


def value_of(node, row):
    """Return the value of a node: a number, a text, a truth value, or None."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return known(row[node.id])
    if isinstance(node, ast.BoolOp):
        return joined(isinstance(node.op, ast.And), [value_of(operand, row) for operand in node.values])
    if isinstance(node, ast.UnaryOp):
        return unary(node, row)
    if isinstance(node, ast.BinOp):
        return arithmetic(node.op, number_of(node.left, row), number_of(node.right, row))
    if isinstance(node, ast.Compare):
        return compared(node, row)
    if isinstance(node, ast.Call):
        return called(node, row)
    raise AssertionError(f"the oracle does not know {ast.dump(node)}")


def known(value):
    """Return the value, or None for NaN."""
    return None if isinstance(value, float) and math.isnan(value) else value


def number_of(node, row):
    """Return a number as a float, or None."""
    value = value_of(node, row)
    return None if value is None else np.float64(value)


def joined(all_of, answers):
    """Return what `and` (all of them) or `or` (any of them) makes of some answers."""
    decisive = not all_of
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive


def unary(node, row):
    """Return the value of `not x` or `-x`."""
    if isinstance(node.op, ast.Not):
        value = value_of(node.operand, row)
        return None if value is None else not value
    if isinstance(node.operand, ast.Constant):
        return -node.operand.value
    value = number_of(node.operand, row)
    return None if value is None else -value


def arithmetic(operator, left, right):
    """Return the value of two numbers joined by an operator."""
    if left is None or right is None:
        return None
    if isinstance(operator, ast.Add):
        return known(left + right)
    if isinstance(operator, ast.Sub):
        return known(left - right)
    if isinstance(operator, ast.Mult):
        return known(left * right)
    if isinstance(operator, ast.Div):
        return known(left / right)
    if isinstance(operator, ast.Mod):
        return known(np.remainder(left, right))
    return known(np.power(left, right))


def whole(node):
    """Return whether a node is an integer as it stands: an integer written out, or a column of them."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
        return isinstance(node, ast.Constant) and isinstance(node.value, int)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int)
    return isinstance(node, ast.Name) and node.id in ("fid", "candid")


def compared(node, row):
    """Return the answer of a comparison, a chain of them, or of `in`."""
    if isinstance(node.ops[0], ast.In | ast.NotIn):
        nodes = [node.left, *node.comparators[0].elts]
    else:
        nodes = [node.left, *node.comparators]
    values = [value_of(each, row) for each in nodes]
    if not all(whole(each) for each in nodes):
        values = [float(value) if isinstance(value, int) else value for value in values]
    if isinstance(node.ops[0], ast.In | ast.NotIn):
        if values[0] is None:
            return None
        return (values[0] in values[1:]) == isinstance(node.ops[0], ast.In)
    links = []
    for operator, left, right in zip(node.ops, values, values[1:], strict=False):
        links.append(None if left is None or right is None else bool(COMPARE[type(operator)](left, right)))
    return joined(True, links)


def called(node, row):
    """Return the value of a function."""
    name = node.func.id
    if name == "isnull":
        return value_of(node.args[0], row) is None
    if name == "where":
        condition = value_of(node.args[0], row)
        return None if condition is None else number_of(node.args[1 if condition else 2], row)
    values = [number_of(argument, row) for argument in node.args]
    if name == "coalesce":
        return next((value for value in values if value is not None), None)
    if None in values:
        return None
    if name in ("min", "max"):
        return {"min": min, "max": max}[name](values)
    return known(getattr(np, name)(*values))
