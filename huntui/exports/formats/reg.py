"""DS9 regions, which Aladin reads as well: a circle of 5 arcsec with the name of its object at each position.

The table needs the columns `objectId`, `ra` and `dec`.
"""

from typing import BinaryIO

from huntui.errors import CallError
from huntui.exports.provenance import comments, provenance
from huntui.exports.table import ExportTable, Value
from huntui.exports.text import text_in

RADIUS_ARCSEC = 5.0
_NEEDED = ("objectId", "ra", "dec")


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write a table as regions; returns their number. Raises `CallError` where it has no positions."""
    names = [column.name for column in table.columns]
    if missing := [name for name in _NEEDED if name not in names]:
        raise CallError(
            f"Regions need the columns {', '.join(_NEEDED)}; {', '.join(missing)} is not among those exported."
        )
    object_id, ra, dec = (names.index(name) for name in _NEEDED)
    told = provenance(table)
    with text_in(file) as text:
        text.write("# Region file format: DS9 version 4.1\n")
        text.writelines(comments(told))
        text.write("global color=green width=1 select=1 fixed=0\nicrs\n")
        rows = 0
        for row in table.rows():
            if isinstance(row[ra], float) and isinstance(row[dec], float):
                text.write(
                    f'circle({row[ra]:.7f},{row[dec]:.7f},{RADIUS_ARCSEC:g}") # text={{{_label(row[object_id])}}}\n'
                )
                rows += 1
    return rows


def _label(name: Value) -> str:
    """Return a name that cannot end its own braces, nor the line."""
    return "".join(letter if letter.isprintable() and letter not in "{}" else " " for letter in str(name))
