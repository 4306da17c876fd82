"""A table as astropy knows it, with units and descriptions: what FITS, ECSV and VOTable are written from."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.columns import Column as ExportColumn
from huntui.exports.columnar import as_array, gathered
from huntui.exports.table import ExportTable
from huntui.exports.ucds import ucd, unit


def as_astropy(table: ExportTable, *, ascii: bool = False) -> Any:
    """Return an `astropy.table.Table`; with `ascii` what is no ASCII in its texts is spelled out."""
    values, _ = gathered(table)
    arrays = []
    for column, cells in zip(table.columns, values, strict=True):
        texts = column.kind == "text"
        shown = [None if cell is None else _text(cell, ascii=ascii) for cell in cells] if texts else cells
        arrays.append(as_array(column.kind, shown))
    return astropy_of(table.columns, arrays, ascii=ascii)


def astropy_of(columns: Sequence[ExportColumn], arrays: Sequence[npt.NDArray[Any]], *, ascii: bool = False) -> Any:
    """Return an `astropy.table.Table` of arrays, masked ones where something is null."""
    from astropy.table import Column, MaskedColumn, Table

    made = Table()
    for column, array in zip(columns, arrays, strict=True):
        nulls = isinstance(array, np.ma.MaskedArray) and bool(np.any(array.mask))
        kind = MaskedColumn if nulls else Column
        made[column.name] = kind(
            array if nulls else np.asarray(array),
            unit=unit(column) or None,
            description=_text(column.meaning, ascii=ascii),
            meta={"ucd": ucd(column)},
        )
    return made


def _text(text: str, *, ascii: bool) -> str:
    """Return text without control characters, since formats of tables have none, and without lone surrogates."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return shown.encode("ascii" if ascii else "utf-8", "backslashreplace").decode()
