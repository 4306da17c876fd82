"""CSV: comments that say where the rows came from, a line of names, then a line per row (RFC 4180, ended by `\\n`).

A null is an empty cell. A float is written as Python writes it, which reads back as the same float. Texts are written
as they are: one that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet that is asked to guess.
"""

import csv
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, TextIO

from huntui.exports.provenance import KEY, as_text, provenance
from huntui.exports.table import About, ExportTable, fingerprint, without_nan
from huntui.exports.text import text_in
from huntui.exports.words import invented


class _Lines:
    """Ends each row by `\\n` though the writer ends it by `\\r\\n`.

    Which characters need quotes depends on the end of line that the writer is told: with `\\n` alone, older versions
    of it leave a lone carriage return bare, and readers take that for the end of a row.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def write(self, row: str) -> int:
        return self._text.write(row.removesuffix("\r\n") + "\n")


def write(table: ExportTable, file: BinaryIO) -> int:
    """Write a table as CSV; returns the number of rows."""
    with text_in(file, newline="") as text:
        text.writelines(f"# {' '.join(line.split())}\n" for line in _comments(table.about))
        text.write(f"# {KEY}: {as_text(provenance(table))}\n")
        writer = csv.writer(_Lines(text), lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        rows = 0
        for row in table.rows():
            writer.writerow(without_nan(row))
            rows += 1
    return rows


def _comments(about: About) -> Iterator[str]:
    yield f"huntui {about.version}"
    yield f"source: {about.source}"
    yield f"date: {about.date or 'unknown'}"
    if about.simulated:
        yield invented(True, about.partly_simulated)
    if about.incomplete:
        yield f"INCOMPLETE: {about.incomplete}"
    yield f"one row per {about.per}" + (", its newest surviving alert" if about.per == "object" else "")
    for what, cuts in (("cuts", about.cuts), ("compared with", about.compared_with)):
        if cuts is not None:
            yield f"{what}: {cuts.get('name', '')}, {len(cuts['stages'])} stages"
            yield f"SHA-256 of what they decide by: {fingerprint(cuts)}"
            yield from map(_stage, cuts["stages"])
    for claim in about.claims:
        why = f", {claim['reason']}" if "reason" in claim else ""
        yield f"claim {claim['objectId']}: {claim['treasure']} ({claim['verdict']}, {claim['points']:+d} points{why})"
    for mark in about.marks:
        yield f"mark {mark['objectId']}: {_mark(mark)}"


def _mark(mark: Mapping[str, Any]) -> str:
    words = [word for word in ("starred", "hidden") if mark[word]]
    return ", ".join([*words, *([f"note: {mark['note']}"] if mark["note"] else [])])


def _stage(stage: Mapping[str, Any]) -> str:
    knobs = [f"{name} = {knob['value']!r}" for name, knob in stage.get("knobs", {}).items()]
    off = [] if stage["enabled"] else ["switched off"]
    parts = [stage["keep"], *knobs, f"missing: {stage['missing']}", *off]
    return f"stage {stage['name']}: {'; '.join(parts)}"
