"""The functions of the language: a closed list, and everything the documentation says about each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from huntui.funnel.language.table import Bools, Floats, Kind


class Logical(NamedTuple):
    """Answers of three-valued logic, row by row; where neither is set the answer is unknown."""

    yes: Bools
    no: Bools


@dataclass(frozen=True, slots=True)
class Function:
    """One function: what it takes, what it gives, and what it says of itself."""

    name: str
    signature: str
    meaning: str
    nulls: str
    """What it makes of a missing value."""
    example: str
    """An expression that is true."""
    parameters: tuple[Kind | Literal["any"], ...]
    """Kind of each argument. For `any` the function is given only where the argument is null."""
    apply: Callable[..., Any]
    """From arrays to an array: numbers as float64 with NaN for null, logicals as `Logical`."""
    result: Kind = "number"
    repeats: bool = False
    """Whether more arguments of the last kind may follow; the function of two is then applied from left to right."""


_SPREADS = "null where an argument is null"


def power(base: Floats, exponent: Floats) -> Floats:
    """Return base to the power of exponent, null where either is."""
    return _null_where_null(np.power, base, exponent)


def _hypot(one: Floats, other: Floats) -> Floats:
    return _null_where_null(np.hypot, one, other)


def _null_where_null(function: np.ufunc, one: Floats, other: Floats) -> Floats:
    # IEEE 754 says that 1 to the power of NaN is 1, and hypot of infinity and NaN infinity; a null says nothing.
    return np.where(np.isnan(one) | np.isnan(other), np.nan, function(one, other))


def _where(condition: Logical, chosen: Floats, otherwise: Floats) -> Floats:
    return np.where(condition.yes, chosen, np.where(condition.no, otherwise, np.nan))


def _coalesce(one: Floats, other: Floats) -> Floats:
    return np.where(np.isnan(one), other, one)


def _isnull(null: Bools) -> Logical:
    return Logical(null, ~null)


def _of_one(name: str, meaning: str, example: str, apply: Callable[..., Any], nulls: str = _SPREADS) -> Function:
    return Function(name, f"{name}(x)", meaning, nulls, example, ("number",), apply)


_ALL = (
    _of_one("abs", "the size of x, without its sign", "abs(-2.5) == 2.5", np.abs),
    _of_one("sqrt", "the square root of x", "sqrt(9) == 3", np.sqrt, "null where x is null or below 0"),
    _of_one("exp", "e to the power of x", "exp(0) == 1", np.exp),
    _of_one("log", "the natural logarithm of x", "log(exp(1)) == 1", np.log, "null where x is null or below 0"),
    _of_one("log10", "the decimal logarithm of x", "log10(1000) == 3", np.log10, "null where x is null or below 0"),
    _of_one("floor", "the largest whole number not above x", "floor(-0.5) == -1", np.floor),
    _of_one("ceil", "the smallest whole number not below x", "ceil(-0.5) == 0", np.ceil),
    Function(
        "min",
        "min(a, b, …)",
        "the smallest of its arguments",
        _SPREADS,
        "min(3, 1, 2) == 1",
        ("number", "number"),
        np.minimum,
        repeats=True,
    ),
    Function(
        "max",
        "max(a, b, …)",
        "the largest of its arguments",
        _SPREADS,
        "max(3, 1, 2) == 3",
        ("number", "number"),
        np.maximum,
        repeats=True,
    ),
    Function(
        "hypot",
        "hypot(a, b)",
        "the square root of a² + b²",
        _SPREADS,
        "hypot(3, 4) == 5",
        ("number", "number"),
        _hypot,
    ),
    Function(
        "where",
        "where(condition, a, b)",
        "a where the condition is true, b where it is false",
        "null where the condition is unknown or what it chooses is null",
        "where(1 < 2, 10, 20) == 10",
        ("logical", "number", "number"),
        _where,
    ),
    Function(
        "isnull",
        "isnull(x)",
        "whether x has no value; of a condition, whether it is unknown",
        "true where x is null, never unknown; −999 is a number, not a null",
        "isnull(0 / 0)",
        ("any",),
        _isnull,
        "logical",
    ),
    Function(
        "coalesce",
        "coalesce(a, b, …)",
        "the first of its arguments that has a value",
        "null where all arguments are null",
        "coalesce(0 / 0, 3) == 3",
        ("number", "number"),
        _coalesce,
        repeats=True,
    ),
)

FUNCTIONS: dict[str, Function] = {function.name: function for function in _ALL}
"""Every function by name."""
