"""Markdown: a table for a note or an issue, below a comment that says where its rows came from.

A null is an empty cell. What a text says is shown as it stands: no letter of it is markup.
"""

import re
from typing import BinaryIO

from huntui.exports.provenance import KEY, as_text, headline, provenance
from huntui.exports.table import ExportTable, Value, without_nan
from huntui.exports.text import text_in

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#|~&!])")


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write a table as Markdown; returns the number of rows."""
    told = provenance(table)
    with text_in(file, errors="replace") as text:
        # A comment ends at the first `-->`, wherever it stands.
        hidden = [line.replace(">", "&gt;") for line in headline(told)] + [
            f"{KEY}: {as_text(told)}".replace(">", r"\u003e")
        ]
        text.writelines(["<!--\n", *(f"# {line}\n" for line in hidden), "-->\n\n"])
        if told["simulated"]:
            text.write("**SIMULATED: every object in this table is invented.**\n\n")
        numbers = [column.kind != "text" for column in table.columns]
        text.write(_line([_shown(column.name) for column in table.columns]))
        text.write(_line(["---:" if number else "---" for number in numbers]))
        rows = 0
        for row in table.rows():
            text.write(_line([_shown(value) for value in without_nan(row)]))
            rows += 1
    return rows


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _shown(value: Value) -> str:
    if value is None:
        return ""
    plain = "".join(letter if letter.isprintable() else " " for letter in str(value))
    return _MARKUP.sub(r"\\\1", plain)
