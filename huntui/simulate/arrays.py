"""Rows of named tuples whose fields are arrays of one length, or named tuples of such arrays."""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Rows = TypeVar("Rows", bound=tuple[Any, ...])


def take(arrays: Rows, rows: Integers) -> Rows:
    """Return the given rows of every array."""
    parts = (take(array, rows) if isinstance(array, tuple) else array[rows] for array in arrays)
    return cast(Rows, cast(Any, type(arrays))._make(parts))


def join(parts: Sequence[Rows]) -> Rows:
    """Put the rows of several named tuples of one kind one after the other."""
    columns = zip(*parts, strict=True)
    joined = (join(column) if isinstance(column[0], tuple) else np.concatenate(column) for column in columns)
    return cast(Rows, cast(Any, type(parts[0]))._make(joined))


def where(condition: Booleans, these: Rows, those: Rows) -> Rows:
    """Return a row of `these` where the condition holds, else of `those`."""
    chosen = (np.where(condition, this, that) for this, that in zip(these, those, strict=True))
    return cast(Rows, cast(Any, type(these))._make(chosen))
