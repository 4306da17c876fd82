"""Every format of exports by the ending of its files. Listing imports none of them."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from huntui.errors import CallError, nearest
from huntui.exports.table import ExportTable

FORMATS: dict[str, str] = {
    ".csv": "huntui.exports.formats.csv:write",
    ".json": "huntui.exports.formats.json:write",
    ".jsonl": "huntui.exports.formats.jsonl:write",
    ".parquet": "huntui.exports.formats.parquet:write",
    ".fits": "huntui.exports.formats.fits:write",
    ".ecsv": "huntui.exports.formats.ecsv:write",
    ".vot": "huntui.exports.formats.vot:write",
    ".avro": "huntui.exports.formats.avro:write",
    ".tar": "huntui.exports.formats.tar:write",
    ".reg": "huntui.exports.formats.reg:write",
    ".yaml": "huntui.exports.formats.yaml:write",
    ".md": "huntui.exports.formats.md:write",
}
"""Ending of a file -> "module:object", a `Writer`."""

Writer = Callable[[ExportTable, BinaryIO], int]
"""Writes a table into an open file and returns the number of rows."""


def writer_for(path: Path) -> Writer:
    """Return what writes a file of this name; raises `CallError` that lists the endings there are."""
    target = FORMATS.get(path.suffix.lower())
    if target is None:
        known = list(FORMATS)
        raise CallError(
            f"{path}: the ending says what is written, and {path.suffix or 'none'!r} is not known; "
            f"there are {', '.join(known)}.{nearest(path.suffix, known)}"
        )
    module, _, name = target.partition(":")
    writer: Writer = getattr(import_module(module), name)
    return writer
