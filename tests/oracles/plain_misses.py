"""Near misses by the rules of the documentation, alert by alert; slow, obvious and without anything of huntui.

A stage is a dict of `keep`, `knobs` (name to value), `missing` and `enabled`; a row is a dict with None for a null.
"""

import ast
import math

from oracles.plain_language import COMPARE, answer, compared, number_of

LABELS = {"fid", "field", "candid"}
OPPOSITE = {ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
MIRRORED = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq}


def nearest(stages, rows):
    """Return (margin, candid, row) of the nearest alert of each object that was rejected, the nearest first."""
    found = []
    for number, row in enumerate(rows):
        failed = [stage for stage in stages if stage["enabled"] and fails(stage, row)]
        total = sum(margin(stage, row, rows) for stage in failed)
        if failed and total < math.inf:
            found.append((total, row["candid"], number))
    found.sort()
    first = {}
    for one in found:
        first.setdefault(rows[one[2]]["object"], one)
    return list(first.values())


def fails(stage, row):
    """Return whether a stage rejects a row."""
    said = answer(stage["keep"], {**row, **stage["knobs"]})
    return said is False or (said is None and stage["missing"] == "reject")


def margin(stage, row, rows):
    """Return by how much a stage rejects a row; infinite where no number is only a little wrong."""
    return of_node(ast.parse(stage["keep"], mode="eval").body, True, stage, row, rows)


def of_node(node, wanted, stage, row, rows):
    """Return by how much a condition is not as wanted."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return of_node(node.operand, not wanted, stage, row, rows)
    if isinstance(node, ast.BoolOp):
        each = [of_node(operand, wanted, stage, row, rows) for operand in node.values]
        return sum(each) if isinstance(node.op, ast.And) == wanted else min(each)
    if isinstance(node, ast.Compare) and not isinstance(node.ops[0], ast.In | ast.NotIn):
        sides = [node.left, *node.comparators]
        each = [
            of_link(order, left, right, wanted, stage, row, rows)
            for order, left, right in zip(node.ops, sides, sides[1:], strict=False)
        ]
        return sum(each) if wanted else min(each)
    return 0.0 if good(answer(ast.unparse(node), {**row, **stage["knobs"]}), wanted, stage) else math.inf


def good(said, wanted, stage):
    """Return whether an answer is what the stage wants, or as good."""
    return said is wanted or (said is None and stage["missing"] == "keep")


def of_link(order, left, right, wanted, stage, row, rows):
    """Return by how much one comparison is not as wanted."""
    link = ast.Compare(left, [order], [right])
    if good(compared(link, {**row, **stage["knobs"]}), wanted, stage):
        return 0.0
    kind = type(order) if wanted else OPPOSITE[type(order)]
    value, threshold = left, right
    if names(left) <= set(stage["knobs"]):
        kind, value, threshold = MIRRORED[kind], right, left
    if is_text(left) or is_text(right) or kind is ast.NotEq or names(link) & LABELS:
        return math.inf
    night = [difference(value, threshold, stage, each) for each in rows]
    known = sorted(each for each in night if each is not None)
    zero = isinstance(threshold, ast.Constant) and threshold.value == 0
    if kind in (ast.Lt, ast.LtE) and zero and not any(COMPARE[kind](each, 0) for each in known):
        return math.inf
    mine = difference(value, threshold, stage, row)
    return math.inf if mine is None else abs(mine) / scale(known)


def names(node):
    """Return every column and knob of a node."""
    functions = {each.func.id for each in ast.walk(node) if isinstance(each, ast.Call)}
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} - functions


def is_text(node):
    """Return whether a side of a comparison is a text."""
    return (isinstance(node, ast.Constant) and isinstance(node.value, str)) or names(node) == {"name"}


def difference(value, threshold, stage, row):
    """Return value - threshold of a row, or None."""
    if any(row.get(name) is not None and row[name] <= -999 for name in (names(value) | names(threshold)) & {"a", "b"}):
        return None
    values = {**row, **stage["knobs"]}
    one, other = number_of(value, values), number_of(threshold, values)
    if one is None or other is None or not math.isfinite(one - other):
        return None
    return float(one - other)


def scale(known):
    """Return the distance between the quartiles, or a wider one where they are the same."""
    for low, high in ((0.25, 0.75), (0.05, 0.95), (0.0, 1.0)):
        width = quantile(known, high) - quantile(known, low)
        if width > 0:
            return width
    return 1.0


def quantile(known, share):
    """Return what a share of some sorted numbers lies below, on the line between two neighbours."""
    place = share * (len(known) - 1)
    below = math.floor(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)
