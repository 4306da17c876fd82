"""Columns of a night as NumPy and pandas have them, nulls included."""

from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.columns import NULL_I4, NULL_I8, Kind
from huntui.errors import CallError, nearest
from huntui.exports.columnar import as_array
from huntui.features.registry import columns
from huntui.night.view import NightView
from huntui.packets.batch import Int64s

Array = npt.NDArray[Any]
_NULLS = {"i4": NULL_I4, "i8": NULL_I8}


def kind_of(name: str) -> Kind:
    """Return what a column holds; raises `CallError` with the nearest name for one that there is not."""
    known = columns()
    if name not in known:
        raise CallError(
            f"There is no column {name!r}.{nearest(str(name), list(known)) or ' night.columns lists them all.'}"
        )
    return known[name].kind


def column_of(view: NightView, name: str, rows: Int64s) -> Array:
    """Return the values of rows, a new array: NaN for a null that is a float, masked where an integer or text is null.

    Raises `CallError` for a column that there is not.
    """
    kind = kind_of(name)
    if not len(view):
        return as_array(kind, [])
    values = view.column(name)[rows]
    if kind in ("f4", "f8"):
        return np.array(values)
    if kind == "text":
        codes, places = np.unique(values, return_inverse=True)
        texts = as_array(kind, view.texts.texts(codes))
        return _bare(texts[places] if len(codes) else texts)
    return _bare(np.ma.MaskedArray(values, values == _NULLS[kind]))


def _bare(values: Array) -> Array:
    """Return a masked array in which nothing is masked as a plain one."""
    return values if np.ma.is_masked(values) else np.ma.getdata(values)


def as_series(values: Array) -> Any:
    """Return a column as pandas keeps it: integers with nulls are `Int32` or `Int64`, text with nulls has None."""
    import pandas as pd

    if not np.ma.isMaskedArray(values):
        return values.astype(object) if values.dtype.kind == "U" else values
    data, mask = np.ma.getdata(values), np.ma.getmaskarray(values)
    if data.dtype.kind == "U":
        texts = data.astype(object)
        texts[mask] = None
        return texts
    return pd.arrays.IntegerArray(data, mask)
