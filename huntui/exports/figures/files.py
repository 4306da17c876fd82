"""Figures as files of their own: each says which object it is of, where it came from, and whether it is invented."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from huntui.errors import CallError, ExistsError, ExportError
from huntui.exports.export import write_beside
from huntui.exports.figures.drawing import Drawing
from huntui.exports.figures.png import as_png
from huntui.exports.figures.svg import as_svg
from huntui.exports.provenance import KEY, as_text
from huntui.exports.words import shown

_LONGEST = 60


class Names:
    """Names of files for objects, whatever these are called: letters, digits and `-`, and none given twice."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, object_id: str) -> str:
        """Return the name for the next object."""
        plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in object_id)[:_LONGEST]
        base = plain.strip("-") or "object"
        # Some disks do not tell capitals from small letters.
        name, number = base, 1
        while name.lower() in self._given:
            number += 1
            name = f"{base}-{number}"
        self._given.add(name.lower())
        return name


def make_folder(folder: Path) -> None:
    """Make a folder where there is none; raises `ExportError` where that cannot be done."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as problem:
        raise ExportError(f"{folder}: the folder cannot be made: {problem.strerror or problem}.") from None
    except ValueError as problem:
        raise ExportError(f"{str(folder)!r}: the folder cannot be made: {problem}.") from None


def write_figure(path: Path, drawing: Drawing, object_id: str, told: Mapping[str, Any], overwrite: bool) -> None:
    """Write a drawing, as PNG or SVG by the ending of the file, with a line below and what is told of its origin.

    Raises `CallError` for another ending, `ExistsError` for a file that exists unless `overwrite` is set, and
    `ExportError` for one that cannot be written.
    """
    marks = [shown(object_id), f"huntui {told['huntui']}"]
    if told["date"]:
        marks.insert(1, str(told["date"]))
    marks += ["SIMULATED"] if told["simulated"] else []
    captioned = drawing.captioned(" · ".join(marks))
    if path.suffix.lower() == ".png":
        content = as_png(captioned, {KEY: as_text(told)})
    elif path.suffix.lower() == ".svg":
        content = (as_svg(captioned, as_text(told)) + "\n").encode("utf-8", "backslashreplace")
    else:
        raise CallError(f"{path}: a figure is a picture: give a name that ends with .svg or .png.")

    def write(file: BinaryIO) -> int:
        file.write(content)
        return 1

    try:
        write_beside(path, write, overwrite)
    except ExistsError:
        raise ExistsError(f"{path} exists: give another folder, or --overwrite to replace its figures.") from None
