"""The unit of a number in a condition, from the units of the columns it is made of."""

from collections.abc import Iterable

from huntui.features.registry import columns
from huntui.funnel.language.tree import Arithmetic, Call, Name, Negate, Node, Number
from huntui.funnel.stage import Stage

_OF_ITS_ARGUMENTS = ("abs", "min", "max", "hypot", "coalesce")


def unit(stage: Stage, node: Node) -> str:
    """Return the unit, in the notation of `huntui.columns`; empty where there is none, or it would be a new one."""
    return _unit(stage, node) or ""


def _unit(stage: Stage, node: Node) -> str | None:
    """Return None for what takes the unit of its neighbour: a plain number or a knob."""
    match node:
        case Number():
            return None
        case Name(name):
            return None if name in stage.knobs else columns()[name].unit if name in columns() else ""
        case Negate(operand):
            return _unit(stage, operand)
        case Arithmetic("+" | "-", left, right):
            return _common(stage, (left, right))
        case Call("where", (_, one, other)):
            return _common(stage, (one, other))
        case Call(function, arguments) if function in _OF_ITS_ARGUMENTS:
            return _common(stage, arguments)
    return ""


def _common(stage: Stage, nodes: Iterable[Node]) -> str | None:
    units = {_unit(stage, node) for node in nodes} - {None}
    return units.pop() if len(units) == 1 else "" if units else None
