"""JSON: one object with where the rows came from, the columns explained, and the rows, one a line.

A null is `null`, and so is what JSON has no number for. Identifiers are texts, since they exceed the 2^53 up to which
most readers of JSON count exactly.
"""

import json
import math
from typing import BinaryIO

from huntui.exports.provenance import KEY, provenance
from huntui.exports.table import About, ExportTable, Value, fingerprint
from huntui.exports.text import text_in

IDENTIFIERS = frozenset({"candid", "objectidps1", "objectidps2", "objectidps3"})
"""Integer columns that are written as texts."""


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write a table as JSON; returns the number of rows."""
    # Where a lone surrogate is spelled out, that is the escape that JSON has for it.
    with text_in(file) as text:
        columns = [{"name": c.name, "unit": c.unit, "meaning": c.meaning} for c in table.columns]
        for key, value in {**_top(table.about), KEY: provenance(table), "columns": columns}.items():
            text.write(f"{',' if key != 'huntui' else '{'}\n{dumped(key)}: {dumped(value)}")
        text.write(',\n"rows": [')
        rows = 0
        names = [column.name for column in table.columns]
        for row in table.rows():
            text.write(",\n" if rows else "\n")
            text.write(dumped({name: plain(name, value) for name, value in zip(names, row, strict=True)}))
            rows += 1
        text.write("\n]\n}\n")
    return rows


def _top(about: About) -> dict[str, object]:
    return {
        "huntui": about.version,
        "source": about.source,
        "date": about.date,
        "simulated": about.simulated,
        "incomplete": about.incomplete or None,
        "cuts": about.cuts,
        "cuts_sha256": None if about.cuts is None else fingerprint(about.cuts),
        **({} if about.compared_with is None else {"compared_with": about.compared_with}),
        "claims": list(about.claims),
        "marks": list(about.marks),
        "per": about.per,
    }


def plain(name: str, value: Value) -> Value:
    """Return a value as JSON can have it: no NaN, and identifiers as texts."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if name in IDENTIFIERS and value is not None else value


def dumped(value: object) -> str:
    """Return plain values as JSON, in one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
