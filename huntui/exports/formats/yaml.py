"""YAML: comments that say where the rows came from, then a list with one object per row, each on its line.

Each row is written as JSON, which YAML 1.2 contains. A null is `null`, and so is what has no number; identifiers are
texts, as in JSON.
"""

from typing import BinaryIO

from huntui.exports.formats.json import dumped, plain
from huntui.exports.provenance import comments, provenance
from huntui.exports.table import ExportTable, Value
from huntui.exports.text import text_in


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write a table as YAML; returns the number of rows."""
    told = provenance(table)
    with text_in(file, errors="replace") as text:
        text.writelines(comments(told))
        rows = 0
        names = [column.name for column in table.columns]
        for row in table.rows():
            text.write(f"- {_one_line({name: plain(name, value) for name, value in zip(names, row, strict=True)})}\n")
            rows += 1
        if not rows:
            text.write("[]\n")
    return rows


def _one_line(row: dict[str, Value]) -> str:
    # JSON lets stand what YAML takes for the end of a line or refuses to read.
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in dumped(row))
