"""Simulated nights are made from physics, and hunts and cuts look for it: neither takes a threshold from the other.

If the simulator compared a column with the number that a hunt or a cut has, whoever hunts would find again what was
put there, and completeness and purity would mean nothing.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from huntui.features.registry import kinds

ROOT = Path(__file__).parents[2]
SIMULATOR = sorted((ROOT / "huntui" / "simulate").glob("*.py"))
FILES = sorted(path for folder in ("hunts", "cuts") for path in (ROOT / folder).glob("*.yaml"))
NATURAL = {0.0, 1.0, -1.0, -999.0}
"""Numbers that mean no threshold: nothing, one, the sentinel."""

Threshold = tuple[str, float]
"""A column or feature and what it is compared with."""


def thresholds(tree: ast.AST) -> Iterator[Threshold]:
    """Yield what every comparison and every clipping in some code holds a column against."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            operands = node.args if name in ("clip", "minimum", "maximum", "min", "max") else []
        else:
            continue
        names = {name for operand in operands for name in columns(operand)}
        numbers = {value for operand in operands if (value := number(operand)) is not None}
        yield from ((name, value) for name in names for value in numbers if value not in NATURAL)


def columns(node: ast.AST) -> Iterator[str]:
    """Yield the columns that are named in an expression: as a variable, an attribute or a text."""
    for inner in ast.walk(node):
        for name in (getattr(inner, key, None) for key in ("id", "attr", "value")):
            if isinstance(name, str) and name in kinds():
                yield name


def number(node: ast.AST) -> float | None:
    """Return the number that an expression is, with its sign; None where it is none."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = number(node.operand)
        return None if value is None else -value
    plain = isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)
    return float(node.value) if plain else None  # type: ignore[attr-defined]


def expressions(data: object) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield every expression over columns in a file, with the values of its knobs."""
    if isinstance(data, dict):
        if "keep" in data:
            yield data["keep"], {name: float(knob["value"]) for name, knob in data.get("knobs", {}).items()}
        if "looks_like" in data:
            yield data["looks_like"], {}
        data = list(data.values())
    for part in data if isinstance(data, list) else []:
        yield from expressions(part)


def hunted() -> set[Threshold]:
    """Return every threshold of the shipped hunts and cuts, a knob standing for its value."""
    found: set[Threshold] = set()
    for path in FILES:
        for written, knobs in expressions(yaml.safe_load(path.read_text(encoding="utf-8"))):
            names = "|".join(knobs) or "(?!)"
            text = re.sub(rf"\b({names})\b", lambda name, knobs=knobs: repr(knobs[name[1]]), " ".join(written.split()))
            found |= set(thresholds(ast.parse(text, mode="eval")))
    return found


def test_the_simulator_shares_no_threshold_with_hunts_and_cuts() -> None:
    """Not one column is compared with the same number on both sides."""
    looked_for = hunted()
    assert len(looked_for) > 100
    for path in SIMULATOR:
        assert not set(thresholds(ast.parse(path.read_text(encoding="utf-8")))) & looked_for, path.name


def test_the_simulator_reads_no_hunts_and_no_cuts() -> None:
    """It does not even know where they are."""
    for path in SIMULATOR:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            assert not any(
                module.split(".")[-1] in ("hunt", "funnel", "shipped", "strict_yaml", "yaml") for module in modules
            ), path.name


def test_a_shared_threshold_would_be_found() -> None:
    """As a comparison, on either side and in a chain, and as a clipping."""
    planted = "a = drb >= 0.65\nb = np.clip(x.ssdistnr, 0, 12)\nc = 2 < columns['age'] <= 90\nd = rate < -0.05"
    found = set(thresholds(ast.parse(planted)))
    assert {("drb", 0.65), ("ssdistnr", 12.0), ("age", 90.0), ("rate", -0.05)} <= found & hunted()
