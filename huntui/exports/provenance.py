"""Where an export came from, as plain values that are written into each of them, whatever its format.

The digest is the SHA-256 of the values that come straight from packets, row after row, each row as a JSON array. What
is computed from them is left out: the last digit of a feature may differ on another machine, and the find is the same.
"""

import hashlib
import json
import math
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from huntui.columns import PACKET
from huntui.exports.table import ExportTable, Value
from huntui.exports.words import invented

KEY = "provenance"
"""What it is called inside a file."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What makes two exports the same."""

    rows: int
    sha256: str


def digest_of(table: ExportTable) -> Digest:
    """Go through the rows of a table once."""
    told = [k for k, column in enumerate(table.columns) if column.name in PACKET]
    digest, rows = hashlib.sha256(), 0
    for row in table.rows():
        values = [_plain(row[k]) for k in told]
        digest.update(json.dumps(values, separators=(",", ":")).encode() + b"\n")
        rows += 1
    return Digest(rows, digest.hexdigest())


def provenance(table: ExportTable) -> dict[str, Any]:
    """Return all that is known of the origin of a table."""
    about, digest = table.about, digest_of(table)
    return {
        "huntui": about.version,
        "versions": {"python": platform.python_version(), "numpy": version("numpy")},
        "source": about.source,
        "date": about.date,
        "simulated": about.simulated,
        **({"partly_simulated": True} if about.partly_simulated else {}),
        "recipe": about.recipe,
        "max_alerts": about.max_alerts,
        "incomplete": about.incomplete or None,
        "what": about.what,
        "per": about.per,
        "columns": [column.name for column in table.columns],
        "cuts": about.cuts,
        **({} if about.compared_with is None else {"compared_with": about.compared_with}),
        "claims": list(about.claims),
        "marks": list(about.marks),
        "rows": digest.rows,
        "sha256": digest.sha256,
    }


def as_text(told: Mapping[str, Any]) -> str:
    """Return it as one line of ASCII."""
    return json.dumps(told, ensure_ascii=True, separators=(",", ":"))


def headline(told: Mapping[str, Any]) -> list[str]:
    """Return what a person should know first, in a few lines."""
    lines = [f"huntui {told['huntui']}", f"source: {told['source']}", f"date: {told['date'] or 'unknown'}"]
    if told["simulated"]:
        lines.append(invented(True, "partly_simulated" in told))
    if told["incomplete"]:
        lines.append(f"INCOMPLETE: {told['incomplete']}")
    return [" ".join(line.split()) for line in lines]


def comments(told: Mapping[str, Any]) -> list[str]:
    """Return the lines that a text begins with where `#` begins a comment; the last one is read back."""
    return [f"# {line}\n" for line in [*headline(told), f"{KEY}: {as_text(told)}"]]


def _plain(value: Value) -> Value:
    return None if isinstance(value, float) and math.isnan(value) else value
