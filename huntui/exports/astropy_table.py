"""A table as astropy knows it, with units and descriptions: what FITS, ECSV and VOTable are written from."""

from typing import Any

import numpy as np

from huntui.exports.columnar import as_array, gathered
from huntui.exports.table import ExportTable
from huntui.exports.ucds import ucd, unit


def as_astropy(table: ExportTable, *, ascii: bool = False) -> Any:
    """Return an `astropy.table.Table`; with `ascii` what is no ASCII in its texts is spelled out."""
    from astropy.table import Column, MaskedColumn, Table

    values, _ = gathered(table)
    made = Table()
    for column, cells in zip(table.columns, values, strict=True):
        texts = column.kind == "text"
        shown = [None if cell is None else _text(cell, ascii=ascii) for cell in cells] if texts else cells
        array = as_array(column.kind, shown)
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
