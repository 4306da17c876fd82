"""A table as whole columns, for formats that are not written row by row."""

from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.columns import Kind
from huntui.exports.table import ExportTable

_TYPES: dict[Kind, Any] = {"f4": np.float32, "f8": np.float64, "i4": np.int32, "i8": np.int64}


def gathered(table: ExportTable) -> tuple[list[list[Any]], int]:
    """Return the values of each column, None for a null, and the number of rows."""
    values: list[list[Any]] = [[] for _ in table.columns]
    rows = 0
    for row in table.rows():
        rows += 1
        for column, value in zip(values, row, strict=True):
            column.append(value)
    return values, rows


def as_array(kind: Kind, values: list[Any]) -> npt.NDArray[Any]:
    """Return numbers as an array: NaN for a null that is a float, a masked array where an integer or a text is null."""
    if kind == "text":
        texts = np.array(["" if value is None else value for value in values], dtype=np.str_)
        return np.ma.MaskedArray(texts if len(values) else np.empty(0, "U1"), _nulls(values))
    if kind in ("f4", "f8"):
        return np.array([np.nan if value is None else value for value in values], _TYPES[kind])
    return np.ma.MaskedArray(
        np.array([0 if value is None else value for value in values], _TYPES[kind]), _nulls(values)
    )


def _nulls(values: list[Any]) -> npt.NDArray[np.bool_]:
    return np.array([value is None for value in values], np.bool_)
