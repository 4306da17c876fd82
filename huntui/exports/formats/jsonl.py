"""JSON Lines: an object per row, and before the rows one object that says where they came from.

The first line has the one key `provenance`. A null is `null`, and so is what JSON has no number for; identifiers are
texts, as in JSON.
"""

from typing import BinaryIO

from huntui.exports.formats.json import dumped, plain
from huntui.exports.provenance import KEY, provenance
from huntui.exports.table import ExportTable
from huntui.exports.text import text_in


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write a table as JSON Lines; returns the number of rows."""
    with text_in(file) as text:
        text.write(dumped({KEY: provenance(table)}) + "\n")
        rows = 0
        names = [column.name for column in table.columns]
        for row in table.rows():
            text.write(dumped({name: plain(name, value) for name, value in zip(names, row, strict=True)}) + "\n")
            rows += 1
    return rows
