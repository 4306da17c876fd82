"""Small tables for tests."""

from dataclasses import replace
from typing import Any

from huntui.columns import Column
from huntui.exports.table import About, ExportTable, Value

COLUMNS = (
    Column("objectId", "text", False, "", "name of the object"),
    Column("candid", "i8", False, "", "identifier of this alert"),
    Column("magpsf", "f4", True, "mag", "how bright the change is"),
)
CUTS: dict[str, Any] = {
    "name": "two",
    "stages": [
        {
            "name": "real",
            "title": "Real",
            "keep": "drb >= drb_min",
            "knobs": {"drb_min": {"value": 0.65, "min": 0.0, "max": 1.0, "step": 0.05}},
            "missing": "reject",
            "enabled": True,
        },
        {"name": "any", "title": "Any", "keep": "ra > 0\n", "missing": "keep", "enabled": False},
    ],
}
ABOUT = About("0.1.0", "simulated", "20240707", True, CUTS)


def table(*rows: tuple[Value, ...], columns: tuple[Column, ...] = COLUMNS, **about: Any) -> ExportTable:
    """Return a table of these rows."""
    return ExportTable(columns, lambda: iter(rows), replace(ABOUT, **about))
