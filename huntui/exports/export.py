"""Writes an export: whole or not at all."""

import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from huntui.errors import ExistsError, ExportError
from huntui.exports.registry import writer_for
from huntui.exports.table import ExportTable


def export(path: Path, table: ExportTable, overwrite: bool = False) -> str:
    """Write a table in the format that the path's ending names; return a sentence that says what was written.

    Raises `CallError` for an ending that is not known, `ExistsError` for a file that exists unless `overwrite` is set,
    and `ExportError` for one that cannot be written; whatever was at `path` before is untouched then.
    """
    writer = writer_for(path)
    rows = write_beside(path, lambda file: writer(table, file), overwrite)
    what = table.about.per if rows == 1 else f"{table.about.per}s"
    return f"{rows:,} {what} written to {path}."


def write_beside(path: Path, write: Callable[[BinaryIO], int], overwrite: bool) -> int:
    """Let `write` fill a new file beside `path`, and give it the name only when all of it is on the disk."""
    try:
        target = Path(os.path.realpath(path))
    except ValueError as problem:
        raise ExportError(f"{str(path)!r}: cannot be written: {problem}.") from None
    # A short name of its own: a name made from the target's could be longer than the file system allows.
    beside = target.with_name(f".huntui-{secrets.token_hex(6)}.part")
    try:
        _refuse(path, target, overwrite)
        rows = _fill(beside, write)
        _refuse(path, target, overwrite)
        beside.replace(target)
    except OSError as problem:
        raise ExportError(f"{path}: cannot be written: {problem.strerror or problem}.") from None
    finally:
        with suppress(OSError):
            beside.unlink()
    return rows


def write_json(path: Path, values: object, overwrite: bool) -> None:
    """Write plain values as a JSON file; raises `ExistsError` where there is one, unless `overwrite` is set."""
    text = json.dumps(values, indent=1, ensure_ascii=False)

    def write(file: BinaryIO) -> int:
        file.write(text.encode(errors="backslashreplace") + b"\n")
        return 1

    try:
        write_beside(path, write, overwrite)
    except ExistsError:
        raise ExistsError(f"{path} exists: give another name, or --overwrite to replace it.") from None


def _fill(beside: Path, write: Callable[[BinaryIO], int]) -> int:
    with beside.open("xb") as file:
        rows = write(file)
        file.flush()
        os.fsync(file.fileno())
    return rows


def _refuse(path: Path, target: Path, overwrite: bool) -> None:
    if target.is_dir():
        raise ExportError(f"{path} is a folder: give the name of a file.")
    if target.exists() and not target.is_file():
        raise ExportError(f"{path} is no regular file: give the name of a file.")
    if target.exists() and not overwrite:
        raise ExistsError(f"{path} exists: choose another name, or allow it to be replaced.")
